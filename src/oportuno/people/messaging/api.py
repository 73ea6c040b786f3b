"""Front door: putting a message into somebody's hands."""

from oportuno.people.messaging.actions import gateways
from oportuno.people.messaging.actions.gateways import connect_gateway
from oportuno.people.messaging.actions.intake import take_mail
from oportuno.people.messaging.actions.letterheads import set_letterhead
from oportuno.people.messaging.actions.posting import Reader, make_frame, post_many, stop
from oportuno.people.messaging.actions.reporting import take_answer, take_report
from oportuno.people.messaging.actions.sending import checked_address, send
from oportuno.people.messaging.actions.suppressing import erase_mail, leave, suppress
from oportuno.people.messaging.actions.texting import send_text
from oportuno.people.messaging.models import Message, Purpose, State
from oportuno.people.messaging.queries.frames import postal_addresses
from oportuno.people.messaging.queries.invariants import sent_twice, sent_without_consent
from oportuno.people.messaging.queries.tellings import describe
from oportuno.people.messaging.rules.incoming import Kind, Verdict, classify
from oportuno.people.messaging.rules.texts import preview_sms

__all__ = [
    "Kind",
    "Message",
    "Purpose",
    "Reader",
    "State",
    "Verdict",
    "checked_address",
    "classify",
    "connect_gateway",
    "describe",
    "erase_mail",
    "gateways",
    "leave",
    "make_frame",
    "post_many",
    "postal_addresses",
    "preview_sms",
    "send",
    "send_text",
    "sent_twice",
    "sent_without_consent",
    "set_letterhead",
    "stop",
    "suppress",
    "take_answer",
    "take_mail",
    "take_report",
]
