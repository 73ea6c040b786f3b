"""First phase: rows of the file, checked one by one, onto the stage. Bounded by the batch; a batch commits with its line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from oportuno.kernel.formats import locale_of
from oportuno.kernel.ids import new_id
from oportuno.kernel.imports import tell_problems
from oportuno.kernel.tables import Table, Unreadable, open_table
from oportuno.offer.catalogue.actions.importing.checking import Checked, Checker, Setting
from oportuno.offer.catalogue.actions.importing.telling import tell_notes
from oportuno.offer.catalogue.models import ImportProblem, ImportRow, ImportRun
from oportuno.offer.catalogue.queries.shelves import shelves
from oportuno.offer.catalogue.rules import codes
from oportuno.offer.catalogue.rules.formats import Plain, Reader, recognised
from oportuno.offer.catalogue.rules.language import language_of
from oportuno.people.organisations.api import Organisation

BATCH = 2_000
MOST_BYTES = 6 * 2**20  # of a batch, so that rows with long texts make small batches
LOOKED_AT = 200  # rows that tell the language
VARIANTS = 1_000_000_000
"""Variants are numbered from here: they are compared and written after all products, whose numbers are below."""

LONG = ("description_es", "description_en", "details")

STAGE = """
INSERT INTO import_row (organisation_id, run_id, number, line, sku, ref, parent, twin, gtin, what, offer_id, product_id, variant_id, owns, record, texts)
SELECT %s, %s, r.* FROM unnest(%s::int[], %s::int[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
    %s::uuid[], %s::uuid[], %s::uuid[], %s::boolean[], %s::jsonb[], %s::jsonb[]) r
ON CONFLICT DO NOTHING RETURNING number
"""


class Incoming:
    """An open file on its way to the stage. `step()` takes one batch; run it inside a transaction of the run's organisation."""

    def __init__(self, run: ImportRun, organisation: Organisation) -> None:
        self.table: Table = open_table(Path(run.path))
        self.reader: Reader = recognised(self.table.shape, self.table.header)
        self._trouble: Unreadable | None = None
        self._plain = self._until_trouble(self.reader.plain(self.table.rows))
        self._first = list(islice(self._plain, LOOKED_AT))
        language = run.language or language_of(" ".join(map(str, _texts(one))) for one in self._first)
        locale = locale_of("es-mx" if organisation.country == "MX" else "en" if organisation.country == "US" else "es-co")
        self.language = language
        setting = Setting(
            shelves=shelves(), currency=run.currency, locale=locale, zone=ZoneInfo(organisation.time_zone), language=language,
            country=organisation.country, format=self.reader.name, at=run.at, places=_places(organisation, run),
        )  # fmt: skip
        self._checker = Checker(setting)
        self._rows = self._after(run.read_line)
        self._held: list[Plain] = []  # the row with which the next batch begins

    def _until_trouble(self, rows: Iterator[Plain]) -> Iterator[Plain]:
        """All rows before the place where the file cannot be read any further; what stands there is told after them."""
        try:
            yield from rows
        except Unreadable as trouble:
            self._trouble = trouble

    def _after(self, line: int) -> Iterator[Plain]:
        """Rows that no earlier attempt has put on the stage."""
        for one in self._first:
            if one.line > line:
                yield one
        self._first = []
        yield from (one for one in self._plain if one.line > line)

    def step(self, run: ImportRun) -> bool:
        """Put one batch on the stage and note how far we are; whether there may be more. The caller commits.

        Raises Unreadable, once all before it is on the stage.
        """
        batch = self._batch()
        if not batch and self._trouble:
            raise self._trouble
        if batch:
            _stage(run, [self._checker.check(plain) for plain in batch])
            run.read_line = max(plain.line for plain in batch)
            run.rows += len(batch)
        run.read_bytes = self.table.taken()
        run.format, run.encoding, run.language = self.reader.name, self.table.encoding, self.language
        run.ignored = self.reader.ignored[:50]
        run.save(update_fields=["read_line", "rows", "read_bytes", "format", "encoding", "language", "ignored", "notes", "wrong"])
        return bool(batch)

    def _batch(self) -> list[Plain]:
        """About a batch, never parting rows of one line or one product: going on starts behind a whole line."""
        batch: list[Plain] = []
        begin = self.table.unpacked()
        for more in chain(self._held, self._rows):
            full = len(batch) >= BATCH or (batch and self.table.unpacked() - begin > MOST_BYTES)
            starts = more.line > max((plain.line for plain in batch[-2:]), default=0)
            if full and starts and ("parent" not in more.record or len(batch) > 2 * BATCH):
                self._held = [more]
                return batch
            batch.append(more)
        self._held = []
        return batch

    def close(self) -> None:
        self.table.close()


def _texts(plain: Plain) -> list[Any]:
    return [plain.record.get(key, "") for key in ("title", "description")]


def _places(organisation: Organisation, run: ImportRun) -> dict[str, str]:
    from oportuno.offer.catalogue.queries.places import places_of

    named = {codes.fold(place.name): str(place.id or "") for place in places_of(organisation.pk)}
    return {**named, **{str(place): str(place) for place in named.values() if place}, "": str(run.point_of_sale_id or "")}


def _stage(run: ImportRun, checked: list[Checked]) -> None:
    """Rows in; those whose SKU or options the stage already has come back as wrong."""
    rows = [_row(run, run.rows + i, one) for i, one in enumerate(checked, 1)]
    put = _put(run, rows)
    for row, one in zip(rows, checked, strict=True):
        if row["number"] not in put:
            one.problems.append(_twin(run, row, one))
            row.update(sku=None, twin=None, what="wrong", **apart(_told(one)))
    _put(run, [row for row in rows if row["number"] not in put])
    run.wrong += tell_problems(ImportProblem, run, [(one.line, one.problems) for one in checked if one.problems])
    tell_notes(run, [(one.line, note) for one in checked for note in one.notes])


def _row(run: ImportRun, index: int, one: Checked) -> dict[str, Any]:
    is_variant = one.parent is not None
    record = one.record
    product: UUID | None = None if is_variant else new_id()
    key = codes.variant_key(dict(record.get("options", []))) if is_variant else ""
    if product and not one.problems:
        title = record.get("title_es") or record.get("title_en") or ""
        record["_slug"] = codes.address(title, product)
    if is_variant:
        record["_key"] = key
    return {
        "number": index + (VARIANTS if is_variant else 0),
        "line": one.line,
        "sku": None if one.problems else one.sku,
        "ref": one.ref,
        "parent": one.parent,
        "twin": f"{one.parent}|{key}" if is_variant and not one.problems else None,
        "gtin": record.get("gtin") or None,
        "what": "wrong" if one.problems else None,
        "offer_id": new_id(),
        "product_id": product,
        "variant_id": new_id() if is_variant else None,
        "owns": True,
        **apart(_told(one) if one.problems else record),
    }


def apart(record: dict[str, Any]) -> dict[str, Any]:
    """A record as the stage keeps it: what may be long stands in `texts`."""
    return {
        "record": {key: value for key, value in record.items() if key not in LONG},
        "texts": {key: value for key, value in record.items() if key in LONG},
    }


def _told(one: Checked) -> dict[str, Any]:
    """What is kept of a wrong row: enough to recognise it."""
    return {key: one.record[key] for key in ("title_es", "title_en") if key in one.record} | {"sku": one.sku[:80]}


def _put(run: ImportRun, rows: list[dict[str, Any]]) -> set[int]:
    if not rows:
        return set()
    columns = [[json.dumps(row[key]) if key in ("record", "texts") else row[key] for row in rows] for key in rows[0]]
    with connection.cursor() as cursor:
        cursor.execute(STAGE, [run.organisation_id, run.pk, *columns])
        return {number for (number,) in cursor.fetchall()}


def _twin(run: ImportRun, row: dict[str, Any], one: Checked) -> tuple[str, str, dict[str, Any]]:
    """Which earlier line has the same SKU, or else the same options."""
    earlier = ImportRow.objects.filter(run=run, sku=row["sku"]).values_list("line", flat=True).first()
    if earlier is not None:
        return ("sku", "sku_twice", {"value": one.sku, "line": earlier})
    earlier = ImportRow.objects.filter(run=run, twin=row["twin"]).values_list("line", flat=True).first()
    return ("options", "options_twice", {"value": " · ".join(value for _, value in one.record.get("options", [])), "line": earlier or 0})
