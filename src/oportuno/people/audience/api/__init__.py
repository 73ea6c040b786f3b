"""Front door: contacts, consent, questions, visitors.

Actions act for the organisation they are given (`organisation=`), or for the one that the caller acts for.
"""

from oportuno.people.audience.actions.asking import answer_question, close_question, hide_answer, publish_answer, set_answer_hours
from oportuno.people.audience.actions.bringing import Agreement, bring
from oportuno.people.audience.actions.capturing import Agreed, Captured, Circumstances, capture, move_on
from oportuno.people.audience.actions.confirming import Confirmed, confirm
from oportuno.people.audience.actions.consenting import give, withdraw
from oportuno.people.audience.actions.erasing import erase_contact, erase_contacts_again, erase_person
from oportuno.people.audience.actions.fields import fill_in_fields, make_field
from oportuno.people.audience.actions.importing import (
    apply_import,
    cancel_import,
    map_import,
    run_import,
    start_import,
    tidy_import,
    undo_import,
)
from oportuno.people.audience.actions.importing.deciding import Proof
from oportuno.people.audience.actions.knowing import add_note, save_selection, set_stage, tag, tag_all
from oportuno.people.audience.actions.likening import look_for_duplicates
from oportuno.people.audience.actions.merging import merge_contacts, set_apart, undo_merge
from oportuno.people.audience.actions.personas import set_persona
from oportuno.people.audience.actions.questioning import ask
from oportuno.people.audience.actions.recognising import erasers, erases, recognise
from oportuno.people.audience.actions.subscribing import agree, follow, subscribe
from oportuno.people.audience.actions.visiting import identify, keep_pace
from oportuno.people.audience.actions.writing import Written, add_identity, change_contact, make_main, remove_identity, write_contact
from oportuno.people.audience.models import Contact, ContactImport, IdentityKind, PublishedAnswer, Purpose, Question, Stage
from oportuno.people.audience.models.moving import Mover, Stays, merged_tables, merges
from oportuno.people.audience.queries.consents import agreed, count_agreed, evidence_of, identities_of, last_word, may_receive, standings_of
from oportuno.people.audience.queries.contacts import (
    Filters,
    all_contacts,
    contact_for,
    contact_to_change,
    contacts_by_address,
    contacts_of,
    everybody,
    sources_of,
)
from oportuno.people.audience.queries.duplicates import duplicates_of
from oportuno.people.audience.queries.fields import fields_of
from oportuno.people.audience.queries.keepers import Kept, keeps
from oportuno.people.audience.queries.merged import current, gone_into
from oportuno.people.audience.queries.mine import Held, export_of, held_of
from oportuno.people.audience.queries.ports import Topic, connect
from oportuno.people.audience.queries.ports import topics as topics_of_bulletin
from oportuno.people.audience.queries.questions import count_open, hours_of, published_answers
from oportuno.people.audience.queries.reaching import Reach, merged_of, reach, topics_chosen
from oportuno.people.audience.queries.sheets import FORMS, written
from oportuno.people.audience.queries.sheets import lines as sheet_lines
from oportuno.people.audience.queries.tellings import describe
from oportuno.people.audience.queries.timeline import Happened, name_group, tell_of, timeline_of
from oportuno.people.audience.queries.visitors import known_contact
from oportuno.people.audience.queries.words import words_for
from oportuno.people.audience.rules import addresses
from oportuno.people.audience.rules.addresses import Given
from oportuno.people.audience.rules.own_fields import OwnField

__all__ = [
    "FORMS",
    "Agreed",
    "Agreement",
    "Captured",
    "Circumstances",
    "Confirmed",
    "Contact",
    "ContactImport",
    "Filters",
    "Given",
    "Happened",
    "Held",
    "IdentityKind",
    "Kept",
    "Mover",
    "OwnField",
    "Proof",
    "PublishedAnswer",
    "Purpose",
    "Question",
    "Reach",
    "Stage",
    "Stays",
    "Topic",
    "Written",
    "add_identity",
    "add_note",
    "addresses",
    "agree",
    "agreed",
    "all_contacts",
    "answer_question",
    "apply_import",
    "ask",
    "bring",
    "cancel_import",
    "capture",
    "change_contact",
    "close_question",
    "confirm",
    "connect",
    "contact_for",
    "contact_to_change",
    "contacts_by_address",
    "contacts_of",
    "count_agreed",
    "count_open",
    "current",
    "describe",
    "duplicates_of",
    "erase_contact",
    "erase_contacts_again",
    "erase_person",
    "erasers",
    "erases",
    "everybody",
    "evidence_of",
    "export_of",
    "fields_of",
    "fill_in_fields",
    "follow",
    "give",
    "gone_into",
    "held_of",
    "hide_answer",
    "hours_of",
    "identify",
    "identities_of",
    "keep_pace",
    "keeps",
    "known_contact",
    "last_word",
    "look_for_duplicates",
    "make_field",
    "make_main",
    "map_import",
    "may_receive",
    "merge_contacts",
    "merged_of",
    "merged_tables",
    "merges",
    "move_on",
    "name_group",
    "publish_answer",
    "published_answers",
    "reach",
    "recognise",
    "remove_identity",
    "run_import",
    "save_selection",
    "set_answer_hours",
    "set_apart",
    "set_persona",
    "set_stage",
    "sheet_lines",
    "sources_of",
    "standings_of",
    "start_import",
    "subscribe",
    "tag",
    "tag_all",
    "tell_of",
    "tidy_import",
    "timeline_of",
    "topics_chosen",
    "topics_of_bulletin",
    "undo_import",
    "undo_merge",
    "withdraw",
    "words_for",
    "write_contact",
    "written",
]
