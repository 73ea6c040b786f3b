"""All rows of ours, to see what a deed changed.

There are some two hundred tables, and a deed writes a few: which, the database itself counts, and only those are read again.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db import connection, transaction

Rows = dict[str, dict[str, dict[str, Any]]]
COUNTERS = ("idempotency_key", "audience_pace", "guess", "place", "reader_cursor")


def ours() -> list[Any]:
    return [model for model in apps.get_models() if model.__module__.startswith("oportuno.")]


# Partitions count for the table they are parts of.
WRITTEN = """
SELECT COALESCE(whole.relname, t.relname), sum(times) FROM pg_class t CROSS JOIN LATERAL (
    SELECT pg_stat_get_xact_tuples_inserted(t.oid) + pg_stat_get_xact_tuples_updated(t.oid) + pg_stat_get_xact_tuples_deleted(t.oid) AS times
) s LEFT JOIN pg_inherits i ON i.inhrelid = t.oid LEFT JOIN pg_class whole ON whole.oid = i.inhparent
WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace AND times > 0 GROUP BY 1"""


class Written:
    """Tables that were written, on this connection, since it was made; also when it was rolled back. Only within a transaction."""

    def __init__(self) -> None:
        self._before = self._counted()

    def tables(self) -> set[str]:
        return {table for table, times in self._counted().items() if times != self._before.get(table)}

    def _counted(self) -> dict[str, int]:
        assert connection.in_atomic_block, "outside of a transaction nothing is counted"
        with connection.cursor() as cursor:
            cursor.execute(WRITTEN)
            return {table: int(times) for table, times in cursor.fetchall()}


def rows(only: Collection[str] | None = None) -> Rows:
    """All rows of ours (of `only` these tables), as the market sees them; without counters of a pace."""
    found: Rows = {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE oportuno_market")
        for model in ours():
            table = model._meta.db_table
            if table in COUNTERS or (only is not None and table not in only):
                continue
            keys = ", ".join(field.column for field in model._meta.pk_fields)
            cursor.execute(f"SELECT concat_ws(' ', {keys}), to_jsonb(t) FROM {table} t")
            found[table] = {key: value if isinstance(value, dict) else json.loads(value) for key, value in cursor.fetchall()}
        cursor.execute("RESET ROLE")
    return found
