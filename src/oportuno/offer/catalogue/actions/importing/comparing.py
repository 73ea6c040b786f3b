"""Second phase: which rows are new, which change something, which are the same. In sets; nothing of the catalogue is written."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.db import connection

from oportuno.kernel.imports import tell_problems
from oportuno.kernel.isolation import for_public
from oportuno.offer.catalogue.actions.importing.staging import VARIANTS, apart
from oportuno.offer.catalogue.actions.importing.telling import tell_notes
from oportuno.offer.catalogue.models import ImportProblem, ImportRun, Product
from oportuno.offer.catalogue.queries.foreign import variants_of
from oportuno.offer.catalogue.queries.records import records_of
from oportuno.offer.catalogue.rules.difference import difference
from oportuno.offer.catalogue.rules.formats.base import Found

BATCH = 2_000
OTHERS = ("options", "gtin")  # what a variant of another's product is, is not ours to change
MOST_BYTES = 3 * 2**20  # of records, as PostgreSQL keeps them, in one batch
HERE = "r.run_id = %(run)s AND r.number BETWEEN %(first)s AND %(last)s"
OPEN = f"{HERE} AND r.what IS NULL"

BY_SKU = f"""
UPDATE import_row r SET offer_id = o.id, product_id = o.product_id, variant_id = o.variant_id, what = 'changed',
    owns = EXISTS (SELECT 1 FROM product p WHERE p.id = o.product_id)
FROM offer o WHERE {OPEN} AND o.organisation_id = %(organisation)s AND o.sku = r.sku
    AND (r.number < {VARIANTS} OR r.product_id IS NULL OR r.product_id = o.product_id)
"""
BY_OWN_GTIN = f"""
UPDATE import_row r SET offer_id = o.id, product_id = o.product_id, what = 'changed'
FROM product p JOIN offer o ON o.product_id = p.id AND o.organisation_id = p.organisation_id AND o.variant_id IS NULL
WHERE {OPEN} AND r.number < {VARIANTS} AND r.gtin IS NOT NULL AND p.organisation_id = %(organisation)s AND p.gtin = r.gtin AND p.gtin <> ''
    AND NOT EXISTS (SELECT 1 FROM import_row x WHERE x.run_id = r.run_id AND x.gtin = r.gtin AND x.number < r.number)
    AND NOT EXISTS (SELECT 1 FROM import_row x WHERE x.run_id = r.run_id AND x.sku = o.sku)
    AND NOT EXISTS (SELECT 1 FROM product q WHERE q.organisation_id = p.organisation_id AND q.gtin = p.gtin AND q.id < p.id)
"""
FOREIGN_GTIN = f"""
SELECT r.number, r.gtin FROM import_row r WHERE {OPEN} AND r.number < {VARIANTS} AND r.gtin IS NOT NULL
    AND NOT COALESCE((r.record ->> 'has_variants')::boolean, false)
    AND NOT EXISTS (SELECT 1 FROM import_row x WHERE x.run_id = r.run_id AND x.gtin = r.gtin AND x.number < r.number)
"""
ATTACH = """
UPDATE import_row r SET product_id = given.product, owns = false
FROM unnest(%(numbers)s::int[], %(products)s::uuid[]) AS given(number, product)
WHERE r.run_id = %(run)s AND r.number = given.number
    AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.organisation_id = %(organisation)s AND o.product_id = given.product)
"""
PARENT_HERE = f"""
UPDATE import_row r SET product_id = p.product_id, owns = p.owns, record = r.record || jsonb_build_object('_parent', p.what)
FROM import_row p WHERE {OPEN} AND r.product_id IS NULL AND p.run_id = r.run_id AND p.number < {VARIANTS} AND p.{{column}} = r.parent
"""
PARENT_THERE = f"""
UPDATE import_row r SET product_id = o.product_id, owns = EXISTS (SELECT 1 FROM product p WHERE p.id = o.product_id)
FROM offer o WHERE {OPEN} AND r.product_id IS NULL AND o.organisation_id = %(organisation)s AND o.sku = r.parent AND o.variant_id IS NULL
"""
BY_OPTIONS = f"""
UPDATE import_row r SET variant_id = v.id, offer_id = COALESCE(o.id, r.offer_id), what = CASE WHEN o.id IS NULL THEN r.what ELSE 'changed' END
FROM variant v LEFT JOIN offer o ON o.variant_id = v.id AND o.organisation_id = %(organisation)s
WHERE {OPEN} AND v.product_id = r.product_id AND v.organisation_id = %(organisation)s AND v.key = r.record ->> '_key'
    AND (o.id IS NULL OR NOT EXISTS (SELECT 1 FROM import_row x WHERE x.run_id = r.run_id AND x.sku = o.sku))
