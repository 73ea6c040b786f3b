"""Last phase: from the stage onto the shelf, in sets. A batch, its fact and the run's place commit together or not at all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection

from oportuno.kernel.facts import record
from oportuno.offer.catalogue.actions.following import follow_offers, follow_products, show_offers
from oportuno.offer.catalogue.actions.importing.staging import LONG, VARIANTS
from oportuno.offer.catalogue.facts import ProductsImported
from oportuno.offer.catalogue.models import ImportRow, ImportRun
from oportuno.offer.directory import api as directory

BATCH = 2_000
ROWS = "FROM import_row r WHERE r.run_id = %(run)s AND r.number BETWEEN %(first)s AND %(last)s AND r.what IN ('new', 'changed')"
WORDS = ("title_es", "title_en", "description_es", "description_en", "gtin", "brand")


def said(name: str) -> str:
    """Where a row of the stage says it."""
    return f"r.{'texts' if name in LONG else 'record'} ->> '{name}'"


NEW_PRODUCTS = f"""
INSERT INTO product (id, organisation_id, published, kind, slug, title_es, title_en, description_es, description_en, gtin, brand, category_id,
    attributes, details, tags, from_minor, from_currency, in_stock, created_at, updated_at)
SELECT r.product_id, r.organisation_id, COALESCE((r.record ->> 'active')::boolean, true) AND %(on_show)s,
    COALESCE(r.record ->> 'kind', c.sells, 'good'), r.record ->> '_slug',
    {", ".join(f"COALESCE({said(name)}, '')" for name in WORDS)},
    c.id, jsonb_strip_nulls(COALESCE(r.record -> 'attributes', '{{}}')), jsonb_strip_nulls(COALESCE(r.texts -> 'details', '{{}}')), COALESCE(r.record -> 'tags', '[]'),
    (r.record ->> '_price')::bigint, COALESCE(r.record ->> '_currency', ''), COALESCE((r.record ->> '_on_hand')::bigint > 0, true), %(at)s, %(at)s
FROM import_row r LEFT JOIN category c ON c.slug = r.record ->> 'category'
WHERE r.run_id = %(run)s AND r.number BETWEEN %(first)s AND %(last)s AND r.what = 'new' AND r.owns AND r.number < {VARIANTS}
ON CONFLICT (id) DO NOTHING
"""
CHANGED_PRODUCTS = f"""
UPDATE product p SET {", ".join(f"{name} = COALESCE({said(name)}, p.{name})" for name in ("kind", *WORDS))},
    category_id = CASE WHEN r.record ? 'category' THEN (SELECT id FROM category c WHERE c.slug = r.record ->> 'category') ELSE p.category_id END,
    attributes = jsonb_strip_nulls(p.attributes || COALESCE(r.record -> 'attributes', '{{}}')),
    details = jsonb_strip_nulls(p.details || COALESCE(r.texts -> 'details', '{{}}')), tags = COALESCE(r.record -> 'tags', p.tags), updated_at = %(at)s
{ROWS.replace("WHERE", "WHERE p.id = r.product_id AND")} AND r.what = 'changed' AND r.owns AND r.number < {VARIANTS}
"""
VARIANTS_OF = f"""
INSERT INTO variant (id, organisation_id, product_id, published, position, options, key, gtin)
SELECT r.variant_id, r.organisation_id, r.product_id, p.published, r.line, r.record -> 'options', r.record ->> '_key', COALESCE(r.record ->> 'gtin', '')
FROM import_row r JOIN product p ON p.id = r.product_id
WHERE r.run_id = %(run)s AND r.number BETWEEN %(first)s AND %(last)s AND r.number >= {VARIANTS} AND r.owns AND r.what IN ('new', 'changed')
    AND r.record ? 'options'
ON CONFLICT (id) DO UPDATE SET options = excluded.options, key = excluded.key, gtin = COALESCE(NULLIF(excluded.gtin, ''), variant.gtin)
"""
VARIANT_CODES = f"UPDATE variant v SET gtin = r.record ->> 'gtin' {ROWS.replace('WHERE', 'WHERE v.id = r.variant_id AND')} AND r.number >= {VARIANTS} AND r.record ? 'gtin'"
MAIN_TITLE = (
    "SELECT m.title FROM offer m WHERE m.organisation_id = r.organisation_id AND m.product_id = r.product_id AND m.variant_id IS NULL"
)
NEW_OFFERS = f"""
INSERT INTO offer (id, organisation_id, product_id, variant_id, sku, archived, active, published, quote_only, has_variants, minimum, unit, lead_days, condition,
    tax_id, link, title, category_id, has_picture, price_minor, price_currency, on_hand, import_run_id, import_line, created_at, updated_at)
