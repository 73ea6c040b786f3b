"""JSON Lines: one object per line; our own shape, or the flat objects that other systems write.

Ours has the keys of a record (see the package) with prices as {"COP": "18500.00"} or a list of objects, in whole units.
A foreign object is told by `title` or `name` with neither `prices` nor `title_es`: `id` becomes the SKU, `ean` the GTIN,
`supplier` the brand, `attr_…` free details. Its whole-number `price` counts the smallest unit (cents), as Icecat, Stripe
and Medusa write; a price as text or with a decimal point counts whole units.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from oportuno.kernel.tables import Row
from oportuno.offer.catalogue.rules.codes import SKU_LONGEST, slugged
from oportuno.offer.catalogue.rules.formats.base import Found, Plain, Reader, listed, price, text, words, yes

TEXTS = (
    "title",
    "title_es",
    "title_en",
    "description",
    "description_es",
    "description_en",
    "brand",
    "unit",
    "tax",
    "link",
    "kind",
    "condition",
    "minimum",
    "lead_days",
)
FLAGS = ("active", "archived", "quote_only", "has_variants")
SKUS = ("sku", "SKU", "code", "codigo", "reference", "referencia", "mpn", "id")
TITLES = ("title", "name", "titulo", "nombre")
SAYINGS = ("description", "long_description", "descripcion", "body_html", "summary", "short_description")
BRANDS = ("brand", "supplier", "vendor", "manufacturer", "marca")
GTINS = ("gtin", "ean", "upc", "barcode", "gtin13")
PICTURES = ("pictures", "images", "image", "img", "image_url", "imagen")
CATEGORIES = ("category", "categories", "product_type", "categoria")
STOCKS = ("stock", "quantity", "inventory", "qty", "existencias")
ATTRIBUTE = re.compile(r"(?:attr|attribute)s?_(?:[tnbl]_)?(.+)")
MOST_DETAILS = 80


class JsonLines(Reader):
    name = "jsonl"
    how = "machine"

    def one(self, row: Row) -> Plain:
        said = row.cells
        foreign = "prices" not in said and "title_es" not in said and "title_en" not in said and "sku" not in said
        plain = Plain(row.line, {})
        if foreign:
            _foreign(said, plain)
        else:
            _ours(said, plain)
        return plain


def _ours(said: Mapping[str, Any], plain: Plain) -> None:
    record = plain.record
    record |= {key: text(said[key]) for key in TEXTS if key in said}
    record |= {key: text(said[key]) for key in FLAGS if key in said}
    record["sku"] = text(said.get("sku"))
    if "gtin" in said:
        record["gtin"] = text(said["gtin"])
    if text(said.get("parent")):
        record["parent"], record["options"] = text(said["parent"]), _pairs(said.get("options"), plain.problems, "options")
        for key in ("title", "title_es", "title_en", "description", "description_es", "description_en", "has_variants"):
            record.pop(key, None)
    for key in ("attributes", "details"):
        if key in said:
            record[key] = _mapping(said[key], plain.problems, key)
    if "category" in said:
        record["category"] = [text(said["category"])] if text(said["category"]) else []
    if "tags" in said:
        record["tags"] = _texts(said["tags"])
    if "pictures" in said:
        record["pictures"] = _addressed(said["pictures"], "address", "alt", last="alt")
    if "files" in said:
        record["files"] = _addressed(said["files"], "name", "address", last="name")
    if "stock" in said:
        record["stock"] = (
            {text(place): text(count) for place, count in said["stock"].items()}
            if isinstance(said["stock"], dict)
            else {"": text(said["stock"])}
        )
    if "prices" in said or "price" in said:
        record["prices"] = _prices(said, plain.problems)


def _prices(said: Mapping[str, Any], problems: list[Found]) -> list[dict[str, str]]:
    given = said.get("prices", {})
    if isinstance(given, dict):
        found = [price(amount, how="machine", currency=text(currency).upper()) for currency, amount in given.items()]
    elif isinstance(given, list) and all(isinstance(one, dict) for one in given):
        found = [
            price(
                one.get("amount"),
                how="machine",
                currency=text(one.get("currency")).upper(),
                compare=one.get("compare") or "",
                starts=one.get("starts") or "",
                ends=one.get("ends") or "",
            )
            for one in given
        ]
    else:
        problems.append(("prices", "not_an_object", {}))
        return []
    if text(said.get("price")):
        found.append(price(said["price"], how="machine", currency=text(said.get("currency")).upper(), compare=said.get("compare") or ""))
    return found


def _foreign(said: Mapping[str, Any], plain: Plain) -> None:
    record = plain.record
    record["title"] = _first(said, TITLES)
    record["sku"] = _first(said, SKUS)[:SKU_LONGEST] or slugged(record["title"], SKU_LONGEST)
    record["description"] = words(_first(said, SAYINGS))
    record["brand"] = _first(said, BRANDS)
    record["active"] = "1" if yes(said.get("active", said.get("published", True))) is not False else "0"
    if codes := next((_texts(said[key]) for key in GTINS if _texts(said.get(key))), []):
        record["gtin"], record["gtin_loose"] = codes[0], codes
    record["category"] = [part for key in CATEGORIES for part in _texts(said.get(key))][:1]
    record["pictures"] = [
        [one, ""]
        for key, value in said.items()
        if key in PICTURES or key.startswith("img_")
        for one in (_texts(value) if isinstance(value, list) else [text(value)])
        if one
    ]
    if "tags" in said:
        record["tags"] = _texts(said["tags"])
    if (stock := next((said[key] for key in STOCKS if key in said), None)) is not None and not isinstance(stock, dict | list):
        record["stock"] = {"": text(stock)}
    record["prices"] = _foreign_price(said)
    record["details"] = _details(said)


def _foreign_price(said: Mapping[str, Any]) -> list[dict[str, str]]:
    given = said.get("price", said.get("precio"))
    if isinstance(given, dict):
        return [price(given.get("amount", given.get("value")), how="machine", currency=text(given.get("currency")).upper())]
    if given is None or isinstance(given, bool | list) or not text(given):
        return []
    how = "minor" if isinstance(given, int) else "machine" if isinstance(given, Decimal) else "typed"
    return [price(given, how=how, currency=text(said.get("currency")).upper())]


def _details(said: Mapping[str, Any]) -> dict[str, str]:
    """attr_t_ink_type → "Ink type"."""
    found: dict[str, str] = {}
    for key, value in said.items():
        if (named := ATTRIBUTE.fullmatch(key)) and not isinstance(value, dict) and len(found) < MOST_DETAILS:
            label = " ".join(part for part in named[1].split("_") if part)
            shown = (
                ", ".join(_texts(value))
                if isinstance(value, list)
                else {True: "Sí", False: "No"}.get(value, text(value))
                if isinstance(value, bool)
                else text(value)
            )
            if shown:
                found[label[:1].upper() + label[1:]] = shown
    return found


def _first(said: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    return next((text(said[key]) for key in keys if not isinstance(said.get(key), dict | list) and text(said.get(key))), "")


def _texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [text(one) for one in value if not isinstance(one, dict | list) and text(one)]
    return listed(value) if value and not isinstance(value, dict) else []


def _mapping(value: Any, problems: list[Found], field: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        problems.append((field, "not_an_object", {}))
        return {}
    return {
        text(key): [text(one) for one in kept] if isinstance(kept, list) else kept if isinstance(kept, bool) else text(kept)
        for key, kept in value.items()
    }


def _pairs(value: Any, problems: list[Found], field: str) -> dict[str, str]:
    return {key: text(kept) for key, kept in _mapping(value, problems, field).items() if text(kept)}


def _addressed(value: Any, first: str, second: str, *, last: str) -> list[list[str]]:
    """Pictures and files, as texts or as objects: [[address, alt]] or [[name, address]]."""
    found = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            found.append([text(one.get(first)), text(one.get(second))])
        elif text(one):
            found.append([text(one), ""] if last == "alt" else [text(one).rpartition("/")[2] or text(one), text(one)])
    return found
