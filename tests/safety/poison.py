"""Hostile words in every text of every table, whichever way they may have come there: what pages escape when they read (T08).

A column that is new is poisoned from its first day. What holds no words of anybody is named in MACHINE, with its reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tests.safety.hidden import superuser
from tests.safety.rows import ours

SHORTEST = 30
"""Characters: shorter columns are codes (currencies, countries, kinds), and hold no payload."""
MACHINE = {
    "digest", "address_digest", "token_digest", "prefix", "version", "pack", "icon", "slug", "seller_slug", "path", "key", "folder", "password",
    "time_zone", "link", "template", "content_type", "email", "to_address", "gtin", "twin", "evidence_kind", "format", "encoding", "language", "source",
    "plain", "theme", "agreed_to", "about_kind", "about_id", "kind", "purpose", "channel", "grants", "number_check", "code", "sells", "scopes", "name_key",
    "consent.how", "consent.address", "product_picture.address", "product_file.address", "visitor.agent",
    "sealed_key", "next_sealed_key", "selector", "next_selector",
}  # fmt: skip
"""Columns that code writes and looks up by: digests, keys, slugs, kinds. Addresses are tried by T11 and T12."""
NOT_READ = {
    "fact_kind",
    "reader_cursor",
    "idempotency_key",
    "audience_pace",
    "guess",
    "stranger_mail",
    "search_word",
    "search_tag",
    "vertical",
    "fact",
    "installed_pack",
    "search_place",
}
"""Tables of counters and of code, which no page shows as text."""
BEGINS = {"expert_point.address": "https://example.com/"}
"""What the database lets begin in one way only."""
SHAPES: dict[str, Any] = {
    "contact_merge.gone": lambda word: {"display_name": word[:160], "email": "", "phone": ""},
    "product.details": lambda word: {word[:60]: word}, "product.tags": lambda word: [word[:60]], "variant.options": lambda word: [["Color", word[:80]]],
    "import_row.record": lambda word: {"sku": "C", "title_es": word}, "import_problem.data": lambda word: {"value": word},
}  # fmt: skip


def texts() -> Iterator[tuple[Any, Any]]:
    """Every column that holds words of somebody."""
    for model in ours():
        table = model._meta.db_table
        for field in model._meta.local_fields:
            is_text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.SlugField)
            long_enough = (field.max_length or 1_000) >= SHORTEST
            if table in NOT_READ or field.choices or field.primary_key or field.is_relation or field.name in MACHINE:
                continue
            if (
                (is_text and long_enough)
                or f"{table}.{field.column}" in SHAPES
                or (isinstance(field, models.JSONField) and field.column not in MACHINE)
            ):
                yield model, field


def poison(payloads: Sequence[str]) -> list[str]:
    """Write a payload into each; what stayed clean because its table is empty."""
    clean = []
    with superuser() as owner:
        owner.execute("SET session_replication_role = replica")  # no trigger rewrites what is written
        for model, field in texts():
            table, column, key = model._meta.db_table, field.column, model._meta.pk.column or "ctid"
            found = owner.execute(f'SELECT {key}, "{column}" FROM "{table}" ORDER BY 1').fetchall()
            if not found:
                clean.append(f"{table}.{column}")
            for turn, (pk, was) in enumerate(found[:80]):
                value = poisoned(f"{table}.{column}", field, was, payloads, turn)
                if value is not None:
                    owner.execute(f'UPDATE "{table}" SET "{column}" = %s WHERE {key} = %s', [value, pk])
    return clean


def poisoned(name: str, field: Any, was: Any, payloads: Sequence[str], turn: int) -> Any:
    """The same row with hostile words; None where there is no word to replace."""
    longest = field.max_length or 2_000
    fitting = [one for one in payloads if len(one) <= longest - 2] or [payloads[0]]
    word = BEGINS.get(name, "") + f"{fitting[turn % len(fitting)]}{turn}"  # no two alike, nor like what forms wrote: some must be unique
    if name in SHAPES:
        return json.dumps(SHAPES[name](word))
    if isinstance(field, models.JSONField):
        return json.dumps(in_words(was, word)) if in_words(was, word) != was else None
    if isinstance(field, ArrayField):
        return [word[:60]] if isinstance(field.base_field, models.CharField | models.TextField) else None
    return word


def in_words(was: Any, word: str) -> Any:
    """JSON with each text in a language replaced."""
    if isinstance(was, dict):
        return {key: word if key in ("es", "en") and isinstance(value, str) else in_words(value, word) for key, value in was.items()}
    return [in_words(one, word) for one in was] if isinstance(was, list) else was
