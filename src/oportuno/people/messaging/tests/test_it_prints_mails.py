"""A bulletin is prepared once and printed for each reader; what is printed, the world's parsers read back."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from hypothesis import given, settings
from hypothesis import strategies as st

from oportuno.people.messaging.rules.bulk import Envelope, Merge, Press, Signer, dns_record, fields_in, new_key

MAIL = UUID("0197aaaa-0000-7000-8000-000000000001")
AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
KEY = new_key()
HTML = '<p>Hola {{ name | "amiga" }}</p>\n<p>.punto ñandú = igual</p>\n' + "<p>" + "x" * 300 + "</p>"


def press(**more: Any) -> Press:
    given = {"subject": "Rosas para {{ name }}", "text": "Hola {{ name }}\n\n.fin ", "html": HTML} | more
    return Press(from_name="Flores de Alba", from_address="alba@flores.example", domain="flores.example", boundary="=_b1", at=AT, **given)


def envelope(name: str = "Ana", **more: Any) -> Envelope:
    return Envelope(MAIL, "ana@cliente.example", name, "https://m.example/baja/x/", {"name": name, **more})


def parsed(raw: bytes) -> EmailMessage:
    found = BytesParser(policy=policy.default).parsebytes(raw)
    assert isinstance(found, EmailMessage)
    return found


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_what_is_printed_is_read_back_as_it_was_meant() -> None:
    raw = press().mail(envelope("Ñoño <Pérez>"))
    mail = parsed(raw)
    assert mail["Subject"] == "Rosas para Ñoño <Pérez>"
    assert mail["To"].addresses[0].display_name == "Ñoño <Pérez>"
    assert mail["From"].addresses[0].addr_spec == "alba@flores.example"
    assert mail["Message-ID"] == f"<{MAIL}@flores.example>"
    assert mail["List-Unsubscribe"] == "<https://m.example/baja/x/>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert part(mail, "plain") == "Hola Ñoño <Pérez>\n\n.fin "
    assert part(mail, "html") == HTML.replace('{{ name | "amiga" }}', "Ñoño &lt;Pérez&gt;")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert not re.search(rb"(?<!\r)\n", raw)
    assert b"\r\n." not in raw


def test_who_has_no_name_is_called_otherwise() -> None:
    assert "Hola amiga" in part(parsed(press().mail(envelope(""))), "html")


def test_fields_are_named_and_nothing_else_is_meant() -> None:
    assert fields_in('{{ a }} {{b|"x"}}', "{{ a.b }} {{ a() }} {% if x %} {{ __class__ }}") == {"a", "b", "__class__"}
    hostile = "{{ settings.SECRET_KEY }}{% include 'x' %}{{ 7*7 }}${7*7}<%= 7 %>{{ a.__class__ }}"
    assert Merge.of(hostile).filled({"settings": "x", "a": "y"}) == hostile
    assert Merge.of("{{ a }}").filled({"a": "{{ b }}", "b": "no"}) == "{{ b }}"


LETTERS = st.text(alphabet=st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=120)


@given(LETTERS, LETTERS, LETTERS)
@settings(max_examples=400, deadline=None)
def test_whatever_a_name_holds_becomes_neither_header_nor_part(name: str, text: str, subject: str) -> None:
    raw = press(text="A {{ name }} B " + text, subject="S {{ name }} " + subject).mail(envelope(name))
    mail = parsed(raw)
    clean = [key.lower() for key in mail]
    assert sorted(clean) == sorted(set(clean))
    assert set(clean) <= {
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "mime-version",
        "precedence",
        "auto-submitted",
        "content-type",
        "list-unsubscribe",
        "list-unsubscribe-post",
    }
    assert [one.get_content_type() for one in mail.iter_parts()] == ["text/plain", "text/html"]
    assert raw.isascii()
    assert b"\r\n." not in raw


def verify(raw: bytes, record: str) -> None:
    """An independent reading of RFC 6376: relaxed headers, simple body. Raises InvalidSignature."""
    head, body = raw.split(b"\r\n\r\n", 1)
    fields = re.split(rb"\r\n(?![ \t])", head)
    signature = next(field for field in fields if field.lower().startswith(b"dkim-signature:"))
    tags = dict(tag.strip().split(b"=", 1) for tag in re.sub(rb"[\r\n\t ]", b"", signature.split(b":", 1)[1]).split(b";"))
    if base64.b64encode(hashlib.sha256(body).digest()) != tags[b"bh"]:
        raise InvalidSignature

    def relaxed(field: bytes) -> bytes:
        name, value = field.split(b":", 1)
        return name.strip().lower() + b":" + re.sub(rb"[ \t]+", b" ", re.sub(rb"\r\n", b"", value)).strip()

    signed, left = b"", list(fields)
    for name in tags[b"h"].split(b":"):
        found = next((one for one in reversed(left) if one.split(b":", 1)[0].strip().lower() == name), None)
        if found:
            left.remove(found)
            signed += relaxed(found) + b"\r\n"
    signed += re.sub(rb"b=[^;]*$", b"b=", relaxed(signature))
    key: Any = serialization.load_der_public_key(base64.b64decode(record.split("p=")[1]))
    key.verify(base64.b64decode(tags[b"b"]), signed, padding.PKCS1v15(), hashes.SHA256())


def test_the_signature_is_one_that_others_believe_and_covers_the_way_out() -> None:
    raw = press(signer=Signer("flores.example", "s1", KEY)).mail(envelope("Ñoño"))
    verify(raw, dns_record(KEY))
    assert b"list-unsubscribe:list-unsubscribe-post" in raw
    for changed in (raw.replace(b"Hola", b"Olah"), raw.replace(b"baja/x", b"baja/y"), raw.replace(b"To: ", b"To: x")):
        with pytest.raises(InvalidSignature):
            verify(changed, dns_record(KEY))
    assert len(dns_record(KEY)) < 450