"""
OF_OTHERS = f"""
SELECT r.number, r.product_id, r.record ->> '_key' FROM import_row r WHERE {HERE} AND r.number >= {VARIANTS} AND NOT r.owns AND r.product_id IS NOT NULL
    AND r.what IS DISTINCT FROM 'wrong'
"""
THEIRS = """
UPDATE import_row r SET variant_id = given.variant, offer_id = COALESCE(o.id, r.offer_id), record = r.record || '{"_theirs": true}',
    what = CASE WHEN o.id IS NULL THEN r.what ELSE 'changed' END
FROM unnest(%(numbers)s::int[], %(variants)s::uuid[]) AS given(number, variant)
    LEFT JOIN offer o ON o.variant_id = given.variant AND o.organisation_id = %(organisation)s
WHERE r.run_id = %(run)s AND r.number = given.number AND (r.what IS NULL OR r.offer_id = o.id)
"""
WRONG = [  # (code, field, data, which rows)
    ("parent_unknown", "parent", "jsonb_build_object('value', r.parent)", f"r.number >= {VARIANTS} AND r.product_id IS NULL"),
    ("parent_wrong", "parent", "jsonb_build_object('value', r.parent)", "r.record ->> '_parent' = 'wrong'"),
    (
        "parent_foreign",
        "parent",
        "jsonb_build_object('value', r.parent)",
        f"r.number >= {VARIANTS} AND NOT r.owns AND NOT r.record ? '_theirs'",
    ),
    (
        "sku_elsewhere",
        "sku",
        "jsonb_build_object('value', r.sku)",
        f"""EXISTS (SELECT 1 FROM offer o WHERE o.organisation_id = r.organisation_id AND o.sku = r.sku
            AND (o.id <> r.offer_id OR (o.variant_id IS NULL) <> (r.number < {VARIANTS})))""",
    ),
    (
        "options_taken",
        "options",
        "jsonb_build_object('value', r.record -> 'options')",
        f"""r.number >= {VARIANTS} AND EXISTS (SELECT 1 FROM variant v WHERE v.organisation_id = r.organisation_id
            AND v.product_id = r.product_id AND v.key = r.record ->> '_key' AND v.id <> r.variant_id)""",
    ),
    (
        "title_missing",
        "title",
        "'{}'::jsonb",
        f"r.number < {VARIANTS} AND r.what IS NULL AND r.owns AND COALESCE(r.record ->> 'title_es', '') = '' AND COALESCE(r.record ->> 'title_en', '') = ''",
    ),
]
LEFT = f"SELECT r.number, r.offer_id, r.what, r.record || r.texts, r.sku, r.owns, r.line FROM import_row r WHERE {HERE} AND r.what IS DISTINCT FROM 'wrong'"
SETTLE = """
UPDATE import_row r SET what = given.what, changes = given.changes, record = COALESCE(given.record, r.record), texts = COALESCE(given.texts, r.texts)
FROM unnest(%(numbers)s::int[], %(whats)s::text[], %(changes)s::jsonb[], %(records)s::jsonb[], %(texts)s::jsonb[]) AS given(number, what, changes, record, texts)
WHERE r.run_id = %(run)s AND r.number = given.number
"""


def compare_batch(run: ImportRun) -> bool:
    """Compare the next batch; whether there may be more. The caller commits."""
    numbers = _next_numbers(run)
    if not numbers:
        return False
    if numbers[0] < VARIANTS <= numbers[-1]:  # products first, so that variants find them compared
        numbers = [number for number in numbers if number < VARIANTS]
    known: dict[str, Any] = {"run": run.pk, "organisation": run.organisation_id, "first": numbers[0], "last": numbers[-1]}
    _match(known)
    if numbers[0] < VARIANTS:
        _attach_to_others(run, known)
    else:
        _match_others_variants(known)
    _reject(run, known)
    _settle(run, known)
    run.compared_row = numbers[-1]
    run.save(update_fields=["compared_row", "new", "changed", "same", "wrong", "notes"])
    return True


def _next_numbers(run: ImportRun) -> list[int]:
    """The next rows, fewer when they hold long texts: they are compared in memory."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT number FROM (SELECT number, sum(pg_column_size(record) + pg_column_size(texts)) OVER (ORDER BY number) AS size FROM (
                   SELECT number, record, texts FROM import_row WHERE run_id = %s AND number > %s ORDER BY number LIMIT %s) r) sized
               WHERE size < %s OR number = (SELECT min(number) FROM import_row WHERE run_id = %s AND number > %s)
               ORDER BY number""",
            [run.pk, run.compared_row, BATCH, MOST_BYTES, run.pk, run.compared_row],
        )
        return [number for (number,) in cursor.fetchall()]


def _match(known: dict[str, Any]) -> None:
    """Find what is there already: by SKU, then by GTIN; variants by their parent, then by their options."""
    with connection.cursor() as cursor:
        if known["first"] < VARIANTS:
            cursor.execute(BY_SKU, known)
            cursor.execute(BY_OWN_GTIN, known)
            return
        for column in ("sku", "ref"):
            cursor.execute(PARENT_HERE.format(column=column), known)
        cursor.execute(PARENT_THERE, known)
        cursor.execute(BY_SKU, known)
        cursor.execute(BY_OPTIONS, known)


def _attach_to_others(run: ImportRun, known: dict[str, Any]) -> None:
    """A product that the market has already, by its GTIN: this seller's offer joins it."""
    with connection.cursor() as cursor:
        cursor.execute(FOREIGN_GTIN, known)
        wanted = cursor.fetchall()
    if not wanted:
        return
    with for_public():
        there: dict[str, UUID] = {}
        for gtin, product, owner in (
            Product.objects.filter(gtin__in=[gtin for _, gtin in wanted], published=True)
            .order_by("-id")
            .values_list("gtin", "pk", "organisation_id")
        ):
            if owner != run.organisation_id:
                there[gtin] = product
    joined = [(number, there[gtin]) for number, gtin in wanted if gtin in there]
    if joined:
        with connection.cursor() as cursor:
            cursor.execute(ATTACH, {**known, "numbers": [n for n, _ in joined], "products": [p for _, p in joined]})


