"""Messages to people: what became of them, what came back, and writing one text."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Query as InQuery
from ninja import Router, Schema
from pydantic import Field

from oportuno.doors.api import marks
from oportuno.doors.api.keys import KeyRequest, scoped
from oportuno.doors.api.pace import KEYED
from oportuno.doors.api.shapes import KEYS, WRITES, After, Body, Limit, Text
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Forbidden
from oportuno.kernel.ids import new_id
from oportuno.people.messaging import api as messaging

router = Router(tags=["messages"], throttle=[KEYED])
State = Literal["queued", "sending", "sent", "failed", "suppressed", "unclear"]
Kind = Literal["bounce", "arf", "autoreply", "delivered", "none"]


class MessageOut(Schema):
    """What it says stays between sender and reader. `parts` of a text is what it costs; `told` why it did not simply go out."""

    id: UUID
    channel: Literal["email", "sms"]
    purpose: str
    to: str
    subject: str
    state: State
    told: str
    parts: int
    contact: UUID | None
    created_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None


class MessagesOut(Schema):
    """`next` asks for the following page; null at the end."""

    messages: list[MessageOut]
    next: str | None


class IncomingOut(Schema):
    """A mail that came back or came in. `hard`: its address does not exist; `reply` is what a person wrote, without the mail he answers to."""

    id: UUID
    kind: Kind
    message: UUID | None
    sender: str
    subject: str
    recipient: str
    hard: bool
    status: str
    reason: str
    told: str
    reply: str
    effect: Literal["suppressed", "counted", "shown", "unproved"]
    at: datetime


class IncomingsOut(Schema):
    """`next` asks for the following page; null at the end."""

    incoming: list[IncomingOut]
    next: str | None


class TextIn(Body):
    """One text to one number, about a service in use. With `Idempotency-Key` it goes out once, however often this is sent."""

    to: Text = Field(min_length=5, max_length=40, examples=["+573001234567"])
    text: Text = Field(min_length=1, max_length=2000, examples=["Tu pedido sale hoy a las 15:00."])


@router.get("/messages", response={200: MessagesOut, **KEYS}, url_name="messages", summary="List messages sent")
@scoped("contacts:read")
def sent(request: KeyRequest, state: Annotated[State | None, InQuery()] = None, after: After = "", limit: Limit = 50) -> MessagesOut:
    """Mails and texts, the newest first."""
    rows = messaging.messages_of(request.member, state=state or "", before=_place(after), size=limit)
    found = [_out(one) for one in rows[:limit]]
    return MessagesOut(messages=found, next=_next([(one.created_at, one.pk) for one in rows], limit))


@router.get("/messages/incoming", response={200: IncomingsOut, **KEYS}, url_name="messages-incoming", summary="List mail that came in")
@scoped("contacts:read")
def incoming(request: KeyRequest, kind: Annotated[Kind | None, InQuery()] = None, after: After = "", limit: Limit = 50) -> IncomingsOut:
    """Bounces, complaints (`arf`), automatic answers and letters, the newest first."""
    rows = messaging.incoming_of(request.member, kind=kind or "", before=_place(after), size=limit)
    names = ("kind", "sender", "subject", "recipient", "hard", "status", "reason", "told", "reply", "effect", "at")
    found = [IncomingOut(id=one.pk, message=one.message_id, **{name: getattr(one, name) for name in names}) for one in rows[:limit]]
    return IncomingsOut(incoming=found, next=_next([(one.at, one.pk) for one in rows], limit))


@router.post("/messages/texts", response={201: MessageOut, **WRITES}, url_name="messages-texts", summary="Write a text message")
@scoped("contacts:write")
def text(request: KeyRequest, body: TextIn) -> tuple[int, MessageOut]:
    """It is put into the post; `state` is `suppressed` where a cap of the day holds it back. 422 for what is no number of a country you chose."""
    if not request.member.may("answer"):
        raise Forbidden(_("Whoever made this key may not write to people."))
    one = messaging.send_text(
        text=body.text, to=body.to, organisation=request.member.organisation.pk, key=f"api:{new_id()}", at=now(),
        language=get_language() or "es-co", purpose="service",
    )  # fmt: skip
    return 201, _out(one)


def _out(one: messaging.Message) -> MessageOut:
    names = ("channel", "purpose", "subject", "state", "told", "parts", "created_at", "sent_at", "delivered_at")
    return MessageOut(id=one.pk, to=one.to_address, contact=one.contact_id, **{name: getattr(one, name) for name in names})


def _place(after: str) -> tuple[datetime, UUID] | None:
    found = marks.read(after, marks.moment, UUID)
    return (found[0], found[1]) if found else None


def _next(places: list[tuple[datetime, UUID]], limit: int) -> str | None:
    return marks.write(places[limit - 1][0].isoformat(), places[limit - 1][1]) if len(places) > limit else None
