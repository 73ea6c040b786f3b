"""Fields of one's own: making them, and what stands in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, Refusal
from oportuno.kernel.facts import record
from oportuno.people.audience.actions.retyping import retype_later
from oportuno.people.audience.facts import ContactFieldMade, ContactFieldRetired, ContactFieldReturned, FieldsChanged
from oportuno.people.audience.models import Contact, ContactField, FieldKind
from oportuno.people.audience.queries.fields import declared, fields_of
from oportuno.people.audience.queries.sentences import misfit
from oportuno.people.audience.rules.addresses import fold, plain_name
from oportuno.people.audience.rules.own_fields import LONGEST_CHOICE, MOST_CHOICES, Unfit, named, read
from oportuno.people.organisations.api import Member

MOST_FIELDS = 60


@transaction.atomic
def make_field(*, label: str, kind: str, choices: Sequence[str] = (), key: str = "", by: Member, at: datetime) -> ContactField:
    """A new field, the last of all. `key` when its values came with a file already. Raises Refusal, Conflict."""
    organisation = by.organisation.pk
    label, there = plain_name(label)[:80], declared(organisation)
    if not label:
        raise Refusal(_("Give the field a name."), field="label")
    if kind not in FieldKind.values:
        raise Refusal(_("Choose what kind of field it is."), field="kind")
    if len(there) >= MOST_FIELDS:
        raise Refusal(_("There are 60 fields already. Use one of them for something else, or write it into the notes."), field="label")
    _must_be_new(label, there)
    made = ContactField(
        key=_free(key or named(label), {one.key for one in there}), label=label, kind=kind, choices=_list(kind, choices),
        position=max((one.position for one in there), default=0) + 1, made_at=at,
    )  # fmt: skip
    made.save(force_insert=True)
    record(ContactFieldMade(field=made.pk, by=by.id, at=at))
    if key:  # its values came with a file, as text
        retype_later(made)
    return made


@transaction.atomic
def change_field(*, field: ContactField, label: str, choices: Sequence[str] = (), by: Member) -> ContactField:
    """Another name, and another list to choose from; what contacts have stays as it is."""
    label = plain_name(label)[:80]
    if not label:
        raise Refusal(_("Give the field a name."), field="label")
    _must_be_new(label, [one for one in declared(by.organisation.pk) if one.pk != field.pk])
    field.label, field.choices = label, _list(field.kind, choices)
    field.save(update_fields=["label", "choices"])
    return field


@transaction.atomic
def move_field(*, field: ContactField, up: bool, by: Member) -> None:
    """One place up or down among those in use; at the end nothing happens."""
    own = list(ContactField.objects.select_for_update().filter(organisation_id=by.organisation.pk).order_by("position", "key"))
    shown = [one.pk for one in own if one.retired_at is None]
    place = shown.index(field.pk) if field.pk in shown else -1
    other = place - 1 if up else place + 1
    if place < 0 or not 0 <= other < len(shown):
        return
    shown[place], shown[other] = shown[other], shown[place]
    order = [*shown, *(one.pk for one in own if one.retired_at is not None)]
    for one in own:
        one.position = order.index(one.pk) + 1
    ContactField.objects.bulk_update(own, ["position"])


@transaction.atomic
def retire_field(*, field: ContactField, by: Member, at: datetime) -> None:
    """Show and ask for it no more. What contacts have in it stays; `return_field` brings it back. Twice is once."""
    if field.retired_at is None:
        field.retired_at = at
        field.save(update_fields=["retired_at"])
        record(ContactFieldRetired(field=field.pk, by=by.id, at=at))


@transaction.atomic
def return_field(*, field: ContactField, by: Member, at: datetime) -> None:
    """As it was, with all that contacts have in it."""
    if field.retired_at is not None:
        field.retired_at = None
        field.save(update_fields=["retired_at"])
        record(ContactFieldReturned(field=field.pk, by=by.id, at=at))


@transaction.atomic
def fill_in_fields(*, contact: UUID, values: Mapping[str, object], by: Member, at: datetime) -> Contact:
    """Set own fields of a contact; nothing said takes a value away. Others stay. Raises Refusal beside the field `own-<key>`, then nothing changes."""
    found = Contact.objects.select_for_update().get(pk=contact)
    known = {one.key: one for one in fields_of(by.organisation.pk)}
    after = dict(found.fields)
    for key, said in values.items():
        if key not in known:
            raise Refusal(_("There is no field “%(key)s”.") % {"key": key[:40]}, field="fields")
        if isinstance(said, str) and said == str(after.get(key, "")):
            continue  # untouched, even if it came before the field had a kind
        try:
            value = read(known[key], said)
        except Unfit as trouble:
            raise Refusal(misfit(trouble.code, known[key].label), field=f"own-{key}") from trouble
        if value is None:
            after.pop(key, None)
        else:
            after[key] = value
    changed = sorted(key for key in {*after, *found.fields} if after.get(key) != found.fields.get(key))
    if changed:
        found.fields = after
        found.save(update_fields=["fields"])
        record(FieldsChanged(fields=changed, contact=found.pk, by=by.id, at=at))
    return found


def _must_be_new(label: str, there: Sequence[ContactField]) -> None:
    same = next((one for one in there if fold(one.label) == fold(label)), None)
    if same is None:
        return
    if same.retired_at is None:
        raise Conflict(_("A field has this name already."), field="label")
    raise Conflict(_("You had a field of this name and put it away. Bring it back instead: its values are still there."), field="label")


def _free(key: str, taken: set[str]) -> str:
    wanted = named(key) or "field"
    return next(one for one in (wanted, *(f"{wanted[:36]}_{n}" for n in range(2, 100))) if one not in taken)


def _list(kind: str, choices: Sequence[str]) -> list[str]:
    if kind != FieldKind.CHOICE:
        return []
    found = list({fold(word): word for one in reversed(choices) if (word := plain_name(one)[:LONGEST_CHOICE])}.values())[::-1]
    if len(found) < 2:
        raise Refusal(_("Write at least two things to choose from, one on each line."), field="choices")
    if len(found) > MOST_CHOICES:
        raise Refusal(_("A list has at most 60 things to choose from."), field="choices")
    return found
