"""What happens between an organisation and the people it knows. `contact` stands in the fact's own column."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.facts import Fact


class ContactCaptured(Fact):
    """Somebody became known to an organisation."""

    source: str


class StageChanged(Fact):
    """`reason` is a word of the rule that moved it, or what a member said."""

    before: str
    after: str
    reason: str


class ContactImportStarted(Fact):
    run: UUID
    subject = "run"


class ContactsImported(Fact):
    """Rows `first` to `last` of an import are written; whom they mean, the import's own rows tell."""

    run: UUID
    first: int
    last: int
    count: int
    subject = "run"


class ContactImportFinished(Fact):
    run: UUID
    new: int
    changed: int
    same: int
    wrong: int
    subject = "run"


class ContactImportCancelled(Fact):
    run: UUID
    subject = "run"


class ContactImportUndone(Fact):
    """`removed` who came with it, `restored` who had changed by it."""

    run: UUID
    removed: int
    restored: int
    subject = "run"


class ContactFieldMade(Fact):
    """The organisation made a field of its own."""

    field: UUID
    subject = "field"


class FieldRetyped(Fact):
    """Values that stood with contacts before the field was made became values of its kind; `unfit` stay as they were."""

    field: UUID
    fitted: int
    unfit: int
    subject = "field"


class ContactFieldRetired(Fact):
    field: UUID
    subject = "field"


class ContactFieldReturned(Fact):
    field: UUID
    subject = "field"


class FieldsChanged(Fact):
    """A member wrote own fields of the contact; their keys, not what stands in them."""

    fields: list[str]


class ContactChanged(Fact):
    """A member wrote what is known of the contact: which of it, not what."""

    what: list[str]


class IdentityAdded(Fact):
    identity: UUID
    channel: str
    subject = "identity"


class IdentityRemoved(Fact):
    channel: str


class ContactTagged(Fact):
    added: list[str]
    removed: list[str]


class NoteAdded(Fact):
    note: UUID
    subject = "note"


class ConsentAsked(Fact):
    consent: UUID
    channel: str
    purpose: str
    subject = "consent"


class ConsentGiven(Fact):
    """`confirmed`: by the link in a mail."""

    consent: UUID
    channel: str
    purpose: str
    confirmed: bool
    subject = "consent"


class ConsentWithdrawn(Fact):
    consent: UUID
    channel: str
    purpose: str
    how: str
    subject = "consent"


class AddressConfirmed(Fact):
    """The owner of an address of this contact proved that it is his."""

    identity: UUID
    subject = "identity"


class VisitorIdentified(Fact):
    """A visitor said who he is: what he did before belongs to this contact."""


class PersonRecognised(Fact):
    """Somebody who signs in proved an address of this contact; `by` is that person, who governs it from now on."""


class QuestionAsked(Fact):
    """A question reached the seller, from a confirmed address."""

    question: UUID
    about_kind: str = ""
    about: str = ""
    subject = "question"


class QuestionAnswered(Fact):
    """`on_time`: up to and including the promised moment."""

    question: UUID
    on_time: bool
    subject = "question"


class AnswerPromiseBroken(Fact):
    """The promised moment went by without an answer."""

    question: UUID
    subject = "question"


class QuestionClosed(Fact):
    question: UUID
    subject = "question"


class AnswerPublished(Fact):
    question: UUID
    subject = "question"


class ContactsMerged(Fact):
    """Two contacts became one: this one. Facts about `gone` are this contact's from now on."""

    gone: UUID


class MergeUndone(Fact):
    """They are two again, this one and `gone`."""

    gone: UUID


class ContactErased(Fact):
    """Somebody asked to be forgotten; the fact does not say who."""


class ContactsExported(Fact):
    rows: int


class PageViewed(Fact):
    """A visitor who agreed to it looked at a page. `page` is what it shows (a product, a post), if it has an identity."""

    path: str
    page: UUID | None = None
    page_kind: str | None = None
    referrer: str | None = None
    subject = "page"
