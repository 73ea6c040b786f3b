"""Offers as plain records, in the shape that imports speak: what an export writes, and what an import is compared with."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from oportuno.offer.catalogue.queries.foreign import variants_by_id

Record = dict[str, Any]

OFFERS = """
SELECT o.id, o.sku, o.variant_id, o.product_id, o.active, o.archived, o.quote_only, o.has_variants, o.minimum, o.unit, o.lead_days, o.condition, o.link,
    COALESCE(t.key, ''), p.id IS NOT NULL, p.kind, p.title_es, p.title_en, p.description_es, p.description_en, p.gtin, p.brand,
    COALESCE(c.slug, ''), p.attributes, p.details, p.tags, v.options, v.gtin
FROM offer o
LEFT JOIN product p ON p.id = o.product_id
LEFT JOIN variant v ON v.id = o.variant_id
LEFT JOIN category c ON c.id = p.category_id
LEFT JOIN tax_class t ON t.id = o.tax_id
WHERE o.organisation_id = %s AND o.id = ANY(%s)
"""
PARENTS = "SELECT product_id, sku FROM offer WHERE organisation_id = %s AND product_id = ANY(%s) AND variant_id IS NULL"
PRICES = """
SELECT offer_id, currency, amount_minor, compare_minor, starts_at, ends_at FROM offer_price
WHERE organisation_id = %s AND offer_id = ANY(%s) ORDER BY offer_id, currency, starts_at NULLS FIRST, ends_at NULLS FIRST
"""
STOCK = "SELECT offer_id, point_of_sale_id, on_hand FROM stock WHERE organisation_id = %s AND offer_id = ANY(%s)"
PICTURES = "SELECT product_id, address, alt FROM product_picture WHERE organisation_id = %s AND product_id = ANY(%s) AND address <> '' ORDER BY product_id, position, id"
FILES = "SELECT product_id, name, address FROM product_file WHERE organisation_id = %s AND product_id = ANY(%s) ORDER BY product_id, position, id"


def records_of(organisation: int, offers: Iterable[UUID]) -> dict[UUID, Record]:
    """Offers by id as records; five queries, however many. `sku` and, of a variant, `parent` are there too.

    What belongs to another organisation's product (its words, its pictures) is not: it cannot be changed from here.
    """
    wanted = list(offers)
    found, products = _offers(organisation, wanted)
    for offer, *price in _rows(PRICES, organisation, wanted):
        currency, amount, compare, starts, ends = price
        found[offer]["prices"].setdefault(currency, []).append([amount, compare, _iso(starts), _iso(ends)])
    for offer, place, on_hand in _rows(STOCK, organisation, wanted):
        found[offer]["stock"][str(place or "")] = on_hand
    owners = list(products)
    for key, sql in (("pictures", PICTURES), ("files", FILES)):
        for product, *pair in _rows(sql, organisation, owners):
            products[product][key].append(pair)
    return found


def _offers(organisation: int, wanted: list[UUID]) -> tuple[dict[UUID, Record], dict[UUID, Record]]:
    found: dict[UUID, Record] = {}
    products: dict[UUID, Record] = {}
    forms: list[tuple[UUID, Record]] = []
    others: dict[UUID, UUID] = {}
    for row in _rows(OFFERS, organisation, wanted):
        (id_, sku, variant, product, active, archived, quote, has_variants, minimum, unit, lead, condition, link, tax, owns, kind, title_es, title_en,
         description_es, description_en, gtin, brand, category, attributes, details, tags, options, variant_gtin) = row  # fmt: skip
        one: Record = {
            "sku": sku, "active": active, "archived": archived, "quote_only": quote, "minimum": minimum, "unit": unit, "lead_days": lead,
            "condition": condition, "link": link, "tax": tax, "prices": {}, "stock": {},
        }  # fmt: skip
        if variant is not None:
            forms.append((product, one))
            if options is None:
                others[id_] = variant
            one |= {"options": _json(options) or [], "gtin": variant_gtin or ""}
        elif owns:
            one |= {
                "has_variants": has_variants, "kind": kind, "title_es": title_es, "title_en": title_en, "gtin": gtin, "brand": brand,
                "description_es": description_es, "description_en": description_en, "category": category, "tags": _json(tags),
                "attributes": _json(attributes), "details": _json(details), "pictures": [], "files": [],
            }  # fmt: skip
            products[product] = one
        found[id_] = one
    parents = dict(_rows(PARENTS, organisation, list({product for product, _ in forms}))) if forms else {}
    for product, one in forms:
        one["parent"] = parents.get(product, "")
    theirs = variants_by_id(others.values())
    for offer, variant in others.items():
        found[offer] |= {"options": theirs[variant].options, "gtin": theirs[variant].gtin}
    return found, products


def _rows(sql: str, organisation: int, ids: list[UUID]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [organisation, ids])
        return list(cursor.fetchall())


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None
