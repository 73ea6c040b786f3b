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


class MailAnswered(Fact):
    """Its reader wrote back; `letter` is what came in."""

    message: UUID
    letter: UUID
    subject = "message"


class ComplaintReceived(Fact):
    """Its reader called it spam."""

    message: UUID
    reason: str = ""
    subject = "message"


class MailOpened(Fact):
    """A bulletin's mail was opened, told once by a person and once by a machine."""

    message: UUID
    frame: UUID
    machine: bool
    subject = "message"


class MailClicked(Fact):
    """A bulletin's link was followed, told once of each reader and link by a person and once by a machine. `link` is its number."""

    message: UUID
    frame: UUID
    link: int
    machine: bool
    subject = "message"


class BulletinPaused(Fact):
    """A guard of the sender's reputation stopped it. `share` is in hundredths of a percent of the mails sent."""

    frame: UUID
    reason: str
    share: int
    subject = "frame"


class SenderPaused(Fact):
    """All bulletins of an organisation together hurt its name: all stand still. `share` as of BulletinPaused."""

    reason: str
    share: int


class SendingContinued(Fact):
    """A member let what a guard stopped go on."""

    frame: UUID
    subject = "frame"


class IdentityProved(Fact):
    """Mail of this organisation is signed for a domain of its own from now on."""

    domain: str


class IdentityLost(Fact):
    """Its record is gone from DNS: the market's name signs again."""

    domain: str


class AddressReleased(Fact):
    """A member lets an address be written to again."""

    reason: str
    scope: str
