"""Imports of contacts as a person follows them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import acting_organisation
from oportuno.people.audience.models import ContactImport, ImportedMatch, ImportedProblem, ImportedRow
from oportuno.people.audience.queries.sentences import Difference, differences, field_name, sentence

__all__ = [
    "PAGE",
    "STATES",
    "Problem",
    "RowCard",
    "field_name",
    "how_far",
    "imports_to_tidy",
    "listed",
    "notes",
    "problems",
    "rows",
    "run_for",
    "runs",
    "trouble",
]
PAGE = 50
LISTED = 2_000
STATES = ("new", "changed", "same", "wrong")


@dataclass(frozen=True, slots=True)
class Problem:
    """`sentence` is in the reader's language."""

    line: int
    field: str
    sentence: str

    def as_json(self) -> dict[str, Any]:
        return {"line": self.line, "field": self.field, "sentence": self.sentence}


@dataclass(frozen=True, slots=True)
class RowCard:
    """A contact of the file: what happens to it, and what that changes. `twin_of` is the line that means the same person."""

    number: int
    line: int
    name: str
    address: str
    what: str
    changes: tuple[Difference, ...]
    twin_of: int | None
    contact: UUID | None


def run_for(run: UUID) -> ContactImport:
    """A run of the organisation we act for. Raises NotFound."""
    found = ContactImport.objects.filter(pk=run, organisation_id=acting_organisation()).first()
    if found is None:
        raise NotFound
    return found


def runs(*, before: UUID | None = None, limit: int = 20) -> list[ContactImport]:
    """The latest first; keyset by their identity."""
    own = ContactImport.objects.filter(organisation_id=acting_organisation())
    return list((own.filter(pk__lt=before) if before else own).order_by("-id")[:limit])


def problems(run: ContactImport, after: int = -1, limit: int | None = PAGE) -> list[Problem]:
    """Why contacts are wrong, by line; beyond ten thousand they are only counted."""
    found = ImportedProblem.objects.filter(run=run, line__gt=after).order_by("line", "id")
    return [Problem(one.line, one.field, sentence(one.code, {"line": one.line, **one.data})) for one in (found[:limit] if limit else found)]


def notes(run: ContactImport) -> list[Problem]:
    """What was left out, once for each kind, with how often."""
    found = sorted(run.notes.values(), key=lambda one: one["line"])
    return [Problem(one["line"], one["field"], sentence(one["code"], {**one["data"], "count": one["count"]})) for one in found]


def trouble(run: ContactImport) -> str:
    """Why the file could not be read, or not to its end; empty when it could."""
    return sentence(run.trouble["code"], {"line": run.trouble["line"], **run.trouble["data"]}) if run.trouble else ""


def rows(run: ContactImport, what: str, after: int = 0, limit: int = PAGE) -> list[RowCard]:
    """Contacts of one kind; keyset by `number`. "same" are also those whom an earlier line of the file means."""
    wanted = ("same", "twin") if what == "same" else (what,)
    found = list(ImportedMatch.objects.filter(run_id=run.pk, what__in=wanted, number__gt=after).order_by("number")[:limit])
    numbers = [one.number for one in found] + [one.leader for one in found if one.leader]
    said = {one.number: one for one in ImportedRow.objects.filter(run_id=run.pk, number__in=numbers)}
    return [_card(one, said) for one in found if one.number in said]


def _card(one: ImportedMatch, said: dict[int, ImportedRow]) -> RowCard:
    row, leader = said[one.number], said.get(one.leader or 0)
    changes = tuple(differences(one.changes or {}))
    return RowCard(
        one.number, row.line, row.name, row.email or row.phone, one.what or "", changes, leader.line if leader else None, one.contact_id
    )


def how_far(run: ContactImport) -> tuple[int, int]:
    """(done, of) of the phase a run is in: bytes while it reads, rows afterwards."""
    if run.state == ContactImport.State.READING:
        return min(run.read_bytes, run.size), run.size
    return (run.applied_row, run.rows) if run.state == ContactImport.State.APPLYING else (0, run.rows)


LIST = """
SELECT r.number, r.line, COALESCE(m.what, ''), r.name, r.given_name, r.family_name, r.company_name, r.job_title, r.place, r.country, r.tags, r.note, r.fields, r.said,
    (SELECT jsonb_agg(jsonb_build_array(k.kind, k.value, k.key) ORDER BY k.position) FROM contact_import_key k WHERE k.run_id = r.run_id AND k.number = r.number)
FROM contact_import_row r LEFT JOIN contact_import_match m ON m.run_id = r.run_id AND m.number = r.number
WHERE r.run_id = %s AND r.number > %s ORDER BY r.number LIMIT %s
"""


def listed(run: ContactImport, after: int = 0) -> Iterator[list[dict[str, Any]]]:
    """Every contact that the file says, a page at a time, under the names that vCards give: to compare it with the file."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(LIST, [run.pk, after, LISTED])
            found = cursor.fetchall()
        if not found:
            return
        after = found[-1][0]
        yield [_listed(row) for row in found]


def _listed(row: tuple[Any, ...]) -> dict[str, Any]:
    _number, line, what, name, given, family, company, title, place, country, tags, note, fields, said, keys = row
    keys, said, fields = (json.loads(one) if isinstance(one, str) else one for one in (keys, said, fields))
    plain: dict[str, Any] = {
        "line": line, "what": "same" if what == "twin" else what, "fn": [name] if name else [], "given": given, "family": family,
        "email": [value for kind, value, _key in keys or [] if kind == "email"], "tel": [value for kind, value, _key in keys or [] if kind == "phone"],
        "phones": [key for kind, _value, key in keys or [] if kind == "phone"], "adr": [value for kind, value, _key in keys or [] if kind == "postal"],
        "social": [key for kind, _value, key in keys or [] if kind == "social"], "org": [[company]] if company else [], "title": title, "place": place,
        "country": country, "tags": tags, "note": note, "fields": fields,
    }  # fmt: skip
    return {**plain, **(said or {})}


def imports_to_tidy(before: datetime) -> list[tuple[int, UUID]]:
    """Runs that ended, or began to wait, before then and are not tidied yet: (organisation, run). Acts for the market."""
    old = ContactImport.objects.filter(at__lt=before, tidied=False)
    return list(old.order_by("id").values_list("organisation_id", "pk")[:200])
