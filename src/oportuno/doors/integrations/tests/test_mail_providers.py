"""Mail through a provider: the same promises as through a relay, and what it tells afterwards counts like a mail that comes back."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from oportuno.doors.integrations.providers.mail import open_provider
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Broken
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.people.audience.api import Agreed, give
from oportuno.people.audience.testing import FORM, make_contact
from oportuno.people.messaging.api import MailFrame, Message, Reader, make_frame, post_many, providers, send_written
from oportuno.people.messaging.testing import Incoming, Suppression, post_frame, tellings, work

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 15, tzinfo=UTC)
SECRET = {"postmark": "postmark:un-secreto", "mailgun": "clave-de-firma"}


@dataclass
class Provider:
    kind: str
    file: Path

    def taken(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.file.read_text().splitlines()] if self.file.exists() else []


@pytest.fixture(params=["postmark", "mailgun"])
def provider(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> Iterator[Provider]:
    program = Path(__file__).with_name("mail_provider.py")
    process = subprocess.Popen([sys.executable, str(program), "0", str(tmp_path / "taken")], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    port = int(process.stdout.readline().split()[-1])
    settings.WEB_ALLOW = [f"127.0.0.1:{port}"]
    settings.HOME, settings.MAIL_PROVIDER, settings.MAIL_HOOK_SECRET = tmp_path, request.param, SECRET[request.param]
    settings.MAIL_URL = {
        "postmark": f"postmark+http://postmark-token@127.0.0.1:{port}?stream=outbound&bulk=broadcast",
        "mailgun": f"mailgun+http://mailgun-key@127.0.0.1:{port}?domain=mg.mercado.example",
    }[request.param]
    yield Provider(request.param, tmp_path / "taken")
    process.terminate()
    process.wait(timeout=10)


def write(actor: Any, to: str = "carmen@example.com") -> Message:
    return send_written(
        subject="Tus claves, señora", text="Hola\n", html="<p>Hola</p>", to=to, organisation=actor.organisation.pk, language="es-co", key=to, at=now()
    )  # fmt: skip


def bulletin(actor: Any, *addresses: str) -> MailFrame:
    contact = make_contact(actor.organisation, "una@example.com")
    with for_organisation(actor.organisation.pk):
        frame = make_frame(
            organisation=actor.organisation.pk, subject="Hola {{ name }}", text="Hola {{ name }}", html="<p>Hola {{ name }}</p>", language="es-co",
            purpose="service", at=now(),
        )  # fmt: skip
        for address in addresses:
            person = contact if address == "una@example.com" else make_contact(actor.organisation, address)
            post_many(frame, [Reader(person.pk, address, fields={"name": "Ñ"})], at=now())
    return frame


def states(actor: Any) -> dict[str, str]:
    with for_organisation(actor.organisation.pk):
        return dict(Message.objects.values_list("to_address", "state"))


def header(mail: dict[str, Any], name: str) -> str:
    if mail["provider"] == "mailgun":
        return str(mail.get(f"h:{name.title()}", ""))
    return next((one["Value"] for one in mail["Headers"] if one["Name"].lower() == name.lower()), "")


def told_of(kind: str, message: Message, what: str, *, event: str = "e1", at: int | None = None, hard: bool = True) -> dict[str, Any]:
    """As the provider's documents show it."""
    if kind == "postmark":
        shared = {"MessageID": "883953f4", "ServerID": 23, "MessageStream": "outbound", "Metadata": {"message": str(message.pk)}, "Tag": ""}
        if what == "delivered":
            return {
                "RecordType": "Delivery",
                "Recipient": message.to_address,
                "DeliveredAt": "2026-11-23T10:00:00Z",
                "Details": "250 ok",
                **shared,
            }
        if what == "left":
            return {
                "RecordType": "SubscriptionChange", "ChangedAt": "2026-11-23T10:00:00Z", "Recipient": message.to_address, "Origin": "Recipient",
                "SuppressSending": True, "SuppressionReason": "ManualSuppression", **shared,
            }  # fmt: skip
        kinds = {
            "bounced": ("Bounce", "HardBounce" if hard else "SoftBounce"),
            "late": ("Bounce", "Transient"),
            "complained": ("SpamComplaint", "SpamComplaint"),
        }
        record, name = kinds[what]
        words = "smtp;550 5.1.1 User unknown" if hard else "smtp;452 4.2.2 mailbox full"
        return {
            "RecordType": record, "ID": event, "Type": name, "TypeCode": 1, "Name": name, "Description": "The server was unable to deliver your message",
            "Details": words if what != "complained" else "", "Email": message.to_address, "From": "mercado@localhost",
            "BouncedAt": "2026-11-23T10:00:00Z", "Inactive": hard, "CanActivate": True, "Subject": "x", **shared,
        }  # fmt: skip
    stamp = str(at if at is not None else int(now().timestamp()))
    signature = hmac.new(SECRET["mailgun"].encode(), f"{stamp}{event}".encode(), hashlib.sha256).hexdigest()
    data: dict[str, Any] = {
        "id": event, "timestamp": float(stamp), "log-level": "error", "recipient": message.to_address, "tags": [],
        "user-variables": {"message": str(message.pk)}, "message": {"headers": {"to": message.to_address, "message-id": f"{message.pk}@localhost"}},
    }  # fmt: skip
    data["event"] = {"delivered": "delivered", "bounced": "failed", "late": "failed", "complained": "complained", "left": "unsubscribed"}[
        what
    ]
    if what in ("bounced", "late"):
        data["severity"] = "permanent" if what == "bounced" else "temporary"
        data["reason"] = "bounce" if hard else "generic"
        data["delivery-status"] = {
            "code": 550 if hard else 452,
            "message": "5.1.1 User unknown" if hard else "4.2.2 mailbox full",
            "description": "",
        }
    return {"signature": {"timestamp": stamp, "token": event, "signature": signature}, "event-data": data}


