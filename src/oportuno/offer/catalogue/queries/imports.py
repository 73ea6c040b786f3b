"""Imports as a person follows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import acting_organisation
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
    found = ImportRun.objects.filter(pk=run, organisation_id=acting_organisation()).first()
    if found is None:
        raise NotFound
    return found


def runs(limit: int = 20) -> list[ImportRun]:
    return list(ImportRun.objects.filter(organisation_id=acting_organisation()).order_by("-id")[:limit])


def problems(run: ImportRun, after: int = -1, limit: int | None = PAGE) -> list[Problem]:
    """Why rows are wrong, by line; beyond ten thousand they are only counted."""
    found = ImportProblem.objects.filter(run=run, line__gt=after).order_by("line", "id")
    return [
        Problem(one.line, one.field, sentence(one.code, one.field, {"line": one.line, **one.data}))
        for one in (found[:limit] if limit else found)
    ]


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


def report_rows(run: ImportRun, after: int, what: str = "", limit: int = 2000) -> list[tuple[int, list[str]]]:
    """The next rows of the report as cells, with their numbers; keyset by `number`. `what`: only rows of that kind."""
    wanted = ImportRow.objects.filter(run=run, number__gt=after, **({"what": what} if what else {}))
    found = list(wanted.order_by("number")[:limit])
    lines = [one.line for one in found if one.what == "wrong"]
    reasons: dict[int, list[str]] = {}
    for one in ImportProblem.objects.filter(run=run, line__in=lines).order_by("id"):
        reasons.setdefault(one.line, []).append(sentence(one.code, one.field, {"line": one.line, **one.data}))
    cards = [_card(one) for one in found]
    return [
        (card.number, [str(card.line), card.sku, card.title, str(WHAT.get(card.what, card.what)), _why(card, reasons)]) for card in cards
    ]


WHAT = dict(ImportRow.What.choices)


def _why(card: RowCard, reasons: dict[int, list[str]]) -> str:
    if card.what == "wrong":
        return " ".join(reasons.get(card.line, []))
    return "; ".join(f"{one.field}: {one.before} → {one.after}" for one in card.changes)


def how_far(run: ImportRun) -> tuple[int, int]:
    """(done, of) of the phase a run is in: bytes while it reads, rows afterwards."""
    if run.state == ImportRun.State.READING:
        return min(run.read_bytes, run.size), run.size
    if run.state == ImportRun.State.COMPARING:
        return min(run.new + run.changed + run.same + run.wrong, run.rows), run.rows
    to_do = ImportRow.objects.filter(run=run, what__in=("new", "changed"))
    left = to_do.filter(number__gt=run.applied_row)[:100_000].count() if run.state == ImportRun.State.APPLYING else 0
    return max(run.new + run.changed - left, 0), run.new + run.changed


def trouble(run: ImportRun) -> str:
    """Why the file could not be read, or not to its end; empty when it could."""
    return sentence(run.trouble["code"], "", {"line": run.trouble["line"], **run.trouble["data"]}) if run.trouble else ""


def _card(one: ImportRow) -> RowCard:
    record = one.record or {}
    title = record.get("title_es") or record.get("title_en") or " · ".join(value for _, value in record.get("options") or [])
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
