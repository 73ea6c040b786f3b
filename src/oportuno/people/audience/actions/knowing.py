"""What members note about a contact."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.facts import record, record_all
from oportuno.people.audience.facts import ContactTagged, NoteAdded, StageChanged
from oportuno.people.audience.models import Contact, Note, Selection, Stage, Tagging
from oportuno.people.audience.rules.addresses import plain_name
from oportuno.people.organisations.api import Member

LONGEST_NOTE, MOST_TAGS, LONGEST_TAG = 4000, 30, 40
TAGGINGS_KEPT = 20  # of an organisation: what is longer ago nobody undoes


@transaction.atomic
def add_note(*, contact: Contact, text: str, by: Member, at: datetime) -> Note:
    """Write something down about a contact, for everybody in the organisation."""
    text = text.strip()
    if not text:
        raise Refusal(_("Write the note first."), field="text")
    if len(text) > LONGEST_NOTE:
        raise Refusal(_("A note has at most 4,000 characters."), field="text")
    note = Note.objects.create(contact=contact, text=text, by_id=by.id, by_name=by.person.name, at=at)
    record(NoteAdded(note=note.pk, contact=contact.pk, by=by.id, at=at))
    return note


@transaction.atomic
def tag(*, contact: Contact, add: Collection[str] = (), remove: Collection[str] = (), by: Member | None, at: datetime) -> Contact:
    """Add and take away tags; they are kept in lower case, on one line. `by` None: what the organisation had said beforehand."""
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    wanted = {plain_name(one).lower()[:LONGEST_TAG] for one in add} - {""}
    before = set(contact.tags)
    after = (before | wanted) - {one.lower() for one in remove}
    if len(after) > MOST_TAGS:
        raise Refusal(_("A contact has at most 30 tags."), field="tag")
    if after != before:
        contact.tags = sorted(after)
        contact.save(update_fields=["tags"])
        record(
            ContactTagged(added=sorted(after - before), removed=sorted(before - after), contact=contact.pk, by=by.id if by else None, at=at)
        )
    return contact


@transaction.atomic
def tag_all(*, contacts: Collection[UUID], add: Collection[str], remove: Collection[str], by: Member, at: datetime) -> Tagging:
    """The same tags for many contacts, in one statement. All of them or, when one has too many, none. Can be undone."""
    wanted, unwanted = ({plain_name(one).lower()[:LONGEST_TAG] for one in words} - {""} for words in (add, remove))
    if not (wanted or unwanted):
        raise Refusal(_("Write the tags, with commas between them."), field="tags")
    changes = _retag(dict.fromkeys(contacts, (wanted, unwanted)), by=by, at=at)
    own = Tagging.objects.filter(organisation_id=by.organisation.pk)
    own.exclude(pk__in=list(own.order_by("-id").values_list("pk", flat=True)[: TAGGINGS_KEPT - 1])).delete()
    return Tagging.objects.create(changes=changes, count=len(changes), by_id=by.id, at=at)


@transaction.atomic
def undo_tagging(*, tagging: UUID, by: Member, at: datetime) -> int:
    """Take away what it gave and give back what it took, whatever else happened since; how many contacts that changed.

    Raises NotFound, Conflict when it was undone already, Refusal when a contact would have too many tags by now.
    """
    found = Tagging.objects.select_for_update().filter(organisation_id=by.organisation.pk, pk=tagging).first()
    if found is None:
        raise NotFound
    if found.undone_at:
        raise Conflict(_("This change was undone already."))
    changes = {UUID(contact): (set(removed), set(added)) for contact, (added, removed) in found.changes.items()}
    found.undone_at = at
    found.save(update_fields=["undone_at"])
    return len(_retag(changes, by=by, at=at))


def last_tagging(by: Member) -> Tagging | None:
    """The latest of the member's organisation, while it can still be undone."""
    latest = Tagging.objects.filter(organisation_id=by.organisation.pk).order_by("-id").first()
    return latest if latest and latest.count and not latest.undone_at else None


def _retag(wishes: Mapping[UUID, tuple[set[str], set[str]]], *, by: Member, at: datetime) -> dict[str, tuple[list[str], list[str]]]:
    """What to add to each contact and what to take away → what that changed; contacts that changed nothing are left out."""
    held = Contact.objects.select_for_update(of=("self",)).filter(organisation_id=by.organisation.pk, pk__in=list(wishes)).order_by("pk")
    changed, changes = [], {}
    for contact in held:
        before, (wanted, unwanted) = set(contact.tags), wishes[contact.pk]
        after = (before | wanted) - unwanted
        if len(after) > MOST_TAGS:
            raise Refusal(_("%(contact)s would have more than 30 tags.") % {"contact": contact}, field="tags")
        if after != before:
            contact.tags = sorted(after)
            changed.append(contact)
            changes[str(contact.pk)] = (sorted(after - before), sorted(before - after))
    Contact.objects.bulk_update(changed, ["tags"], batch_size=1000)
    record_all(
        ContactTagged(added=added, removed=removed, contact=UUID(contact), by=by.id, at=at) for contact, (added, removed) in changes.items()
    )
    return changes


@transaction.atomic
def set_stage(*, contact: Contact, stage: str, reason: str, by: Member, at: datetime) -> Contact:
    """A member says how far the relation is, forwards or back, and why."""
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    if stage not in Stage.values:
        raise Refusal(_("There is no such stage."), field="stage")
    if not reason.strip():
        raise Refusal(_("Say why in a few words: whoever reads it later will want to know."), field="reason")
    if stage != contact.stage:
        before, contact.stage = contact.stage, stage
        contact.save(update_fields=["stage"])
        record(StageChanged(contact=contact.pk, before=before, after=stage, reason=reason.strip()[:200], by=by.id, at=at))
    return contact


def save_selection(*, name: str, filters: dict[str, str], by: Member, at: datetime) -> Selection:
    """Give a filter of the list a name. Raises Conflict when the name is taken."""
    if not (name := plain_name(name)[:80]):
        raise Refusal(_("Give the selection a name."), field="name")
    try:
        with transaction.atomic():
            return Selection.objects.create(name=name, filters=filters, by_id=by.id, at=at)
    except IntegrityError:
        raise Conflict(_("A selection has this name already."), field="name")
