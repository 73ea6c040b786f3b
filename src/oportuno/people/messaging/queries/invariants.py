"""What must always hold of mail, counted across the market."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import OuterRef, Q

from oportuno.kernel.facts.invariants import told_twice
from oportuno.people.audience.api import last_word
from oportuno.people.messaging.facts import MessageSent
from oportuno.people.messaging.models import Message, Purpose, State

IN_FLIGHT = timedelta(minutes=1)  # who withdraws while the mail is handed over still gets it


def sent_without_consent() -> int:
    """Marketing that went out to a contact who had not agreed to it then."""
    sent = Message.objects.filter(purpose=Purpose.MARKETING, state=State.SENT)
    word = last_word(
        contact=OuterRef("contact_id"), channel="email", purpose=OuterRef("agreed_to"), at=OuterRef("sent_at"), grace=IN_FLIGHT
    )
    return sent.annotate(word=word).filter(Q(word=None) | Q(word="withdrawn")).count()


def sent_twice() -> int:
    """Messages that were handed over more than once."""
    return told_twice(MessageSent)
