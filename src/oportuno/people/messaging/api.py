"""Front door: putting a message into somebody's hands."""

from oportuno.people.messaging.actions import gateways, providers
from oportuno.people.messaging.actions.gateways import connect_gateway
from oportuno.people.messaging.actions.guarding import go_on
from oportuno.people.messaging.actions.halting import cancel, put_off
from oportuno.people.messaging.actions.hearing import take_news
from oportuno.people.messaging.actions.intake import take_mail
from oportuno.people.messaging.actions.letterheads import set_letterhead
from oportuno.people.messaging.actions.posting import Reader, make_frame, post_many, stop
from oportuno.people.messaging.actions.providers import connect_provider
from oportuno.people.messaging.actions.reporting import take_answer, take_report
from oportuno.people.messaging.actions.sending import checked_address, send, send_written
from oportuno.people.messaging.actions.suppressing import erase_mail, leave, suppress
from oportuno.people.messaging.actions.texting import checked_text, send_text
from oportuno.people.messaging.actions.texting_many import make_text_frame, text_many
from oportuno.people.messaging.models import MailFrame, Message, Purpose, State
from oportuno.people.messaging.queries import messages_of
from oportuno.people.messaging.queries.afterwards import Afterwards, Deed, done_after
from oportuno.people.messaging.queries.figures import Figures, LinkFigures, counted_otherwise, figures_of, links_of
from oportuno.people.messaging.queries.frames import frame_of, origin_of, origins, postal_addresses
from oportuno.people.messaging.queries.history import Got, bulletins_of, frames_of
from oportuno.people.messaging.queries.invariants import sent_twice, sent_without_consent
from oportuno.people.messaging.queries.kept import kept_reading
from oportuno.people.messaging.queries.reached import knows_postal, reached
from oportuno.people.messaging.queries.returned import incoming_of
from oportuno.people.messaging.queries.tellings import describe
from oportuno.people.messaging.queries.told import why_stopped
from oportuno.people.messaging.queries.ways_out import wishes_for
from oportuno.people.messaging.rules.bulk import Merge, fields_in
from oportuno.people.messaging.rules.incoming import Kind, Verdict, classify
from oportuno.people.messaging.rules.law import country_of_phone, law_of, next_allowed
from oportuno.people.messaging.rules.texts import preview_sms

__all__ = [
    "Afterwards",
    "Deed",
    "Figures",
    "Got",
    "Kind",
    "LinkFigures",
    "MailFrame",
    "Merge",
    "Message",
    "Purpose",
    "Reader",
    "State",
    "Verdict",
    "bulletins_of",
    "cancel",
    "checked_address",
    "checked_text",
    "classify",
    "connect_gateway",
    "connect_provider",
    "counted_otherwise",
    "country_of_phone",
    "describe",
    "done_after",
    "erase_mail",
    "fields_in",
    "figures_of",
    "frame_of",
    "frames_of",
    "gateways",
    "go_on",
    "incoming_of",
    "kept_reading",
    "knows_postal",
    "law_of",
    "leave",
    "links_of",
    "make_frame",
    "make_text_frame",
    "messages_of",
    "next_allowed",
    "origin_of",
    "origins",
    "post_many",
    "postal_addresses",
    "preview_sms",
    "providers",
    "put_off",
    "reached",
    "send",
    "send_text",
    "send_written",
    "sent_twice",
    "sent_without_consent",
    "set_letterhead",
    "stop",
    "suppress",
    "take_answer",
    "take_mail",
    "take_news",
    "take_report",
    "text_many",
    "why_stopped",
    "wishes_for",
]
