"""What organisations know of people."""

from oportuno.people.audience.models.bringing import ContactImport, ImportedKey, ImportedMatch, ImportedProblem, ImportedRow
from oportuno.people.audience.models.consent import Channel, Confirmation, Consent, ConsentState, ConsentText, Deed, Purpose, Standing
from oportuno.people.audience.models.contact import Contact, ContactKind, Identity, IdentityKind, Note, Selection, Stage, Tagging
from oportuno.people.audience.models.fields import ContactField, FieldKind
from oportuno.people.audience.models.forgotten import ForgottenAddress
from oportuno.people.audience.models.likeness import LikelyPair, LikenessLook
from oportuno.people.audience.models.merging import ContactDistinct, ContactMerge
from oportuno.people.audience.models.question import AnswerHours, PublishedAnswer, Question, QuestionState, QuietMember
from oportuno.people.audience.models.visitor import KnownVisitor, Pace, Visitor

__all__ = [
    "AnswerHours",
    "Channel",
    "Confirmation",
    "Consent",
    "ConsentState",
    "ConsentText",
    "Contact",
    "ContactDistinct",
    "ContactField",
    "ContactImport",
    "ContactKind",
    "ContactMerge",
    "Deed",
    "FieldKind",
    "ForgottenAddress",
    "Identity",
    "IdentityKind",
    "ImportedKey",
    "ImportedMatch",
    "ImportedProblem",
    "ImportedRow",
    "KnownVisitor",
    "LikelyPair",
    "LikenessLook",
    "Note",
    "Pace",
    "PublishedAnswer",
    "Purpose",
    "Question",
    "QuestionState",
    "QuietMember",
    "Selection",
    "Stage",
    "Standing",
    "Tagging",
    "Visitor",
]