SELECT r.offer_id, r.organisation_id, r.product_id, r.variant_id, r.sku, COALESCE((r.record ->> 'archived')::boolean, false), COALESCE((r.record ->> 'active')::boolean, true),
    COALESCE((r.record ->> 'active')::boolean, true) AND %(on_show)s AND r.number < {VARIANTS}, COALESCE((r.record ->> 'quote_only')::boolean, false),
    COALESCE((r.record ->> 'has_variants')::boolean, false), COALESCE((r.record ->> 'minimum')::int, 1), COALESCE(r.record ->> 'unit', ''),
    (r.record ->> 'lead_days')::int, COALESCE(r.record ->> 'condition', 'new'), t.id, COALESCE(r.record ->> 'link', ''),
    COALESCE(NULLIF(r.record ->> 'title_es', ''), r.record ->> 'title_en', CASE WHEN r.owns THEN '' ELSE ({MAIN_TITLE}) END, ''), c.id,
    COALESCE(jsonb_array_length(r.record -> 'pictures') > 0, false), (r.record ->> '_price')::bigint, COALESCE(r.record ->> '_currency', ''),
    (r.record ->> '_on_hand')::bigint, r.run_id, r.number, %(at)s, %(at)s
FROM import_row r LEFT JOIN tax_class t ON t.key = r.record ->> 'tax' LEFT JOIN category c ON c.slug = r.record ->> 'category'
WHERE r.run_id = %(run)s AND r.number BETWEEN %(first)s AND %(last)s AND r.what = 'new'
ON CONFLICT (id) DO NOTHING
"""
CHANGED_OFFERS = f"""
UPDATE offer o SET sku = COALESCE(r.record ->> 'sku', o.sku), active = COALESCE((r.record ->> 'active')::boolean, o.active),
    archived = COALESCE((r.record ->> 'archived')::boolean, o.archived) AND NOT COALESCE((r.record ->> 'active')::boolean, false), quote_only = COALESCE((r.record ->> 'quote_only')::boolean, o.quote_only), has_variants = o.has_variants OR COALESCE((r.record ->> 'has_variants')::boolean, false),
    minimum = COALESCE((r.record ->> 'minimum')::int, o.minimum), unit = COALESCE(r.record ->> 'unit', o.unit),
    lead_days = CASE WHEN r.record ? 'lead_days' THEN (r.record ->> 'lead_days')::int ELSE o.lead_days END,
    condition = COALESCE(r.record ->> 'condition', o.condition), link = COALESCE(r.record ->> 'link', o.link),
    tax_id = CASE WHEN r.record ? 'tax' THEN (SELECT id FROM tax_class t WHERE t.key = r.record ->> 'tax') ELSE o.tax_id END,
    import_run_id = r.run_id, import_line = r.number, updated_at = %(at)s
{ROWS.replace("WHERE", "WHERE o.id = r.offer_id AND")} AND r.what = 'changed'
"""
OLD_PRICES = f"DELETE FROM offer_price x USING (SELECT r.offer_id, jsonb_object_keys(r.record -> 'prices') AS currency {ROWS} AND r.what = 'changed' AND r.record ? 'prices') r WHERE x.offer_id = r.offer_id AND x.currency = r.currency"
PRICES = f"""
INSERT INTO offer_price (id, organisation_id, offer_id, published, currency, amount_minor, compare_minor, starts_at, ends_at)
SELECT gen_random_uuid(), o.organisation_id, o.id, o.published, c.key, (p ->> 0)::bigint, (p ->> 1)::bigint, (p ->> 2)::timestamptz, (p ->> 3)::timestamptz
FROM (SELECT r.offer_id, r.record {ROWS} AND r.record ? 'prices') r JOIN offer o ON o.id = r.offer_id,
    jsonb_each(r.record -> 'prices') c, jsonb_array_elements(c.value) p
ON CONFLICT ON CONSTRAINT offer_price_once DO UPDATE SET amount_minor = excluded.amount_minor, compare_minor = excluded.compare_minor
"""
COUNTED = f"""
wanted AS (
    SELECT o.id AS offer_id, o.organisation_id, o.published, NULLIF(s.key, '')::uuid AS place, s.value::bigint AS n
    FROM (SELECT r.offer_id, r.record {ROWS} AND r.record ? 'stock') r JOIN offer o ON o.id = r.offer_id, jsonb_each_text(r.record -> 'stock') s
)"""
NEW_STOCK = f"""
WITH {COUNTED}
INSERT INTO stock (id, organisation_id, offer_id, published, point_of_sale_id, on_hand)
SELECT gen_random_uuid(), organisation_id, offer_id, published, place, 0 FROM wanted ORDER BY offer_id
ON CONFLICT ON CONSTRAINT stock_once DO NOTHING
"""
# A statement of its own: in one with the change, whether rows are locked before they are changed is the planner's choice.
LOCKED_STOCK = f"""
WITH {COUNTED}
SELECT k.id FROM stock k JOIN wanted w ON w.offer_id = k.offer_id AND w.place IS NOT DISTINCT FROM k.point_of_sale_id
ORDER BY k.id FOR UPDATE OF k
"""
STOCK = f"""
WITH {COUNTED}, before AS (
    SELECT k.id, k.on_hand, w.n FROM stock k JOIN wanted w ON w.offer_id = k.offer_id AND w.place IS NOT DISTINCT FROM k.point_of_sale_id
    WHERE k.on_hand <> w.n
), put AS (
    UPDATE stock k SET on_hand = b.n FROM before b WHERE k.id = b.id RETURNING k.id, k.organisation_id, k.offer_id, k.point_of_sale_id, k.on_hand
)
INSERT INTO stock_movement (id, organisation_id, stock_id, offer_id, point_of_sale_id, change, after, reason, note, by_id, at)
SELECT gen_random_uuid(), put.organisation_id, put.id, put.offer_id, put.point_of_sale_id, put.on_hand - b.on_hand, put.on_hand,
    'import', left(%(name)s, 200), %(by)s, %(at)s
