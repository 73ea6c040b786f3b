"""What became of messages."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.facts import Fact


class MessageQueued(Fact):
    message: UUID
    purpose: str
    template: str = ""
    subject = "message"


class MessageSent(Fact):
    message: UUID
    purpose: str
    template: str = ""
    subject = "message"


class MessageFailed(Fact):
    """No further try will be made by itself."""

    message: UUID
    reason: str
    subject = "message"


class MessageHeldBack(Fact):
    """Suppression or missing consent forbade it at the last moment."""

    message: UUID
    reason: str
    subject = "message"


class AddressSuppressed(Fact):
    reason: str
    scope: str


class MessageDelivered(Fact):
    """The network says that it is in its reader's hands."""

    message: UUID
    subject = "message"


class TextCapReached(Fact):
    """More texts were meant than a cap allows: a fault, or a fraud (threat T17)."""

    cap: str
    country: str = ""


class MailBounced(Fact):
    """It came back. `hard`: its address does not exist."""

    message: UUID
    hard: bool
    reason: str = ""
    subject = "message"


class ComplaintReceived(Fact):
    """Its reader called it spam."""

    message: UUID
    reason: str = ""
    subject = "message"


class AddressReleased(Fact):
    """A member lets an address be written to again."""

    reason: str
    scope: str
