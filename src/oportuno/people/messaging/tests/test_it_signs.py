"""Mail in an organisation's own name: its key proved in DNS, sealed at rest, changed without a gap, the market's until then."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

import oportuno
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.people.messaging.actions import printing
from oportuno.people.messaging.actions.identifying import change_key, choose_address, give_up_address, look_now, recheck_identities
from oportuno.people.messaging.actions.printing import press_for
from oportuno.people.messaging.api import Message, send, take_mail
from oportuno.people.messaging.models import SendingIdentity
from oportuno.people.messaging.queries.signing import records_of, sender_for
from oportuno.people.messaging.rules.bulk import Envelope
from oportuno.people.messaging.rules.records import dmarc_policy, domain_of, has_spf, holds_key
from oportuno.people.messaging.testing import Catcher, bounce_of, work
from oportuno.people.messaging.tests.test_it_posts_bulletins import bulletin, readers

pytestmark = pytest.mark.django_db
Names = Callable[[dict[str, Any]], None]
SERVER = Path(oportuno.__file__).parent / "offer/sites/tests/name_server.py"


@pytest.fixture
def names(tmp_path: Path, settings: Any) -> Iterator[Names]:
    """Says what DNS knows."""
    file = tmp_path / "names.json"
    file.write_text("{}")
    server = subprocess.Popen([sys.executable, str(SERVER), str(file)], stdout=subprocess.PIPE, text=True)
    assert server.stdout
    settings.DNS_SERVERS = [f"127.0.0.1:{server.stdout.readline().strip()}"]
    yield lambda known: file.write_text(json.dumps(known)) and None
    server.terminate()
    server.wait()


def identity(actor: Any) -> SendingIdentity:
    with for_organisation(actor.organisation.pk):
        return SendingIdentity.objects.get()


def published(actor: Any, *which: str) -> dict[str, list[str]]:
    return {one.name: [one.value] for one in records_of(identity(actor)) if one.what in which}


def prove(actor: Any, names: Names, address: str = "Hola@Flores.example") -> SendingIdentity:
    with for_organisation(actor.organisation.pk):
        choose_address(member=actor.member, address=address, at=now())
    names(published(actor, "dkim"))
    with for_organisation(actor.organisation.pk):
        return look_now(member=actor.member, at=now())


def is_signed(raw: bytes, record: str, domain: str) -> bool:
    """As a receiver checks it (RFC 6376, relaxed/simple)."""
    head, _, body = raw.partition(b"\r\n\r\n")
    fields = [line.split(b":", 1) for line in re.sub(rb"\r\n(?=[ \t])", b"", head).split(b"\r\n")]
    found = next(value for name, value in fields if name.lower() == b"dkim-signature")
    tags = dict(one.strip().split(b"=", 1) for one in found.split(b";"))
    assert tags[b"d"] == domain.encode()
    assert base64.b64decode(tags[b"bh"]) == hashlib.sha256(body).digest()
    values = {name.lower(): value for name, value in reversed(fields)}
    relaxed = {name: re.sub(rb"[ \t]+", b" ", value).strip() for name, value in values.items()}
    signed = b"".join(b"%s:%s\r\n" % (name, relaxed[name]) for name in tags[b"h"].split(b":") if name in relaxed and name != b"from")
    signed = b"from:" + relaxed[b"from"] + b"\r\n" + signed
    bare = re.sub(rb"b=[^;]*\Z", b"b=", re.sub(rb"[ \t]+", b" ", found).strip())
    key = serialization.load_der_public_key(base64.b64decode(record.split("p=")[1]))
    key.verify(base64.b64decode(tags[b"b"]), signed + b"dkim-signature:" + bare, padding.PKCS1v15(), hashes.SHA256())
    return True


def test_a_proved_address_stands_above_bulletins_and_its_key_signs_them(alba, names) -> None:
    frame = bulletin(alba, readers(alba, 1))
    found = prove(alba, names)
    assert (found.state, found.address) == ("proved", "hola@flores.example")
    with for_organisation(alba.organisation.pk):
        mail = Message.objects.get(frame=frame)
        raw = press_for(frame).mail(Envelope(mail.pk, mail.to_address, "Ñandú", "", {"way_out": "x"}))
    (record,) = published(alba, "dkim").values()
    assert is_signed(raw, record[0], "flores.example")
    read = BytesParser(policy=policy.default).parsebytes(raw)
    assert read["From"].addresses[0].addr_spec == "hola@flores.example"
    assert read["Message-ID"].endswith("@localhost>"), "it never changes, whoever signs"


def test_a_domain_with_letters_of_spanish_signs_as_dns_knows_it(alba, names) -> None:
    frame = bulletin(alba, readers(alba, 1))
    found = prove(alba, names, "hola@peña.example")
    assert (found.state, found.address, found.domain) == ("proved", "hola@xn--pea-8ma.example", "xn--pea-8ma.example")
    with for_organisation(alba.organisation.pk):
        mail = Message.objects.get(frame=frame)
        raw = press_for(frame).mail(Envelope(mail.pk, mail.to_address, "", "", {"way_out": "x"}))
    assert is_signed(raw, published(alba, "dkim").popitem()[1][0], "xn--pea-8ma.example")
    with for_organisation(alba.organisation.pk), pytest.raises(Refusal):
        choose_address(member=alba.member, address="jos\u00e9@flores.example", at=now())


def test_a_market_with_a_provider_says_whose_name_stands_above_mail(alba, names, settings) -> None:
    prove(alba, names)
    settings.MAIL_PROVIDER = "postmark"
    with for_organisation(alba.organisation.pk):
        assert (sender_for(alba.organisation.pk).address, sender_for(alba.organisation.pk).signer) == ("mercado@localhost", None)
    assert "envía por Postmark" in alba.client.get(f"/desk/{alba.organisation.slug}/mensajes/direccion/").content.decode()


def test_many_hands_print_the_same_mails_in_the_same_order(alba, names) -> None:
    frame = bulletin(alba, readers(alba, 21))
    prove(alba, names)
    with for_organisation(alba.organisation.pk):
        rows, press = list(Message.objects.filter(frame=frame).order_by("pk")), press_for(frame)
        by_many = printing._printed(press, rows)
        assert [one.name for one in by_many] == [str(row.pk) for row in rows]
        alone = [printing._mail(press, row) for row in rows]
    assert [(one.sender, one.recipient) for one in by_many] == [(one.sender, one.recipient) for one in alone]
    assert all(f"Message-ID: <{row.pk}@localhost>".encode() in one.raw for row, one in zip(rows, by_many, strict=True))
    assert all(one.raw.startswith(b"DKIM-Signature") for one in by_many)


def test_single_mails_are_signed_too_and_arrive_whole(alba, names, catcher: Catcher) -> None:
    prove(alba, names)
    send(
        template="audience/mail/confirm_bulletin.txt", to="ana@example.com", organisation=alba.organisation.pk, key="k", language="es-co",
        context={"organisation": "Ñandú", "link": "http://localhost:8000/x"}, at=now(),
    )  # fmt: skip
    work()
    (mail,) = catcher.mails("ana@example.com")
    assert mail["From"].addresses[0].addr_spec == "hola@flores.example"
    assert "d=flores.example" in re.sub(r"\s", "", mail["DKIM-Signature"])
    (file,) = (catcher.home / "caught-mail" / "new").iterdir()
    raw = file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    (record,) = published(alba, "dkim").values()
    assert is_signed(raw[raw.index(b"DKIM-Signature") :], record[0], "flores.example")
    assert "Ñandú" in mail.get_body(("plain",)).get_content()


def test_until_it_is_proved_the_market_signs(alba, dario, names, settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Mercado <mercado@market.example>"
    with for_organisation(alba.organisation.pk):
        choose_address(member=alba.member, address="hola@flores.example", at=now())
        assert sender_for(alba.organisation.pk).signer is None
        with pytest.raises(Refusal):
            look_now(member=alba.member, at=now())
        with pytest.raises(Refusal, match="mercado"):
            choose_address(member=alba.member, address="hola@market.example", at=now())
    prove(dario, names, "mercado@market.example")
    with for_organisation(alba.organisation.pk):
        found = sender_for(alba.organisation.pk)
        assert found.address == "mercado@market.example"
        assert found.signer is not None
        assert found.signer.domain == "market.example"


def test_a_key_is_changed_without_a_gap_and_lies_sealed(alba, names) -> None:
    first = prove(alba, names)
    assert "PRIVATE KEY" not in first.sealed_key
    with for_organisation(alba.organisation.pk):
        change_key(member=alba.member, at=now())
        signer = sender_for(alba.organisation.pk).signer
        assert signer is not None
        assert signer.selector == first.selector, "the old one signs until the new one can be checked"
    both = published(alba, "dkim", "next")
    assert len(both) == 2
    names(both)
    assert recheck_identities(at=now() + timedelta(hours=1)) == 1
    found = identity(alba)
    assert found.selector != first.selector
    assert (found.next_selector, found.state) == ("", "proved")


def test_a_record_that_is_gone_is_missed_three_days_before_the_market_signs_again(alba, names) -> None:
    prove(alba, names)
    names({})
    for day in range(1, 4):
        assert identity(alba).state == "proved"
        recheck_identities(at=now() + timedelta(days=day))
    assert identity(alba).state == "lost"
    with for_organisation(alba.organisation.pk):
        assert sender_for(alba.organisation.pk).address == "mercado@localhost"
    with for_organisation(alba.organisation.pk):
        give_up_address(member=alba.member, at=now())
    with for_market("a test"):
        assert not SendingIdentity.objects.exists()


def test_mail_comes_back_under_its_own_name_once_dns_points_it_to_us(alba, names, settings, catcher: Catcher) -> None:
    settings.RETURN_HOST = "vuelve.market.example"
    prove(alba, names)
    with for_organisation(alba.organisation.pk):
        assert sender_for(alba.organisation.pk).returns == ""
        assert ("CNAME", "rebotes.flores.example", "vuelve.market.example") in [
            (r.kind, r.name, r.value) for r in records_of(identity(alba))
        ]
    names({**published(alba, "dkim"), "rebotes.flores.example": "vuelve.market.example"})
    assert recheck_identities(at=now() + timedelta(days=1)) == 1
    send(
        template="audience/mail/confirm_bulletin.txt", to="ana@example.com", organisation=alba.organisation.pk, key="k", language="es-co",
        context={"organisation": "x", "link": "http://localhost:8000/x"}, at=now(),
    )  # fmt: skip
    work()
    path = str(catcher.mails("ana@example.com")[0]["X-Caught-From"])
    assert path.startswith("rebotes+b-")
    assert path.endswith("@rebotes.flores.example")
    taken = take_mail(bounce_of("ana@example.com", to=path), at=now())
    assert taken is not None
    assert taken.proved
    names({**published(alba, "dkim"), "rebotes.flores.example": "otro.example"})
    assert recheck_identities(at=now() + timedelta(days=1, hours=1)) == 1, "it is looked at every hour"
    with for_organisation(alba.organisation.pk):
        assert sender_for(alba.organisation.pk).returns == ""


@pytest.mark.parametrize("address", ["x", "a@gmail.com", "a@localhost", "a@-x.com", "a@1.2.3.4"])
def test_what_cannot_be_a_sender_is_refused(alba, address) -> None:
    with for_organisation(alba.organisation.pk), pytest.raises(Refusal):
        choose_address(member=alba.member, address=address, at=now())


def test_what_dns_says_is_read_as_receivers_read_it() -> None:
    assert holds_key(["k=rsa ; v=DKIM1; p=AB C"], "v=DKIM1; k=rsa; p=ABC")
    assert not holds_key(["v=DKIM1; p="], "v=DKIM1; p=")
    assert dmarc_policy(["x", "v=DMARC1;p=Reject; rua=mailto:x@y"]) == "reject"
    assert dmarc_policy(["v=spf1 -all"]) == ""
    assert has_spf(["v=spf1 include:x ~all"])
    assert domain_of("a@Flores.example") == "flores.example"


def test_the_page_shows_what_to_write_and_what_is_there(alba, gala, names) -> None:
    page = f"/desk/{alba.organisation.slug}/mensajes/direccion/"
    alba.client.post(page, {"address": "hola@flores.example"})
    shown = alba.client.get(page).content.decode()
    assert identity(alba).selector + "._domainkey.flores.example" in shown
    assert "v=DKIM1" in shown
    assert "Lo que pide DMARC" in shown
    names(published(alba, "dkim"))
    alba.client.post(page + "clave/", {"do": "look"})
    assert identity(alba).state == "proved"
    assert alba.client.post(page, {"address": "nada"}).status_code == 422
    assert gala.client.get(page).status_code == 404
