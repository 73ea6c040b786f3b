"""What members note about a contact."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, Refusal
from oportuno.kernel.facts import record, record_all
from oportuno.people.audience.facts import ContactTagged, NoteAdded, StageChanged
from oportuno.people.audience.models import Contact, Note, Selection, Stage
from oportuno.people.audience.rules.addresses import plain_name
from oportuno.people.organisations.api import Member

LONGEST_NOTE, MOST_TAGS, LONGEST_TAG = 4000, 30, 40


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
def tag(*, contact: Contact, add: Collection[str] = (), remove: Collection[str] = (), by: Member, at: datetime) -> Contact:
    """Add and take away tags; they are kept in lower case, on one line."""
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    wanted = {plain_name(one).lower()[:LONGEST_TAG] for one in add} - {""}
    before = set(contact.tags)
    after = (before | wanted) - {one.lower() for one in remove}
    if len(after) > MOST_TAGS:
        raise Refusal(_("A contact has at most 30 tags."), field="tag")
    if after != before:
        contact.tags = sorted(after)
        contact.save(update_fields=["tags"])
        record(ContactTagged(added=sorted(after - before), removed=sorted(before - after), contact=contact.pk, by=by.id, at=at))
    return contact


@transaction.atomic
def tag_all(*, contacts: Collection[UUID], add: Collection[str], remove: Collection[str], by: Member, at: datetime) -> int:
    """The same tags for many contacts, in one statement; how many it changed. All of them or, when one has too many, none."""
    wanted, unwanted = ({plain_name(one).lower()[:LONGEST_TAG] for one in words} - {""} for words in (add, remove))
    if not (wanted or unwanted):
        raise Refusal(_("Write the tags, with commas between them."), field="tags")
    changed = []
    for contact in (
        Contact.objects.select_for_update(of=("self",)).filter(organisation_id=by.organisation.pk, pk__in=contacts).order_by("pk")
    ):
        before = set(contact.tags)
        contact.tags = sorted((before | wanted) - unwanted)
        if len(contact.tags) > MOST_TAGS:
            raise Refusal(_("%(contact)s would have more than 30 tags.") % {"contact": contact}, field="tags")
        if set(contact.tags) != before:
            changed.append((contact, before))
    Contact.objects.bulk_update([contact for contact, _before in changed], ["tags"], batch_size=1000)
    record_all(
        ContactTagged(
            added=sorted(set(contact.tags) - before), removed=sorted(before - set(contact.tags)), contact=contact.pk, by=by.id, at=at
        )
        for contact, before in changed
    )
    return len(changed)


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
