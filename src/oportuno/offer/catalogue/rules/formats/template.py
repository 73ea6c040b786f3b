"""Our own table, in CSV or XLSX, with headings in Spanish or English. What we export, we read again unchanged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from oportuno.kernel.formulas import original
from oportuno.kernel.tables import Row
from oportuno.offer.catalogue.rules.codes import fold
from oportuno.offer.catalogue.rules.formats.base import Plain, Reader, Record, listed, price, text

COLUMNS: dict[str, tuple[str, str]] = {  # field → its headings in Spanish and English
    "sku": ("SKU", "SKU"),
    "parent": ("SKU del producto principal", "Parent SKU"),
    "options": ("Opciones", "Options"),
    "has_variants": ("Tiene variantes", "Has variants"),
    "title_es": ("Título en español", "Title in Spanish"),
    "title_en": ("Título en inglés", "Title in English"),
    "description_es": ("Descripción en español", "Description in Spanish"),
    "description_en": ("Descripción en inglés", "Description in English"),
    "kind": ("Clase", "Kind"),
    "category": ("Categoría", "Category"),
    "brand": ("Marca", "Brand"),
    "gtin": ("Código de barras (GTIN)", "Barcode (GTIN)"),
    "price": ("Precio", "Price"),
    "compare": ("Precio antes", "Price before"),
    "currency": ("Moneda", "Currency"),
    "prices": ("Otros precios", "More prices"),
    "quote_only": ("Solo a cotizar", "Quote only"),
    "tax": ("Impuesto", "Tax"),
    "stock": ("Existencias", "Stock"),
    "minimum": ("Cantidad mínima", "Minimum quantity"),
    "unit": ("Unidad", "Unit"),
    "lead_days": ("Días de preparación", "Days to prepare"),
    "condition": ("Estado", "Condition"),
    "active": ("Publicado", "Published"),
    "archived": ("Archivado", "Archived"),
    "pictures": ("Imágenes", "Pictures"),
    "picture_texts": ("Textos de las imágenes", "Picture texts"),
    "files": ("Archivos", "Files"),
    "tags": ("Palabras de búsqueda", "Search words"),
    "link": ("Enlace externo", "Outside link"),
}
ALSO = {"titulo": "title", "title": "title", "nombre": "title", "name": "title", "descripcion": "description", "description": "description"}
STOCK_AT = re.compile(r"(?:existencias|stock) (?:en|at|de): ?(.+)", re.I)
ATTRIBUTE = re.compile(r"(?:atributo|attribute): ?(.+)", re.I)
DETAIL = re.compile(r"(?:detalle|detail): ?(.+)", re.I)
HEADINGS = {fold(heading): field for field, names in COLUMNS.items() for heading in (*names, field)} | ALSO
KINDS = {
    "bien": "good",
    "producto": "good",
    "good": "good",
    "servicio": "service",
    "service": "service",
    "curso": "course",
    "course": "course",
}
CONDITIONS = {"nuevo": "new", "new": "new", "usado": "used", "used": "used", "reacondicionado": "refurbished", "refurbished": "refurbished"}
BETWEEN = " | "  # parts of a list in one cell; addresses may hold commas
_BAR = re.compile(r"(?<!\\)\|")
SIMPLE = (
    "title",
    "title_es",
    "title_en",
    "description",
    "description_es",
    "description_en",
    "brand",
    "gtin",
    "unit",
    "tax",
    "link",
    "minimum",
    "lead_days",
    "has_variants",
    "active",
    "archived",
    "quote_only",
)


class Template(Reader):
    name = "template"
    how = "typed"

    def __init__(self, header: tuple[str, ...]) -> None:
        super().__init__(header)
        self._fields = {field: name for name in reversed(header) if (field := HEADINGS.get(fold(name)))}
        self._places = {found[1].strip(): name for name in header if (found := STOCK_AT.fullmatch(name))}
        self._attributes = {found[1].strip(): name for name in header if (found := ATTRIBUTE.fullmatch(name))}
        self._details = {found[1].strip(): name for name in header if (found := DETAIL.fullmatch(name))}
        known = {*self._fields.values(), *self._places.values(), *self._attributes.values(), *self._details.values()}
        self.ignored = [name for name in header if name and name not in known]

    def one(self, row: Row) -> Plain:
        given = {field: original(text(row.cells.get(name, ""))) for field, name in self._fields.items()}
        record: Record = {field: given[field] for field in SIMPLE if field in given}
        record["sku"] = given.get("sku", "")
        if given.get("parent"):
            record["parent"], record["options"] = given["parent"], _options(given.get("options", ""))
            for field in ("has_variants", "title", "title_es", "title_en", "description", "description_es", "description_en"):
                record.pop(field, None)
        for field, names in (("kind", KINDS), ("condition", CONDITIONS)):
            if given.get(field):
                record[field] = names.get(fold(given[field]), given[field])
        for field, made in LISTS.items():
            if field in given:
                record[field] = made(given)
        if "price" in given:
            typed = not isinstance(row.cells.get(self._fields["price"]), Decimal)  # a spreadsheet's number is exact as it is
            record["prices"] = _prices(given, "typed" if typed else "machine")
        self._open_columns(record, row)
        return Plain(row.line, record)

    def _open_columns(self, record: Record, row: Row) -> None:
        """Columns the header itself names: attributes, details, stock by place."""
        for field, columns in (("attributes", self._attributes), ("details", self._details)):
            if columns:
                record[field] = {key: original(text(row.cells.get(name, ""))) for key, name in columns.items()}
        stock = {place: text(row.cells.get(name, "")) for place, name in self._places.items()}
        if "stock" in self._fields:
            stock[""] = text(row.cells.get(self._fields["stock"], ""))
        if given := {place: count for place, count in stock.items() if count}:
            record["stock"] = given


def parts(cell: str) -> list[str]:
    """Parts of a list in a cell; a bar that belongs to a part is written "\\|"."""
    return [part.strip().replace("\\|", "|") for part in _BAR.split(cell)]


def joined(texts: Iterable[str]) -> str:
    """The cell that `parts` reads."""
    return BETWEEN.join(text.replace("|", "\\|") for text in texts)


def _options(said: str) -> dict[str, str]:
    """ "Color: rojo | Talla: M"."""
    pairs = [part.partition(":") for part in parts(said) if ":" in part]
    return {name.strip().replace("¦", ":"): value.strip() for name, _, value in pairs if name.strip() and value.strip()}


def _prices(given: dict[str, str], how: str) -> list[dict[str, str]]:
    """The column of the price, and the others: "USD 4.50 antes 6.00 desde 2026-01-01 hasta 2026-02-01"."""
    currency = given.get("currency", "").upper()
    found = [price(given["price"], how=how, currency=currency, compare=given.get("compare", ""))] if given.get("price") else []
    for part in parts(given.get("prices", "")):
        said = part.split()
        if len(said) >= 2:
            named = dict(zip(said[2::2], said[3::2], strict=False))
            found.append(
                price(
                    said[1],
                    how="machine",
                    currency=said[0].upper(),
                    compare=named.get("antes", ""),
                    starts=named.get("desde", ""),
                    ends=named.get("hasta", ""),
                )
            )
    return found


def _pictures(given: dict[str, str]) -> list[list[str]]:
    texts = parts(given.get("picture_texts", ""))
    addresses = [address for part in parts(given["pictures"]) for address in part.split("\n") if address.strip()]
    return [[address.strip(), texts[i] if i < len(texts) else ""] for i, address in enumerate(addresses)]


def _files(given: dict[str, str]) -> list[list[str]]:
    pairs = [part.rpartition(" <") for part in parts(given["files"]) if part]
    return [[name.strip() or address.strip(), address.strip().rstrip(">")] for name, _, address in pairs]


LISTS: dict[str, Callable[[dict[str, str]], Any]] = {
    "category": lambda given: [given["category"]] if given["category"] else [],
    "tags": lambda given: listed(given["tags"]),
    "pictures": _pictures,
    "files": _files,
}
