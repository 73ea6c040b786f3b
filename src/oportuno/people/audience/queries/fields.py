"""Fields that an organisation made for itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import pgettext

from oportuno.kernel.errors import NotFound
from oportuno.kernel.formats import locale_of, long_day, number
from oportuno.people.audience.models import Contact, ContactField, ContactImport
from oportuno.people.audience.rules.bringing.columns import FIELD
from oportuno.people.audience.rules.own_fields import OwnField, fits, own_field

LOOKED_BACK = 20  # imports


def fields_of(organisation: int) -> list[OwnField]:
    """Those in use, in the order that the organisation gave them. One query, by index."""
    return [own_field(one.key, one.label, one.kind, one.choices) for one in declared(organisation) if one.retired_at is None]


def declared(organisation: int) -> list[ContactField]:
    """All of them, retired ones too, in their order."""
    return list(ContactField.objects.filter(organisation_id=organisation).order_by("position", "key"))


def field_for(organisation: int, field: UUID) -> ContactField:
    """One of the organisation's, or NotFound."""
    found = ContactField.objects.filter(organisation_id=organisation, pk=field).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class Undeclared:
    """A column that came with a file, and that nobody made a field of yet."""

    key: str
    heading: str


def misfits(organisation: int, fields: Sequence[ContactField]) -> dict[UUID, list[tuple[Contact, str]]]:
    """Of each field, some contacts whose value does not fit it still, with what stands there. One query."""
    named = {one.pk: [UUID(contact) for contact in one.report.get("shown", [])] for one in fields if one.report.get("unfit")}
    known = Contact.objects.filter(organisation_id=organisation).in_bulk({contact for ids in named.values() for contact in ids})
    found: dict[UUID, list[tuple[Contact, str]]] = {}
    for one in fields:
        rows = [known[contact] for contact in named.get(one.pk, ()) if contact in known and one.key in known[contact].fields]
        own = own_field(one.key, one.label, one.kind, one.choices)
        found[one.pk] = [(row, str(row.fields[one.key])) for row in rows if not fits(own, row.fields[one.key])]
    return found


def undeclared(organisation: int) -> list[Undeclared]:
    """Columns of the latest imports whose values stand with the contacts without a field: they only wait for a name and a kind."""
    known = {one.key for one in declared(organisation)}
    found: dict[str, Undeclared] = {}
    done = ContactImport.objects.filter(organisation_id=organisation, state=ContactImport.State.DONE).order_by("-id")
    for mapping in done.values_list("mapping", flat=True)[:LOOKED_BACK]:
        for heading, target in mapping.items():
            key = target.removeprefix(FIELD)
            if target.startswith(FIELD) and key not in known:
                found.setdefault(key, Undeclared(key, heading[:80]))
    return sorted(found.values(), key=lambda one: one.key)


@dataclass(frozen=True)
class Shown:
    """A field of a contact in the reader's words. `misfit`: it came before the field was declared, and is no value of its kind."""

    label: str
    value: str
    misfit: bool = False


def shown(fields: list[OwnField], values: Mapping[str, object], language: str) -> list[Shown]:
    """What stands in a contact's own fields: the declared ones in their order, then what else came with files."""
    known = {field.key for field in fields}
    told = [
        Shown(field.label, said(field, values[field.key], language), not fits(field, values[field.key]))
        for field in fields
        if field.key in values
    ]
    return told + [Shown(key.replace("_", " "), str(values[key])) for key in sorted(values) if key not in known]


def said(field: OwnField, value: object, language: str) -> str:
    """A value as people of the language write it; what does not fit the field stays as it is."""
    if field.kind == "yesno" and isinstance(value, bool):
        return pgettext("answer", "Yes") if value else pgettext("answer", "No")
    if not fits(field, value):
        return str(value)
    if field.kind == "number" and isinstance(value, int | float):
        return number(value, locale_of(language))
    if field.kind == "date":
        return long_day(date.fromisoformat(str(value)), locale_of(language))
    return str(value)
