"""What a mail that came in turns out to be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    BOUNCE = "bounce"  # not delivered, or not yet
    COMPLAINT = "arf"  # its reader called it spam, or another feedback loop spoke (RFC 5965)
    AUTOREPLY = "autoreply"
    DELIVERED = "delivered"
    NONE = "none"  # a person wrote, or nothing we know


@dataclass(frozen=True)
class Row:
    """One recipient. `hard`: this address will never work, so nobody writes to it again.

    `status` is the enhanced code that was told (RFC 3463), or nothing. `reason` is one of `reasons.Reason`, of
    complaints the type of feedback, of auto-replies "vacation" or "reply". `delayed`: it is still being tried.
    """

    recipient: str
    hard: bool = False
    status: str = ""
    reason: str = ""
    delayed: bool = False
    told: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "recipient": self.recipient,
            "hard": self.hard,
            "status": self.status,
            "reason": self.reason,
            "delayed": self.delayed,
            "told": self.told,
        }


@dataclass(frozen=True)
class Verdict:
    """`message_id` is that of our mail it is about, if it says; `reply` is what a person wrote, without the quoted part.

    `thread`: the mails that it answers, the nearest first.
    """

    kind: Kind
    rows: tuple[Row, ...] = ()
    subject: str = ""
    sender: str = ""
    message_id: str = ""
    reply: str = ""
    thread: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": str(self.kind),
            "rows": [row.as_json() for row in self.rows],
            "subject": self.subject,
            "sender": self.sender,
            "message_id": self.message_id,
            "reply": self.reply,
        }