def tell(kind: str, told: Any, secret: str = "") -> int:
    more = {}
    if kind == "postmark":
        more["headers"] = {"Authorization": "Basic " + base64.b64encode((secret or SECRET["postmark"]).encode()).decode()}
    client = Client(enforce_csrf_checks=True)
    return client.post("/hooks/correo/proveedor/", json.dumps(told), content_type="application/json", **more).status_code


def test_a_mail_goes_out_with_its_own_name_and_all_that_readers_programs_ask_for(alba, provider: Provider) -> None:
    message = write(alba)
    work()
    work()
    (mail,) = provider.taken()
    assert states(alba) == {"carmen@example.com": "sent"}
    assert header(mail, "Message-ID") == f"<{message.pk}@localhost>"
    assert header(mail, "Auto-Submitted") == "auto-generated"
    assert not header(mail, "DKIM-Signature")
    if provider.kind == "postmark":
        assert (mail["Subject"], mail["TextBody"], mail["HtmlBody"]) == ("Tus claves, señora", "Hola\n", "<p>Hola</p>\n")
        assert header(mail, "X-PM-KeepID") == "true"
        assert (mail["Metadata"], mail["TrackOpens"], mail["TrackLinks"]) == ({"message": str(message.pk)}, False, "None")
        assert mail["MessageStream"] == "outbound"
    else:
        assert (mail["subject"], mail["text"], mail["html"]) == ("Tus claves, señora", "Hola\n", "<p>Hola</p>\n")
        assert (mail["v:message"], mail["o:tracking-opens"], mail["domain"]) == (str(message.pk), "no", "mg.mercado.example")