def _match_others_variants(known: dict[str, Any]) -> None:
    """A variant of a product that another seller described, by its options: this seller's offer joins it."""
    with connection.cursor() as cursor:
        cursor.execute(OF_OTHERS, known)
        wanted = cursor.fetchall()
        if not wanted:
            return
        there = {(one.product_id, one.key): one.pk for one in variants_of(product for _, product, _ in wanted)}
        found = [(number, there[product, key]) for number, product, key in wanted if (product, key) in there]
        cursor.execute(THEIRS, {**known, "numbers": [number for number, _ in found], "variants": [variant for _, variant in found]})


def _reject(run: ImportRun, known: dict[str, Any]) -> None:
    for code, field, data, which in WRONG:
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE import_row r SET what = 'wrong' WHERE {HERE} AND r.what IS DISTINCT FROM 'wrong' AND {which} RETURNING r.line, {data}",
                known,
            )
            found = cursor.fetchall()
        run.wrong += tell_problems(ImportProblem, run, [(line, [(field, code, _json(said))]) for line, said in sorted(found)])


def _settle(run: ImportRun, known: dict[str, Any]) -> None:
    """New, changed or the same; of a changed row only what changes stays on the stage."""
    with connection.cursor() as cursor:
        cursor.execute(LEFT, known)
        rows = [(number, offer, what, _json(record), sku, owns, line) for number, offer, what, record, sku, owns, line in cursor.fetchall()]
    current = records_of(run.organisation_id, [offer for _, offer, what, *_ in rows if what == "changed"])
    settled: list[tuple[int, str, str | None, str | None, str | None]] = []
    notes: list[tuple[int, Found]] = []
    wrong: list[tuple[int, list[Found]]] = []
    for number, offer, what, record, sku, owns, line in rows:
        if not owns and number < VARIANTS:
            notes.append((line, ("gtin", "joined", {})))
        if not owns:
            record = {key: value for key, value in record.items() if key not in OTHERS}
        if what != "changed":
            settled.append((number, "new", None, None, None))
            continue
        changes, kept = difference(current[offer], {**record, "sku": sku})
        if _left_without_title(current[offer], kept):
            wrong.append((line, [("title", "title_missing", {})]))
            settled.append((number, "wrong", None, None, None))
            continue
        split = apart(kept)
        what = "changed" if changes else "same"
        settled.append((number, what, json.dumps(changes) if changes else None, json.dumps(split["record"]), json.dumps(split["texts"])))
    tell_notes(run, notes)
    run.wrong += tell_problems(ImportProblem, run, wrong)
    for name in ("new", "changed", "same"):
        setattr(run, name, getattr(run, name) + sum(what == name for _, what, *_rest in settled))
    with connection.cursor() as cursor:
        columns = [list(column) for column in zip(*settled, strict=True)] or [[], [], [], [], []]
        cursor.execute(SETTLE, {**known, **dict(zip(("numbers", "whats", "changes", "records", "texts"), columns, strict=True))})


def _left_without_title(current: dict[str, Any], kept: dict[str, Any]) -> bool:
    return "title_es" in current and not (kept.get("title_es", current["title_es"]) or kept.get("title_en", current["title_en"]))


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
