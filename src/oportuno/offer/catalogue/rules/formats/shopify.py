"""Shopify's product CSV: rows of one Handle are one product, its variants and more pictures. Source: Shopify help, "Using CSV files"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from oportuno.kernel.tables import Row
from oportuno.offer.catalogue.rules.codes import slugged
from oportuno.offer.catalogue.rules.formats.base import Plain, Reader, Record, listed, price, text, words, yes

NO_OPTION = ("Title", "Default Title")  # how Shopify says that a product has no variants
LEFT_OUT = re.compile(
    r"^(SEO |Google Shopping|Variant (Fulfillment|Inventory (Tracker|Policy)|Requires|Grams|Weight|Tax|Taxable)|Gift Card|Cost per item|Included|Price /|Compare At Price /|Metafield)",
    re.I,
)


class Shopify(Reader):
    name = "shopify"
    how = "machine"

    def __init__(self, header: tuple[str, ...]) -> None:
        super().__init__(header)
        self.ignored = [name for name in header if LEFT_OUT.match(name)]

    def plain(self, rows: Iterator[Row]) -> Iterator[Plain]:
        """A product when its Handle ends. Rows of one Handle stand together, as Shopify writes them."""
        group: list[Row] = []
        for row in rows:
            if row.trouble or not _cell(row, "Handle"):
                yield Plain(row.line, {}, [("Handle", row.trouble or "no_handle", {})])
                continue
            if group and _cell(group[0], "Handle") != _cell(row, "Handle"):
                yield from self.product(group)
                group = []
            if len(group) >= 2500:  # Shopify's own limit is 2,048 variants and 250 pictures
                yield Plain(row.line, {}, [("Handle", "too_many_variants", {"value": _cell(row, "Handle")})])
                continue
            group.append(row)
        if group:
            yield from self.product(group)

    def product(self, group: list[Row]) -> Iterator[Plain]:
        """The product, then its variants. `options` take their names from the first row."""
        first = group[0]
        names = [_cell(first, f"Option{n} Name") for n in (1, 2, 3)]
        forms = [row for row in group if _cell(row, "Variant Price") or _cell(row, "Variant SKU") or _cell(row, "Option1 Value")]
        alone = len(forms) <= 1 and _cell(first, "Option1 Value") in ("", "Default Title")
        plain = Plain(first.line, self._record(group))
        if alone:
            plain.record |= {"sku": _cell(first, "Variant SKU") or _cell(first, "Handle"), "has_variants": False} | self._listing(first)
            yield plain
            return
        plain.record |= {"sku": _cell(first, "Handle"), "ref": f"handle:{_cell(first, 'Handle')}", "has_variants": True}
        yield plain
        for row in forms:
            yield self._variant(row, first, names)

    def _record(self, group: list[Row]) -> Record:
        first = group[0]
        pictures = [
            (text(_number(row)), [_cell(row, "Image Src"), _cell(row, "Image Alt Text")]) for row in group if _cell(row, "Image Src")
        ]
        status = yes(_cell(first, "Status")) is not False and yes(_cell(first, "Published") or "true") is not False
        state = _cell(first, "Status").casefold()
        kind = _cell(first, "Product Category") or _cell(first, "Type") or _cell(first, "Custom Product Type")
        return ({"archived": state == "archived"} if state else {}) | {
            "title": _cell(first, "Title"),
            "description": words(_cell(first, "Body (HTML)") or _cell(first, "Body HTML")),
            "brand": _cell(first, "Vendor"),
            "category": [kind] if kind else [],
            "tags": listed(_cell(first, "Tags")),
            "active": status,
            "pictures": [picture for _, picture in sorted(pictures, key=lambda one: int(one[0]) if one[0].isdigit() else 10**6)],
        }

    def _listing(self, row: Row) -> Record:
        found: Record = {"prices": []}
        if amount := _cell(row, "Variant Price"):
            found["prices"] = [price(amount, how=self.how, compare=_cell(row, "Variant Compare At Price"))]
        if (count := _cell(row, "Variant Inventory Qty")) and _cell(row, "Variant Inventory Tracker"):
            found["stock"] = {"": count}
        if code := _cell(row, "Variant Barcode").lstrip("'"):
            found["gtin"] = code
        return found

    def _variant(self, row: Row, first: Row, names: list[str]) -> Plain:
        handle = _cell(first, "Handle")
        values = [_cell(row, f"Option{n} Value") for n in (1, 2, 3)]
        options = {name or f"Opción {n}": value for n, (name, value) in enumerate(zip(names, values, strict=True), 1) if value}
        sku = _cell(row, "Variant SKU") or slugged(f"{handle}-{'-'.join(options.values())}", 80)
        record: Record = {"sku": sku.lstrip("'"), "parent": f"handle:{handle}", "options": options, "active": True}
        return Plain(row.line, record | self._listing(row))


def _cell(row: Row, name: str) -> str:
    cells: Mapping[str, Any] = row.cells
    return text(cells.get(name, ""))


def _number(row: Row) -> str:
    return _cell(row, "Image Position")
