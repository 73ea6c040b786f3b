"""All rows of ours, to see what a deed changed."""

from __future__ import annotations

import json
from typing import Any

from django.apps import apps
from django.db import connection, transaction

Rows = dict[str, dict[str, dict[str, Any]]]
COUNTERS = ("idempotency_key", "audience_pace", "guess", "place", "reader_cursor")


def ours() -> list[Any]:
    return [model for model in apps.get_models() if model.__module__.startswith("oportuno.")]


def rows() -> Rows:
    """All rows of ours, as the market sees them; without counters of a pace."""
    found: Rows = {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE oportuno_market")
        for model in ours():
            table = model._meta.db_table
            if table in COUNTERS:
                continue
            keys = ", ".join(field.column for field in model._meta.pk_fields)
            cursor.execute(f"SELECT concat_ws(' ', {keys}), to_jsonb(t) FROM {table} t")
            found[table] = {key: value if isinstance(value, dict) else json.loads(value) for key, value in cursor.fetchall()}
        cursor.execute("RESET ROLE")
    return found
