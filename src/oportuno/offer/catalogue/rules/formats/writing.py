"""From records back into files: our own table, JSON Lines, WooCommerce's and Shopify's CSV.

A record here is one of `queries.records`, with money as exact decimal text (`prices`: {currency: [[amount, compare, starts, ends]]}).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from oportuno.offer.catalogue.rules.codes import bare_gtin
from oportuno.offer.catalogue.rules.formats.template import BETWEEN, COLUMNS, joined

Record = dict[str, Any]
ORDER = tuple(COLUMNS)


def template_header(attributes: Sequence[str], details: Sequence[str], places: Sequence[str]) -> list[str]:
    """Headings in Spanish; one column for each attribute, detail and point of sale in use."""
    fixed = [COLUMNS[field][0] for field in ORDER]
    return [
        *fixed,
        *(f"Atributo: {key}" for key in attributes),
        *(f"Detalle: {key}" for key in details),
        *(f"Existencias en: {name}" for name in places),
    ]


def template_row(one: Record, currency: str, attributes: Sequence[str], details: Sequence[str], places: dict[str, str]) -> list[str]:
    """Cells in the order of `template_header`. `places`: id → name, without the store room."""
    main, others = _split(one.get("prices", {}), currency)
    cells = {
        **{key: _text(one.get(key)) for key in ORDER},
        "gtin": bare_gtin(one["gtin"]) if one.get("gtin") else "",
        "options": joined(f"{name.replace(':', '¦')}: {value}" for name, value in one.get("options", [])),
        "price": main[0] if main else "",
        "compare": (main[1] or "") if main else "",
        "currency": currency if main else "",
        "prices": BETWEEN.join(others),
        "stock": _text(one.get("stock", {}).get("")),
        "pictures": joined(address for address, _ in one.get("pictures", [])),
        "picture_texts": joined(alt for _, alt in one.get("pictures", [])),
        "files": joined(f"{name} <{address}>" for name, address in one.get("files", [])),
        "tags": ", ".join(tag.replace(",", "\\,") for tag in one.get("tags", [])),
    }
    return [
        *(cells[key] for key in ORDER),
        *(_text(one.get("attributes", {}).get(key)) for key in attributes),
        *(_text(one.get("details", {}).get(key)) for key in details),
        *(_text(one.get("stock", {}).get(place)) for place in places),
    ]


def _split(prices: dict[str, list[list[Any]]], currency: str) -> tuple[list[Any] | None, list[str]]:
    """The price without dates in the seller's own currency, and all others as text."""
    main: list[Any] | None = None
    others = []
    for code, rows in sorted(prices.items()):
        for row in rows:
            if code == currency and row[2] is None and row[3] is None:
                main = row
                continue
            words = [code, row[0]]
            for name, value in (("antes", row[1]), ("desde", row[2]), ("hasta", row[3])):
                words += [name, value] if value else []
            others.append(" ".join(words))
    return main, others


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def json_line(one: Record, places: dict[str, str]) -> str:
    """One object, in our own shape."""
    told = {key: value for key, value in one.items() if value not in (None, "", [], {})} | {"sku": one["sku"]}
    if one.get("options"):
        told["options"] = dict(one["options"])
    if one.get("gtin"):
        told["gtin"] = bare_gtin(one["gtin"])
    if "prices" in one:
        told["prices"] = [
            {key: value for key, value in zip(("currency", "amount", "compare", "starts", "ends"), (code, *row), strict=True) if value}
            for code, rows in one["prices"].items()
            for row in rows
        ]
    if one.get("stock"):
        told["stock"] = {places.get(place, ""): count for place, count in one["stock"].items()}
    for key, names in (("pictures", ("address", "alt")), ("files", ("name", "address"))):
        if one.get(key):
            told[key] = [dict(zip(names, pair, strict=True)) for pair in one[key]]
    return json.dumps(told, ensure_ascii=False)


WOO = ["ID", "Type", "SKU", "GTIN, UPC, EAN, or ISBN", "Name", "Published", "Short description", "Description", "Date sale price starts",
       "Date sale price ends", "In stock?", "Stock", "Sale price", "Regular price", "Categories", "Tags", "Images", "Parent", "External URL"]  # fmt: skip
WOO_PAIRS = 12
SHOPIFY = ["Handle", "Title", "Body (HTML)", "Vendor", "Type", "Tags", "Published", "Option1 Name", "Option1 Value", "Option2 Name", "Option2 Value",
           "Option3 Name", "Option3 Value", "Variant SKU", "Variant Inventory Tracker", "Variant Inventory Qty", "Variant Price",
           "Variant Compare At Price", "Variant Barcode", "Image Src", "Image Position", "Image Alt Text", "Status"]  # fmt: skip


