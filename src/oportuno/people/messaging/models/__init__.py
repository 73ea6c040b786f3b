"""Messages, what became of them, and what an organisation allows itself."""

from oportuno.people.messaging.models.identity import IdentityState, SenderStanding, SendingIdentity
from oportuno.people.messaging.models.messages import (
    Channel,
    Effect,
    ExcludedNumber,
    Incoming,
    Letterhead,
    MailFrame,
    Message,
    Purpose,
    Scope,
    SendingRules,
    State,
    StrangerMail,
    Suppression,
    TextCount,
)
from oportuno.people.messaging.models.tracking import MailClick, MailLink, MailOutcome, MailTally, MailVisit
from oportuno.people.messaging.models.wishes import Pace, ReaderWish

__all__ = [
    "Channel",
    "Effect",
    "ExcludedNumber",
    "IdentityState",
    "Incoming",
    "Letterhead",
    "MailClick",
    "MailFrame",
    "MailLink",
    "MailOutcome",
    "MailTally",
    "MailVisit",
    "Message",
    "Pace",
    "Purpose",
    "ReaderWish",
    "Scope",
    "SenderStanding",
    "SendingIdentity",
    "SendingRules",
    "State",
    "StrangerMail",
    "Suppression",
    "TextCount",
]
