"""A catalogue as a file, written while it is read: memory does not grow with the catalogue."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any, Literal
from uuid import UUID

import xlsxwriter
from django.db import connection

from oportuno.kernel.errors import Refusal
from oportuno.kernel.formulas import neutral
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.money import Money
from oportuno.offer.catalogue.models import Offer
from oportuno.offer.catalogue.queries.desk import Filters, everything, filtered
from oportuno.offer.catalogue.queries.places import places_of
from oportuno.offer.catalogue.queries.records import Record, records_of
from oportuno.offer.catalogue.queries.shelves import shelves
from oportuno.offer.catalogue.rules.formats import writing
from oportuno.people.organisations.api import Organisation

Format = Literal["csv", "xlsx", "jsonl", "woocommerce", "shopify"]
FORMATS: tuple[Format, ...] = ("csv", "xlsx", "jsonl", "woocommerce", "shopify")
ENDINGS: dict[Format, str] = {"csv": "csv", "xlsx": "xlsx", "jsonl": "jsonl", "woocommerce": "csv", "shopify": "csv"}
SET = 500  # products, with all their variants
MOST_COLUMNS = 300  # of attributes and of details each; what goes beyond is left out of tables, not of JSON Lines
MOST_XLSX = 1_000_000  # rows of a sheet
XLSX_CELL = 32_767
BOM = "\ufeff"  # without it Excel reads UTF-8 as something else

KEYS = """
SELECT DISTINCT key FROM offer o JOIN product p ON p.id = o.product_id, jsonb_object_keys(p.{column}) AS key
WHERE o.organisation_id = %s AND o.variant_id IS NULL ORDER BY key LIMIT %s
"""


def export_catalogue(organisation: int, kind: Format, filters: Filters | None = None) -> Iterator[bytes]:
    """The file, in pieces: all of it, or what fits the filters. Each set is read in a transaction of its own, so nothing is held open for a slow reader.

    Raises Refusal for a catalogue that no spreadsheet can hold.
    """
    export = _Export(organisation, filters)
    if kind == "jsonl":
        return (f"{writing.json_line(one, export.names)}\n".encode() for group in export.groups() for one in group)
    if kind == "xlsx":
        return export.workbook()
    return export.separated(kind)


class _Export:
    def __init__(self, organisation: int, filters: Filters | None) -> None:
        self.id = organisation
        self.filters = filters
        with for_organisation(organisation):
            self.currency = Organisation.objects.get(pk=organisation).currency
            self.names = {str(place.id): place.name for place in places_of(organisation) if place.id}
            self.attributes, self.details = (self._keys(column) for column in ("attributes", "details"))
        self.tree = shelves()

    def _keys(self, column: str) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(KEYS.format(column=column), [self.id, MOST_COLUMNS])
            return [key for (key,) in cursor.fetchall()]

    def groups(self) -> Iterator[list[Record]]:
        """Each product with its variants behind it, by the thousand; money as exact text."""
        after: UUID | None = None
        while True:
            with for_organisation(self.id):
                mains = filtered(self.id, self.filters) if self.filters else everything(self.id)
                mains = mains.filter(pk__gt=after) if after else mains
                found = list(mains.order_by("pk").values_list("pk", "product_id")[:SET])
                if not found:
                    return
                forms = list(
                    Offer.objects.filter(
                        organisation_id=self.id, variant_id__isnull=False, product_id__in=[product for _, product in found]
                    )
                    .order_by("import_line", "pk")
                    .values_list("pk", "product_id")
                )
                records = records_of(self.id, [pk for pk, _ in [*found, *forms]])
            of_product: dict[UUID, list[Record]] = {}
            for pk, product in forms:
                of_product.setdefault(product, []).append(self._told(records[pk]))
            for pk, product in found:
                yield [self._told(records[pk]), *of_product.get(product, [])]
            after = found[-1][0]

    def _told(self, one: Record) -> Record:
        one["prices"] = {
            currency: [[_decimal(row[0], currency), _decimal(row[1], currency), row[2], row[3]] for row in rows]
            for currency, rows in one["prices"].items()
        }
        shelf = self.tree.by_slug.get(one.get("category", ""))
        one["crumbs"] = [step.title_es for step in self.tree.crumbs(shelf)] if shelf else []
        return one

    def _table(self, kind: Format) -> Iterator[list[str]]:
        if kind == "woocommerce":
            yield writing.woocommerce_header()
            for main, *forms in self.groups():
                yield writing.woocommerce_row(main, self.currency, forms)
                yield from (writing.woocommerce_row(form, self.currency) for form in forms)
        elif kind == "shopify":
            yield list(writing.SHOPIFY)
            for main, *forms in self.groups():
                yield from writing.shopify_rows(main, self.currency, forms)
        else:
            yield writing.template_header(self.attributes, self.details, list(self.names.values()))
            for group in self.groups():
                yield from (writing.template_row(one, self.currency, self.attributes, self.details, self.names) for one in group)

    def separated(self, kind: Format) -> Iterator[bytes]:
        """CSV. Ours begins with a BOM for Excel; no cell is a live formula."""
        yield BOM.encode() if kind == "csv" else b""
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        for row in self._table(kind):
            writer.writerow([neutral(cell) for cell in row])
            if buffer.tell() > 64 * 1024:
                yield buffer.getvalue().encode()
                buffer.seek(0)
                buffer.truncate()
        yield buffer.getvalue().encode()

    def workbook(self) -> Iterator[bytes]:
        """XLSX, built on disk row by row; every cell is text, so that codes keep their zeros and nothing is a formula."""
        with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
            options: dict[str, Any] = {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            }
            with xlsxwriter.Workbook(file.name, options) as book:
                sheet = book.add_worksheet("Catálogo")
                bold = book.add_format({"bold": True})
                for number, row in enumerate(self._table("xlsx")):
                    if number > MOST_XLSX:
                        raise Refusal("A spreadsheet holds a million rows at most; export as CSV or JSON Lines.")
                    for column, cell in enumerate(row):
                        if cell:
                            sheet.write_string(number, column, neutral(cell)[:XLSX_CELL], bold if number == 0 else None)
            file.seek(0)
            while chunk := file.read(256 * 1024):
                yield chunk


def template_file() -> Iterator[bytes]:
    """An empty table of ours with one example, to begin with."""
    example = {
        "sku": "ROSA-FREEDOM-60", "title_es": "Rosa roja Freedom, 60 cm", "title_en": "Red rose Freedom, 60 cm", "active": True,
        "description_es": "Docena de rosas recién cortadas.", "kind": "good", "category": "rosas", "prices": {"COP": [["45000", None, None, None]]},
        "stock": {"": 40}, "minimum": 1, "unit": "docena", "tags": ["rosas", "amor"], "pictures": [["https://example.com/rosa.jpg", "Docena de rosas rojas"]],
        "quote_only": False, "has_variants": False, "condition": "new",
    }  # fmt: skip
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(writing.template_header(["colour"], [], []))
    writer.writerow(writing.template_row(example | {"attributes": {"colour": "rojo"}}, "COP", ["colour"], [], {}))
    yield (BOM + buffer.getvalue()).encode()


def _decimal(minor: int | None, currency: str) -> str | None:
    return None if minor is None else f"{Money(minor, currency).decimal:f}"


def report(rows: Iterable[list[str]]) -> Iterator[bytes]:
    """Any table as CSV, safe to open in a spreadsheet."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield BOM.encode()
    for row in rows:
        writer.writerow([neutral(cell) for cell in row])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
