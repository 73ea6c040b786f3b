"""A real mail catcher in a process of its own, and a worker's work at once."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.people.messaging.actions.counting import digest_of
from oportuno.people.messaging.actions.delivering import deliver
from oportuno.people.messaging.actions.gateways import the_gateway
from oportuno.people.messaging.actions.intake import take_mail
from oportuno.people.messaging.actions.pipelining import Pool
from oportuno.people.messaging.actions.printing import press_for, send_frame
from oportuno.people.messaging.actions.providers import Hands, the_hands, the_relay
from oportuno.people.messaging.actions.relay_log import relay_log
from oportuno.people.messaging.actions.texting import deliver_text
from oportuno.people.messaging.actions.texting_many import send_texts
from oportuno.people.messaging.actions.visiting import JOB, judge_visits, take_visits
from oportuno.people.messaging.models import (
    Channel,
    ExcludedNumber,
    Incoming,
    MailClick,
    MailFrame,
    MailLink,
    MailOutcome,
    Message,
    SendingRules,
    State,
    Suppression,
)
from oportuno.people.messaging.queries.envelopes import bounces_to
from oportuno.people.messaging.rules.bulk import Envelope
from oportuno.people.messaging.rules.visits import WAIT

__all__ = [
    "Catcher",
    "Incoming",
    "Pool",
    "Suppression",
    "all_messages",
    "allow_texts",
    "bounce_of",
    "catcher",
    "clicked",
    "complaint_about",
    "deliver_texts",
    "exclude_numbers",
    "followed",
    "letter_from",
    "link_in",
    "opened",
    "post_frame",
    "printed",
    "send_campaign",
    "send_frame",
    "tellings",
    "wait_for",
    "waiting",
    "work",
]

LINK = re.compile(r"https?://\S+")


@dataclass
class Catcher:
    """What the catcher caught, the oldest first."""

    home: Path
    port: int

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def mails(self, to: str = "") -> list[EmailMessage]:
        files = sorted((self.home / "caught-mail" / "new").iterdir())
        parsed = [BytesParser(policy=policy.default).parsebytes(file.read_bytes()) for file in files]
        return [mail for mail in parsed if to in str(mail["X-Caught-To"])]


@pytest.fixture
def catcher(tmp_path: Path, settings: Any) -> Iterator[Catcher]:
    """The real process, over real SMTP."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "OPORTUNO_HOME": str(tmp_path), "OPORTUNO_CATCHER": f"127.0.0.1:{port}"}
    command = [sys.executable, "-m", "oportuno.doors.integrations.mailcatcher"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert "listens" in process.stdout.readline()
    settings.MAIL_URL, settings.HOME = f"smtp://127.0.0.1:{port}", tmp_path
    yield Catcher(tmp_path, port)
    process.terminate()
    process.wait(timeout=10)


def waiting() -> list[Message]:
    """All messages of the market that wait, as the worker would find them."""
    with for_market("a test looks at everybody's messages"):
        return list(Message.objects.filter(state__in=[State.QUEUED, State.SENDING]).order_by("created_at", "pk"))


def all_messages() -> list[Message]:
    with for_market("a test looks at everybody's messages"):
        return list(Message.objects.order_by("created_at", "pk"))


def work(at: datetime | None = None) -> int:
    """Do what the worker would: one try of every waiting message; how many."""
    found = [one for one in waiting() if one.channel == Channel.EMAIL]
    for one in found:
        deliver(Lease(0, 0, one.organisation_id, "messaging.deliver"), one.pk, relay=the_relay(), at=at or now())
    return len(found)


def post_frame(frame: MailFrame, at: datetime, hands: Hands | None = None) -> int:
    """Do what the worker would with a bulletin; how many were handed over."""
    hands = hands or the_hands()
    try:
        return send_frame(Lease(0, 0, frame.organisation_id, "messaging.post"), frame.pk, pool=hands, log=relay_log, at=at)
    finally:
        hands.close()


def tellings(message: Message) -> list[str]:
    """The facts about a message, in order."""
    with for_market("a test reads the log"), connection.cursor() as cursor:
        cursor.execute("SELECT k.name FROM fact f JOIN fact_kind k ON k.id = f.kind_id WHERE f.subject_id = %s ORDER BY f.id", [message.pk])
        return [name for (name,) in cursor.fetchall()]


def deliver_texts(at: datetime) -> int:
    """Do what the worker would: the try of every text that waits for this moment; how many."""
    found = [one for one in waiting() if one.channel == Channel.SMS and one.next_at <= at]
    for one in found:
        deliver_text(Lease(0, 0, one.organisation_id, "messaging.text"), one.pk, gateway=the_gateway(), at=at)
    return len(found)


def send_campaign(frame: MailFrame, at: datetime) -> int:
    """Do what the worker would with a text campaign; how many were handed over."""
    return send_texts(Lease(0, 0, frame.organisation_id, "messaging.text_many"), frame.pk, gateway=the_gateway(), at=at)


def allow_texts(organisation: int, a_day: int) -> None:
    """How many texts a day an organisation allows itself."""
    with for_organisation(organisation):
        SendingRules.objects.create(texts_a_day=a_day)


def exclude_numbers(numbers: list[str]) -> None:
    ExcludedNumber.objects.bulk_create([ExcludedNumber(digest=digest_of(one), at=now()) for one in numbers])


def link_in(mail: EmailMessage | Message, part: str = "/boletin/confirmar/") -> str:
    """The path of the link that a mail carries."""
    text: str = mail.text if isinstance(mail, Message) else str(mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]
    url = next(url for url in LINK.findall(text) if part in url)
    return str("/" + url.split("/", 3)[3])


def wait_for(condition: Any, seconds: float = 10) -> None:
    """Until it is so; an error when it does not become so."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("it did not happen")
        time.sleep(0.02)


def bounce_of(
    recipient: str, *, to: str, about: str = "", status: str = "5.1.1", action: str = "failed", told: str = "550 5.1.1 User unknown"
) -> bytes:
    """A report as mail servers send it (RFC 3464), to the return path `to`."""
    return (
        f"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: <{to}>\nSubject: Undelivered {about}\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="=-x"\n\n--=-x\nContent-Type: text/plain\n\nSorry.\n'
        "--=-x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {told}\n\n--=-x--\n"
    ).encode()


def complaint_about(message_id: str) -> bytes:
    """A report of a feedback loop (RFC 5965) whose reader's address is blackened, as many do."""
    return (
        "From: feedback@isp.example\nTo: abuse@localhost\nSubject: complaint\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="=-y"\n\n'
        "--=-y\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\n\n"
        f"--=-y\nContent-Type: message/rfc822\n\nFrom: mercado@localhost\nTo: redacted@isp.example\nMessage-ID: {message_id}\n\nHola\n--=-y--\n"
    ).encode()


def followed(frame: UUID, *, people: int = 1) -> None:
    """The first readers of a bulletin follow each of its links, and again: that is not judged within the hour, however slow the machine is."""
    for mail in Message.objects.filter(frame=frame).order_by("pk")[:people]:
        for link in MailLink.objects.filter(frame=frame, number__gt=0):
            for moment in (now() - WAIT, now() + timedelta(hours=1)):
                take_visits([(mail.pk, link.pk, "", moment)])
    judge_visits(Lease(0, 0, None, JOB), at=now())


def letter_from(name: str, *, organisation: int) -> Incoming:
    """Somebody answered the last mail of this organisation."""
    with for_organisation(organisation):
        message = Message.objects.filter(channel=Channel.EMAIL).latest("created_at")
    taken = take_mail(
        f"From: {name} <lector@example.com>\nSubject: Re: {name}\n\n{name}\n".encode(), recipients=[bounces_to(message.pk)], at=now()
    )
    assert taken is not None
    return taken


def printed(message: Message) -> EmailMessage:
    """A bulletin's mail as its reader gets it. Acts for the organisation."""
    assert message.frame
    to = Envelope(message.pk, message.to_address, message.to_name, "https://example.com/baja", message.fields)
    return BytesParser(policy=policy.default).parsebytes(press_for(message.frame).mail(to))


def clicked(contact: UUID, frames: Sequence[UUID], at: datetime, *, machine: bool = False) -> None:
    """Who got one of these bulletins followed its first link, himself or a machine for him."""
    mail = Message.objects.get(contact=contact, frame__in=frames)
    link = MailLink.objects.filter(frame=mail.frame, number__gt=0).order_by("number")[0]
    moments = {"machine_at": at} if machine else {"person_at": at}
    MailClick.objects.create(message=mail, link=link, frame_id=mail.frame_id, number=link.number, **moments)


def opened(messages: Sequence[Message], at: datetime) -> None:
    """Their readers opened them, each himself."""
    MailOutcome.objects.bulk_create([MailOutcome(message=one, frame_id=one.frame_id, opened_at=at) for one in messages])
