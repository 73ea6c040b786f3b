"""What happened between an organisation and a contact, from the fact log: newest first, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.functional import Promise

from oportuno.kernel.facts.log import kind_number
from oportuno.kernel.facts.shape import all_fact_classes
from oportuno.people.audience.models import Contact, KnownVisitor
from oportuno.people.audience.queries.merged import gone_into
from oportuno.people.organisations.api import Person

PAGE = 40
Sentence = Callable[["Happened"], str]
Names = Callable[[Sequence["Happened"]], Mapping[int, str]]
"""Of facts of a page, the names of what they are about, by fact: asked once a page."""


@dataclass(frozen=True)
class Happened:
    """One fact of a timeline. `by` is the name of who did it, empty when nobody in particular did; `named` what it is about, if known."""

    id: int
    kind: str
    at: datetime
    subject: UUID | None
    by: str
    visitor: UUID | None
    data: dict[str, Any]
    named: str = ""

    @property
    def source(self) -> str:
        """Of which part of the relation it tells, in the reader's language."""
        return str(_groups.get(self.telling.group, "")) if self.telling else self.kind.partition(".")[0]

    @property
    def telling(self) -> Telling | None:
        return _tellings.get(self.kind)

    @property
    def icon(self) -> str:
        return self.telling.icon if self.telling else "point"

    @property
    def title(self) -> str:
        """What happened, in the reader's language; the bare name of a kind that nobody described."""
        if self.telling:
            return self.telling.sentence(self)
        return self.kind.partition(".")[2].replace("_", " ").capitalize()


@dataclass(frozen=True)
class Telling:
    """How a kind of fact is shown to people: under which filter, with which icon, in which words."""

    kind: str
    group: str
    icon: str
    sentence: Sentence
    named: Names | None = None


_tellings: dict[str, Telling] = {}
_groups: dict[str, str | Promise] = {}


def tell_of(kind: str, *, group: str, icon: str, sentence: Sentence, named: Names | None = None) -> None:
    """Describe a kind of fact ("audience.note_added") for timelines, in the words of whoever says so last. `group` is one of `groups()`."""
    _tellings[kind] = Telling(kind, group, icon, sentence, named)


def name_group(key: str, label: str | Promise) -> None:
    """A filter of timelines: "visits", "consent", "questions" …"""
    _groups[key] = label


def groups() -> dict[str, str | Promise]:
    return dict(_groups)


@dataclass(frozen=True)
class TimelinePage:
    """`next` is where the following page begins, or None at the end."""

    facts: list[Happened]
    next: tuple[datetime, int] | None


def timeline_of(contact: Contact, *, group: str = "", before: tuple[datetime, int] | None = None, size: int = PAGE) -> TimelinePage:
    """A page of the contact's history in the organisation we act for.

    It begins with what he did before he said who he was, if he had agreed to be recognised. Unnamed plumbing is left out.
    """
    numbers = {kind_number(kind): kind for kind in all_fact_classes() if _shown(kind, group)}
    visitors = list(KnownVisitor.objects.filter(contact=contact).values_list("visitor_id", flat=True)[:50])
    rows = _facts_of(contact, visitors, list(numbers), before, size + 1)
    names = dict(Person.objects.filter(pk__in={row[4] for row in rows if row[4]}).values_list("pk", "name"))
    facts = _named([_happened(row, numbers, names) for row in rows[:size]])
    return TimelinePage(facts, (facts[-1].at, facts[-1].id) if len(rows) > size else None)


ONE = """(SELECT id, kind_id, at, subject_id, person_id, visitor_id, data FROM fact
 WHERE organisation_id = %s AND {whose} AND kind_id = ANY(%s) AND at <= %s AND (at < %s OR id < %s) ORDER BY at DESC, id DESC LIMIT %s)"""
FAR = datetime.fromisoformat("9999-01-01T00:00:00+00:00")


def _facts_of(contact: Contact, visitors: Collection[UUID], kinds: list[int], before: tuple[datetime, int] | None, size: int) -> list[Any]:
    """Index walks and a merge: by the contact, by each that became this one, and by each visitor he was before he was known."""
    at, identity = before or (FAR, 0)
    whose: list[tuple[str, UUID]] = [
        *(("contact_id = %s", one) for one in (contact.pk, *gone_into(contact.pk))),
        *(("contact_id IS NULL AND visitor_id = %s", one) for one in visitors),
    ]
    parts = " UNION ALL ".join(ONE.format(whose=clause) for clause, _ in whose)
    values = [v for _, who in whose for v in (contact.organisation_id, who, kinds, at, at, identity, size)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({parts}) facts ORDER BY at DESC, id DESC LIMIT %s", [*values, size])
        return list(cursor.fetchall())


def _happened(row: Any, numbers: dict[int, str], names: dict[UUID, str]) -> Happened:
    number, kind, at, subject, by, visitor, data = row
    return Happened(number, numbers[kind], at, subject, names.get(by, ""), visitor, _json(data))


def _named(facts: list[Happened]) -> list[Happened]:
    """With the names of what they are about, each kind of names asked for once."""
    asks = {one.telling.named for one in facts if one.telling and one.telling.named}
    names: dict[int, str] = {}
    for ask in asks:
        names.update(ask([one for one in facts if one.telling and one.telling.named is ask]))
    return [replace(one, named=names[one.id]) if one.id in names else one for one in facts]


def _shown(kind: str, group: str) -> bool:
    telling = _tellings.get(kind)
    return telling is not None and (not group or telling.group == group)


def _json(value: Any) -> dict[str, Any]:
    found = json.loads(value) if isinstance(value, str) else value
    return dict(found)