def woocommerce_header() -> list[str]:
    return [*WOO, *(heading for n in range(1, WOO_PAIRS + 1) for heading in (f"Attribute {n} name", f"Attribute {n} value(s)"))]


def woocommerce_row(one: Record, currency: str, variants: Iterable[Record] = ()) -> list[str]:
    """One row. A variable parent lists the options of its variants, as WooCommerce wants."""
    is_variant = "parent" in one
    regular, sale, starts, ends = _woo_price(one.get("prices", {}).get(currency, []))
    pairs = dict(one.get("options", []) if is_variant else one.get("details", {}))
    for form in variants:
        for name, value in form.get("options", []):
            said = pairs.get(name, "")
            pairs[name] = f"{said}, {_escaped(value)}" if said else _escaped(value)
    kind = "variation" if is_variant else "external" if one.get("link") else "variable" if one.get("has_variants") else "simple"
    stock = sum(one.get("stock", {}).values()) if one.get("stock") else None
    cells = [
        "", kind, one["sku"], bare_gtin(one["gtin"]) if one.get("gtin") else "", _title(one), _woo_state(one), "", _description(one),
        (starts or "")[:10], (ends or "")[:10], _text(stock is None or stock > 0), _text(stock), sale or "", regular or "",
        " > ".join(one.get("crumbs", [])), ", ".join(map(_escaped, one.get("tags", []))), ", ".join(_escaped(a) for a, _ in one.get("pictures", [])),
        one.get("parent", ""), one.get("link", "") if not is_variant else "",
    ]  # fmt: skip
    said = list(pairs.items())[:WOO_PAIRS]
    return cells + [cell for name, value in [*said, *[("", "")] * (WOO_PAIRS - len(said))] for cell in (name, value)]


def _woo_price(rows: list[list[Any]]) -> tuple[str | None, str | None, str | None, str | None]:
    """(regular, sale, starts, ends)."""
    dated = next((row for row in rows if row[2] or row[3]), None)
    always = next((row for row in rows if not row[2] and not row[3]), None)
    if dated:
        return (always or [dated[1]])[0], dated[0], dated[2], dated[3]
    if always and always[1]:
        return always[1], always[0], None, None
    return (always[0] if always else None), None, None, None


def shopify_rows(one: Record, currency: str, variants: Sequence[Record]) -> list[list[str]]:
    """The product, its variants, and a row for each further picture."""
    forms = list(variants) or [one]
    pictures = one.get("pictures", [])
    names = list(dict.fromkeys(name for form in variants for name, _ in form.get("options", [])))[:3]
    rows = []
    for i in range(max(len(forms), len(pictures), 1)):
        form = forms[i] if i < len(forms) else None
        picture = pictures[i] if i < len(pictures) else None
        rows.append(_shopify_row(one, form, picture, names if variants else [], currency, first=i == 0, position=i + 1))
    return rows


def _shopify_row(
    one: Record, form: Record | None, picture: Sequence[str] | None, names: list[str], currency: str, *, first: bool, position: int
) -> list[str]:
    top = (
        [_title(one), _description(one), one.get("brand", ""), (one.get("crumbs") or [""])[-1], ", ".join(one.get("tags", [])), "true"]
        if first
        else [""] * 6
    )
    options: list[str] = []
    for n in range(3):
        name = names[n] if n < len(names) else ""
        value = dict((form or {}).get("options", [])).get(name, "") if name else ""
        options += [name if first else "", value] if names else (["Title", "Default Title"] if n == 0 and first else ["", ""])
    listing = [""] * 6
    if form:
        regular, sale, _, _ = _woo_price(form.get("prices", {}).get(currency, []))
        stock = sum(form.get("stock", {}).values()) if form.get("stock") else None
        listing = [
            form["sku"], "shopify" if stock is not None else "", _text(stock), sale or regular or "", regular or "" if sale else "",
            bare_gtin(form["gtin"]) if form.get("gtin") else "",
        ]  # fmt: skip
    shown = [picture[0], str(position), picture[1]] if picture else ["", "", ""]
    return [one["sku"], *top, *options, *listing, *shown, _shopify_status(one) if first else ""]


def _shopify_status(one: Record) -> str:
    return "archived" if one["archived"] else "active" if one["active"] else "draft"


def _woo_state(one: Record) -> str:
    """WooCommerce puts nothing away: there a draft comes nearest, which nobody is shown either."""
    return "-1" if one["archived"] else _text(one["active"])


def _title(one: Record) -> str:
    return str(one.get("title_es") or one.get("title_en") or "")


def _description(one: Record) -> str:
    return str(one.get("description_es") or one.get("description_en") or "")


def _escaped(value: str) -> str:
    return value.replace(",", "\\,")
