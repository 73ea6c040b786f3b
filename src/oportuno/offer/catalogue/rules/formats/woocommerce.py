"""WooCommerce's product CSV (its own exporter, Products › Export). Source: WooCommerce, "Product CSV Importer Schema"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from oportuno.kernel.tables import Row
from oportuno.offer.catalogue.rules.codes import slugged
from oportuno.offer.catalogue.rules.formats.base import Plain, Reader, Record, listed, price, text, words, yes

TYPES = frozenset(
    {"simple", "variable", "variation", "grouped", "external", "downloadable", "virtual", "subscription", "variable-subscription", "course"}
)
LEFT_OUT = re.compile(
    r"(meta: |download limit|download expiry|allow customer reviews|sold individually|position$|upsells|cross-sells"
    r"|is featured|shipping class|backorders|low stock|tax status|attribute \d+ (visible|global|default))"
)
MEASURES = {"weight": "Peso", "length": "Largo", "width": "Ancho", "height": "Alto"}
BETWEEN_ADDRESSES = re.compile(r"\s*,\s*(?=https?://)", re.I)
NUMBERED = re.compile(r"(attribute|download) (\d+) (name|value\(s\)|url)")
GTIN_COLUMNS = ("gtin, upc, ean, or isbn", "gtin", "ean", "barcode", "meta: _global_unique_id", "meta: _ean", "meta: _wpm_gtin_code")


class WooCommerce(Reader):
    """Parents and variations are rows; a variation names its parent by SKU or "id:44"."""

    name = "woocommerce"
    how = "machine"

    def __init__(self, header: tuple[str, ...]) -> None:
        super().__init__(header)
        self._names = {name.casefold(): name for name in reversed(header)}
        self.ignored = [name for name in header if LEFT_OUT.match(name.casefold()) and name.casefold() not in GTIN_COLUMNS]
        numbers = sorted({int(found[2]) for name in self._names if (found := NUMBERED.fullmatch(name)) and found[1] == "attribute"})
        self._attributes = [(f"attribute {n} name", f"attribute {n} value(s)") for n in numbers]
        downloads = sorted({int(found[2]) for name in self._names if (found := NUMBERED.fullmatch(name)) and found[1] == "download"})
        self._downloads = [(f"download {n} name", f"download {n} url") for n in downloads]
        self._measures = [
            (label, name) for stem, label in MEASURES.items() for name in self._names if re.fullmatch(rf"{stem} \(.*\)", name)
        ]

    def one(self, row: Row) -> Plain:
        cell = _Cells(row.cells, self._names)
        kinds = [kind.casefold() for kind in listed(cell("type"))] or ["simple"]
        plain = Plain(row.line, {})
        if unknown := [kind for kind in kinds if kind not in TYPES]:
            plain.problems.append(("Type", "type_unknown", {"value": unknown[0]}))
            return plain
        record = plain.record
        self._identity(record, cell, kinds)
        self._words(record, cell)
        self._prices(record, cell)
        self._stock(plain, cell)
        self._pictures(record, cell)
        self._attributes_of(record, cell, is_variant="variation" in kinds)
        self._special(plain, cell, kinds)
        return plain

    def _identity(self, record: Record, cell: _Cells, kinds: list[str]) -> None:
        record["sku"] = cell("sku")
        record["ref"] = cell("id")
        if "variation" in kinds:
            record["parent"] = cell("parent").removeprefix("id:")
        else:
            record["kind"] = "course" if "course" in kinds else "good"
            record["has_variants"] = any(kind.startswith("variable") for kind in kinds)
        published = cell("published")
        record["active"] = (yes(published) is not False) if published else True
        if visible := cell("visibility in catalog"):
            record["active"] = record["active"] and visible != "hidden"
        if gtin := next((cell(name) for name in GTIN_COLUMNS if cell(name)), ""):
            record["gtin"] = gtin

    def _words(self, record: Record, cell: _Cells) -> None:
        if "parent" in record:
            return
        record["title"] = cell("name")
        short, long = words(cell("short description")), words(cell("description"))
        record["description"] = long if short in long else f"{short}\n\n{long}".strip()
        record["category"] = listed(cell("categories"))
        record["tags"] = listed(cell("tags"))
        if brand := cell("brands") or cell("brand"):
            record["brand"] = listed(brand)[0] if listed(brand) else ""
        measures = {label: f"{value} {name.partition('(')[2].rstrip(')')}" for label, name in self._measures if (value := cell(name))}
        record["details"] = measures

    def _prices(self, record: Record, cell: _Cells) -> None:
        regular, sale = cell("regular price"), cell("sale price")
        starts, ends = cell("date sale price starts"), cell("date sale price ends")
        record["prices"] = []
        if regular and not (sale and not starts and not ends):
            record["prices"].append(price(regular, how=self.how))
        if sale:
            record["prices"].append(price(sale, how=self.how, compare=regular, starts=starts, ends=ends))

    def _stock(self, plain: Plain, cell: _Cells) -> None:
        stock = cell("stock")
        if stock and stock.casefold() != "parent":
            plain.record["stock"] = {"": stock}
        if (tax := cell("tax class")) and tax.casefold() not in ("standard", "parent"):
            plain.notes.append(("Tax class", "tax_left", {"value": tax}))

    def _pictures(self, record: Record, cell: _Cells) -> None:
        images = _images(cell("images"))
        if "parent" not in record:
            record["pictures"] = [[image, ""] for image in images]

    def _attributes_of(self, record: Record, cell: _Cells, *, is_variant: bool) -> None:
        pairs = [(cell(name), cell(value)) for name, value in self._attributes]
        if is_variant:
            record["options"] = {name: value for name, value in pairs if name and value}
        else:
            record["details"] |= {name: ", ".join(listed(value)) for name, value in pairs if name and value}
            files = [[cell(name) or cell(url), cell(url)] for name, url in self._downloads if cell(url)]
            record["files"] = files

    def _special(self, plain: Plain, cell: _Cells, kinds: list[str]) -> None:
        record = plain.record
        if "external" in kinds:
            record["link"] = cell("external url")
        if "grouped" in kinds:
            record["quote_only"] = True
            record["details"] |= {"Conjunto": cell("grouped products")} if cell("grouped products") else {}
            plain.notes.append(("Type", "grouped_as_quote", {}))
        if not record["sku"] and not record["ref"]:
            stem = f"{record.get('parent', '')}-{'-'.join(record['options'].values())}" if "parent" in record else record["title"]
            record["sku"] = slugged(stem, 80)
        elif not record["sku"]:
            record["sku"] = f"woo-{record['ref']}"


def _images(said: str) -> list[str]:
    """Addresses between commas; one inside an address stays there."""
    found = BETWEEN_ADDRESSES.split(said) if "://" in said else listed(said)
    return [part.replace("\\,", ",").strip() for part in found if part.strip()]


class _Cells:
    """Cells by heading, whatever its case."""

    def __init__(self, cells: Mapping[str, Any], names: Mapping[str, str]) -> None:
        self._cells = cells
        self._names = names

    def __call__(self, name: str) -> str:
        return text(self._cells.get(self._names.get(name, ""), ""))