def test_advertising_carries_the_way_out_and_has_its_own_stream(alba, provider: Provider) -> None:
    contact = make_contact(alba.organisation, "carmen@example.com")
    with for_organisation(alba.organisation.pk):
        give(contact=contact, agreed=Agreed("offers"), circumstances=FORM, at=now())
        frame = make_frame(
            organisation=alba.organisation.pk, subject="Rosas", text="Rosas", html="<p>Rosas</p>", language="es-co", agreed_to="offers", at=MONDAY
        )  # fmt: skip
        post_many(frame, [Reader(contact.pk, "carmen@example.com", country="CO")], at=MONDAY)
    post_frame(frame, MONDAY)
    (mail,) = provider.taken()
    assert header(mail, "List-Unsubscribe").startswith("<http")
    assert header(mail, "List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"
    if provider.kind == "postmark":
        assert mail["MessageStream"] == "broadcast"


@pytest.mark.parametrize(
    "to, state, minutes",
    [
        ("nobody@example.com", "failed", 0),
        ("busy@example.com", "queued", 0),
        ("often@example.com", "queued", 0),
        ("unknown@example.com", "queued", 0),
    ],
)
def test_a_no_is_the_readers_a_later_is_the_providers(alba, provider: Provider, to: str, state: str, minutes: int) -> None:
    write(alba, to)
    work()
    assert states(alba) == {to: state}
    assert provider.taken() == []


@pytest.mark.parametrize("to, copies", [("lost@example.com", 2), ("broken@example.com", 0)])
def test_what_may_have_been_taken_is_sent_once_more_and_never_a_third_time(alba, provider: Provider, to: str, copies: int) -> None:
    write(alba, to)
    for hours in range(4):
        work(now() + timedelta(hours=hours))
    assert len(provider.taken()) == copies
    assert len({header(mail, "Message-ID") for mail in provider.taken()}) <= 1
    assert states(alba) == {to: "unclear"}


def test_a_receipt_settles_what_nobody_saw_the_end_of(alba, provider: Provider) -> None:
    message = write(alba, "lost@example.com")
    work()
    assert states(alba) == {"lost@example.com": "sending"}
    assert tell(provider.kind, told_of(provider.kind, message, "delivered")) == 200
    assert tell(provider.kind, told_of(provider.kind, message, "delivered", event="e2")) == 200
    work(now() + timedelta(hours=1))
    assert len(provider.taken()) == 1, "no second copy"
    assert states(alba) == {"lost@example.com": "sent"}
    assert tellings(message) == ["messaging.message_queued", "messaging.message_sent", "messaging.message_delivered"]


def test_a_bulletin_goes_out_by_many_hands_each_reader_once(alba, provider: Provider) -> None:
    readers = [f"r{number}@example.com" for number in range(30)]
    frame = bulletin(alba, *readers, "nobody@example.com", "lost@example.com")
    for minutes in range(0, 120, 20):
        post_frame(frame, now() + timedelta(minutes=minutes))
    told = states(alba)
    assert {told[one] for one in readers} == {"sent"}
    assert (told["nobody@example.com"], told["lost@example.com"]) == ("failed", "unclear")
    assert len(provider.taken()) == 32


class Quick:
    """Its hook calls while the batch is still in our hands."""

    def __init__(self, kind: str, hands: providers.Hands) -> None:
        self.kind, self.hands, self.batch = kind, hands, hands.batch

    def hand_over(self, mails: Sequence[Any]) -> Iterator[Any]:
        for told in list(self.hands.hand_over(mails)):
            assert (
                tell(self.kind, told_of(self.kind, Message(pk=told.name, organisation_id=0, to_address="r1@example.com"), "delivered"))
                == 200
            )
            yield told

    def close(self) -> None:
        self.hands.close()


def test_a_provider_quicker_than_its_own_answer_is_told_once(alba, provider: Provider) -> None:
    frame = bulletin(alba, "r1@example.com")
    post_frame(frame, now(), Quick(provider.kind, providers.the_hands()))
    with for_organisation(alba.organisation.pk):
        message = Message.objects.get(frame=frame)
    assert tellings(message) == ["messaging.message_sent", "messaging.message_delivered"]


@pytest.mark.parametrize(
    "what, hard, suppressed, effect",
    [
        ("bounced", True, [("bounce", "all")], "suppressed"),
        ("bounced", False, [], "counted"),
        ("late", False, [], "counted"),
        ("complained", True, [("complaint", "all")], "suppressed"),
        ("left", True, [("stop", "marketing")], ""),
    ],
)
def test_what_it_tells_counts_like_a_mail_that_comes_back_and_twice_is_once(alba, provider, what, hard, suppressed, effect) -> None:
    message = write(alba)
    work()
    for _ in range(2):
        assert tell(provider.kind, told_of(provider.kind, message, what, hard=hard)) == 200
    with for_organisation(alba.organisation.pk):
        assert list(Suppression.objects.values_list("reason", "scope")) == suppressed
        assert list(Incoming.objects.values_list("effect", flat=True)) == ([effect] if effect else [])
    if suppressed and suppressed[0][1] == "all":
        send_written(
            subject="x",
            text="x",
            html="",
            to="carmen@example.com",
            organisation=alba.organisation.pk,
            language="es-co",
            key="two",
            at=now(),
        )
        work()
        assert len(provider.taken()) == 1, "nobody writes there any more"


def test_whoever_does_not_know_the_secret_learns_nothing_and_changes_nothing(alba, provider: Provider, settings) -> None:
    message = write(alba)
    work()
    told = told_of(provider.kind, message, "bounced")
    if provider.kind == "postmark":
        assert tell("postmark", told, "postmark:otro") == 404
    else:
        assert tell("mailgun", {**told, "signature": {**told["signature"], "signature": "0" * 64}}) == 404
        assert tell("mailgun", told_of("mailgun", message, "bounced", at=int(now().timestamp()) - 13 * 3600)) == 404
        for wrong in ([], {}, {"signature": "x"}, {"signature": {"timestamp": "é", "token": "é", "signature": "é"}}, "x"):
            assert tell("mailgun", wrong) == 404
    settings.MAIL_HOOK_SECRET = ""
    assert tell(provider.kind, told) == 404, "without a secret the hook is closed"
    assert Client().get("/hooks/correo/proveedor/").status_code == 405
    with for_market("a test"):
        assert not Suppression.objects.exists()


@pytest.mark.parametrize("provider", ["postmark"], indirect=True)
@pytest.mark.parametrize(
    "told", [[], {}, "x", {"RecordType": "Bounce"}, {"RecordType": "Bounce", "Metadata": 1, "Type": "HardBounce", "ID": 1}]
)
def test_proved_nonsense_is_taken_and_changes_nothing(alba, provider: Provider, told: Any) -> None:
    assert tell("postmark", told) == 200
    with for_market("a test"):
        assert not Incoming.objects.exists()


def test_a_stranger_host_gets_neither_key_nor_mail(settings) -> None:
    settings.WEB_ALLOW = []
    with pytest.raises(Broken, match="OPORTUNO_MAIL_URL names"):
        open_provider("postmark://key@api.postmark.example")
    assert open_provider("smtp://relay.example") is None
    assert open_provider("mailgun://key@api.eu.mailgun.net?domain=mg.example.com") is not None