FROM put JOIN before b ON b.id = put.id
"""
GIVEN = f"""
given AS (
    SELECT r.product_id, r.organisation_id, g.pair ->> 0 AS one, g.pair ->> 1 AS two, g.position
    FROM (SELECT r.* {ROWS} AND r.owns AND r.number < {VARIANTS} AND r.record ? '{{key}}') r,
        jsonb_array_elements(r.record -> '{{key}}') WITH ORDINALITY g(pair, position)
)"""
OLD_PICTURES = f"""
DELETE FROM product_picture i USING (SELECT r.product_id, r.record -> 'pictures' AS list {ROWS} AND r.owns AND r.what = 'changed' AND r.record ? 'pictures') r
WHERE i.product_id = r.product_id AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(r.list) g WHERE g ->> 0 = i.address)
"""
KEPT_PICTURES = f"""
WITH {GIVEN.format(key="pictures")}
UPDATE product_picture i SET position = g.position, alt = g.two FROM given g WHERE i.product_id = g.product_id AND i.address = g.one
"""
PICTURES = f"""
WITH {GIVEN.format(key="pictures")}
INSERT INTO product_picture (id, organisation_id, product_id, published, position, address, alt, trouble)
SELECT gen_random_uuid(), g.organisation_id, p.id, p.published, g.position, g.one, g.two, ''
FROM given g JOIN product p ON p.id = g.product_id
WHERE NOT EXISTS (SELECT 1 FROM product_picture i WHERE i.product_id = g.product_id AND i.address = g.one)
"""
OLD_FILES = f"DELETE FROM product_file i USING (SELECT r.product_id {ROWS} AND r.owns AND r.what = 'changed' AND r.record ? 'files') r WHERE i.product_id = r.product_id"
FILES = f"""
WITH {GIVEN.format(key="files")}
INSERT INTO product_file (id, organisation_id, product_id, published, position, name, address)
SELECT gen_random_uuid(), g.organisation_id, p.id, p.published, g.position, g.one, g.two FROM given g JOIN product p ON p.id = g.product_id
"""
STEPS = (
    NEW_PRODUCTS, CHANGED_PRODUCTS, VARIANTS_OF, VARIANT_CODES, NEW_OFFERS, CHANGED_OFFERS, OLD_PRICES, PRICES, NEW_STOCK, LOCKED_STOCK, STOCK,
    OLD_PICTURES, KEPT_PICTURES, PICTURES, OLD_FILES, FILES,
)  # fmt: skip
TOUCHED = f"SELECT DISTINCT r.product_id {ROWS} AND (r.what = 'changed' OR r.number >= {VARIANTS} OR NOT r.owns OR COALESCE((r.record ->> 'has_variants')::boolean, false))"


def apply_batch(run: ImportRun, *, at: datetime) -> bool:
    """Write the next batch; whether there may be more. The caller commits."""
    numbers = list(
        ImportRow.objects.filter(run=run, number__gt=run.applied_row, what__in=("new", "changed"))
        .order_by("number")
        .values_list("number", flat=True)[:BATCH]
    )
    if not numbers:
        return False
    if numbers[0] < VARIANTS <= numbers[-1]:
        numbers = [number for number in numbers if number < VARIANTS]
    on_show = _locked_standing(run.organisation_id)
    known: dict[str, Any] = {
        "run": run.pk, "organisation": run.organisation_id, "first": numbers[0], "last": numbers[-1],
        "on_show": on_show, "at": at, "by": run.by_id, "name": run.name,
    }  # fmt: skip
    with connection.cursor() as cursor:
        for step in STEPS:
            cursor.execute(step, known)
        cursor.execute(TOUCHED, known)
        touched = [product for (product,) in cursor.fetchall()]
    if touched:
        follow_offers(run.organisation_id, touched, currency=run.currency, at=at)
        show_offers(run.organisation_id, touched, on_show=on_show)
        follow_products(touched)
    record(ProductsImported(run=run.pk, first=numbers[0], last=numbers[-1], count=len(numbers), by=run.by_id, at=at))
    run.applied_row = numbers[-1]
    run.save(update_fields=["applied_row"])
    return True


def _locked_standing(organisation: int) -> bool:
    """Whether the seller is on show, which cannot change before this batch commits: a suspension then follows after us."""
    seller = directory.Seller.objects.select_for_update(no_key=True).filter(organisation_id=organisation).first()
    return bool(seller and seller.published)
