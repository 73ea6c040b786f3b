"""What lists show beside an offer and a product, kept in step in sets: prices that hold now, sums of stock, who shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from oportuno.kernel.isolation import for_market

FOLLOW_OFFERS = """
WITH mine AS (
    SELECT id, product_id, variant_id FROM offer WHERE organisation_id = %(organisation)s AND product_id = ANY(%(products)s)
), price AS (
    SELECT DISTINCT ON (p.offer_id) p.offer_id, p.amount_minor, p.currency FROM offer_price p JOIN mine ON mine.id = p.offer_id
    WHERE (p.starts_at IS NULL OR p.starts_at <= %(at)s) AND (p.ends_at IS NULL OR p.ends_at > %(at)s)
    ORDER BY p.offer_id, (p.currency = %(currency)s) DESC, (p.starts_at IS NULL AND p.ends_at IS NULL), p.amount_minor
), counted AS (
    SELECT s.offer_id, sum(s.on_hand)::bigint AS n FROM stock s JOIN mine ON mine.id = s.offer_id GROUP BY s.offer_id
), each AS (
    SELECT mine.*, price.amount_minor, price.currency, counted.n
    FROM mine LEFT JOIN price ON price.offer_id = mine.id LEFT JOIN counted ON counted.offer_id = mine.id
), forms AS (
    SELECT DISTINCT ON (product_id) product_id, amount_minor, currency,
        sum(n) OVER (PARTITION BY product_id)::bigint AS n, count(*) OVER (PARTITION BY product_id) AS how_many
    FROM each WHERE variant_id IS NOT NULL
    ORDER BY product_id, (currency = %(currency)s) DESC NULLS LAST, amount_minor NULLS LAST
), fresh AS (
    SELECT e.id,
        CASE WHEN f.product_id IS NULL THEN e.amount_minor ELSE f.amount_minor END AS price_minor,
        COALESCE(CASE WHEN f.product_id IS NULL THEN e.currency ELSE f.currency END, '') AS price_currency,
        CASE WHEN f.product_id IS NULL THEN e.n ELSE f.n END AS on_hand,
        f.how_many IS NOT NULL AS has_variants,
        p.id AS own, left(COALESCE(NULLIF(p.title_es, ''), p.title_en), 200) AS title, p.category_id,
        EXISTS (SELECT 1 FROM product_picture i WHERE i.organisation_id = %(organisation)s AND i.product_id = e.product_id
            AND (i.picture_id IS NOT NULL OR i.trouble = '')) AS has_picture
    FROM each e LEFT JOIN forms f ON f.product_id = e.product_id AND e.variant_id IS NULL LEFT JOIN product p ON p.id = e.product_id
)
UPDATE offer o SET price_minor = fresh.price_minor, price_currency = fresh.price_currency, on_hand = fresh.on_hand,
    has_variants = o.has_variants OR fresh.has_variants, title = COALESCE(fresh.title, o.title),
    category_id = CASE WHEN fresh.own IS NULL THEN o.category_id ELSE fresh.category_id END,
    has_picture = CASE WHEN fresh.own IS NULL THEN o.has_picture ELSE fresh.has_picture END
FROM fresh WHERE o.id = fresh.id
    AND (o.price_minor, o.price_currency, o.on_hand, o.has_variants, o.title, o.category_id, o.has_picture)
        IS DISTINCT FROM (fresh.price_minor, fresh.price_currency, fresh.on_hand, o.has_variants OR fresh.has_variants,
            COALESCE(fresh.title, o.title), CASE WHEN fresh.own IS NULL THEN o.category_id ELSE fresh.category_id END,
            CASE WHEN fresh.own IS NULL THEN o.has_picture ELSE fresh.has_picture END)
"""

SHOW = """
UPDATE offer o SET published = o.active AND %(on_show)s AND COALESCE(m.active, true)
FROM offer self LEFT JOIN offer m ON self.variant_id IS NOT NULL AND m.organisation_id = self.organisation_id
    AND m.product_id = self.product_id AND m.variant_id IS NULL
WHERE o.id = self.id AND self.organisation_id = %(organisation)s AND self.product_id = ANY(%(products)s)
    AND o.published <> (o.active AND %(on_show)s AND COALESCE(m.active, true))
RETURNING o.id, o.product_id, o.published
"""

FOLLOW_PRODUCTS = """
WITH wanted AS (SELECT unnest(%(products)s::uuid[]) AS id), shown AS (
    SELECT o.product_id, o.price_minor, o.price_currency,
        count(o.price_minor) OVER (PARTITION BY o.product_id, o.price_currency) AS in_currency
    FROM offer o JOIN wanted w ON w.id = o.product_id WHERE o.published AND o.variant_id IS NULL
), cheapest AS ( -- amounts in two currencies are not compared: that of most offers counts
    SELECT DISTINCT ON (product_id) product_id, price_minor, price_currency FROM shown
    ORDER BY product_id, in_currency DESC, price_currency, price_minor NULLS LAST
), stocked AS (
    SELECT o.product_id, bool_or(o.on_hand IS NULL OR o.on_hand > 0) AS any FROM offer o JOIN wanted w ON w.id = o.product_id
    WHERE o.published AND o.variant_id IS NULL GROUP BY o.product_id
), fresh AS (
    SELECT w.id, c.product_id IS NOT NULL AS published, c.price_minor, COALESCE(c.price_currency, '') AS currency, COALESCE(s.any, false) AS in_stock
    FROM wanted w LEFT JOIN cheapest c ON c.product_id = w.id LEFT JOIN stocked s ON s.product_id = w.id
)
UPDATE product p SET published = f.published, from_minor = f.price_minor, from_currency = f.currency, in_stock = f.in_stock
FROM fresh f WHERE p.id = f.id
    AND (p.published, p.from_minor, p.from_currency, p.in_stock) IS DISTINCT FROM (f.published, f.price_minor, f.currency, f.in_stock)
"""


def follow_offers(organisation: int, products: Iterable[UUID], *, currency: str, at: datetime) -> None:
    """Bring what lists show of an organisation's offers of these products up to date. Acts as the caller does."""
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW_OFFERS, {"organisation": organisation, "products": _sorted(products), "currency": currency, "at": at})


def show_offers(organisation: int, products: Iterable[UUID], *, on_show: bool) -> list[tuple[UUID, UUID, bool]]:
    """Publish what its seller wishes shown and may show; what changed: (offer, product, published now)."""
    with connection.cursor() as cursor:
        cursor.execute(SHOW, {"organisation": organisation, "products": _sorted(products), "on_show": on_show})
        return list(cursor.fetchall())


def follow_products(products: Iterable[UUID]) -> None:
    """A product shows while any seller on show offers it, at the lowest price of all: a look across organisations."""
    wanted = _sorted(products)
    if wanted:
        with for_market("a product shows while any seller offers it"), connection.cursor() as cursor:
            cursor.execute(FOLLOW_PRODUCTS, {"products": wanted})


def _sorted(products: Iterable[UUID]) -> list[UUID]:
    """In one order for all, so that two batches never lock each other out."""
    return sorted(set(products))
