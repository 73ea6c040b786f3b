"""Imports as a person follows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from oportuno.kernel.errors import NotFound
from oportuno.offer.catalogue.models import ImportProblem, ImportRow, ImportRun, Offer
from oportuno.offer.catalogue.queries.sentences import field_name, sentence, shown

PAGE = 50


@dataclass(frozen=True, slots=True)
class Problem:
    """`sentence` is in the reader's language."""

    line: int
    field: str
    sentence: str

    def as_json(self) -> dict[str, Any]:
        return {"line": self.line, "field": self.field, "sentence": self.sentence}


@dataclass(frozen=True, slots=True)
class Difference:
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowCard:
    """A row of the file: what it is, and what it would change."""

    number: int
    line: int
    sku: str
    title: str
    what: str
    changes: tuple[Difference, ...]


def run_for(run: UUID) -> ImportRun:
    """A run of the organisation we act for. Raises NotFound."""
    found = ImportRun.objects.filter(pk=run).first()
    if found is None:
        raise NotFound
    return found


def runs(limit: int = 20) -> list[ImportRun]:
    return list(ImportRun.objects.order_by("-id")[:limit])


def problems(run: ImportRun, after: int = 0, limit: int | None = PAGE) -> list[Problem]:
    """Why rows are wrong, by line; beyond ten thousand they are only counted."""
    found = ImportProblem.objects.filter(run=run, line__gt=after).order_by("line", "id")
    return [Problem(one.line, one.field, sentence(one.code, one.field, one.data)) for one in (found[:limit] if limit else found)]


def notes(run: ImportRun) -> list[Problem]:
    """What was left out or made different, once for each kind, with how often."""
    found = sorted(run.notes.values(), key=lambda one: one["line"])
    return [
        Problem(one["line"], one["field"], sentence(one["code"], one["field"], {**one["data"], "count": one["count"]})) for one in found
    ]


def rows(run: ImportRun, what: str, after: int = 0, limit: int = PAGE) -> list[RowCard]:
    """Rows of one kind, in the order they are worked on; keyset by `number`."""
    found = ImportRow.objects.filter(run=run, what=what, number__gt=after).order_by("number")[:limit]
    return [_card(one) for one in found]


def every_row(run: ImportRun) -> Iterator[RowCard]:
    """All rows, for the report, streamed."""
    for one in ImportRow.objects.filter(run=run).order_by("number").iterator(chunk_size=2000):
        yield _card(one)


def _card(one: ImportRow) -> RowCard:
    record = one.record or {}
    title = record.get("title_es") or record.get("title_en") or " · ".join(map(str, (record.get("options") or {}).values()))
    differences = tuple(Difference(field_name(name), shown(name, before), shown(name, after)) for name, before, after in one.changes or [])
    return RowCard(one.number, one.line, one.sku or record.get("sku", ""), title, one.what or "", differences)


def products_of_import(run: UUID, first: int, last: int) -> list[UUID]:
    """Products whose offers a batch of an import wrote."""
    found = Offer.objects.filter(import_run_id=run, import_line__gte=first, import_line__lte=last)
    return sorted(set(found.values_list("product_id", flat=True)))


def imports_to_tidy(before: datetime) -> list[tuple[int, UUID]]:
    """Runs that ended before then and still have rows on the stage: (organisation, run). Acts for the market."""
    ended = ImportRun.objects.filter(ended_at__lt=before).exclude(path="")
    return list(ended.order_by("id").values_list("organisation_id", "pk")[:200])
