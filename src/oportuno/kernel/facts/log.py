"""Writing to the log."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from uuid import UUID

from django.db import connection

from oportuno.kernel.facts.shape import Fact, all_fact_classes
from oportuno.kernel.isolation import acting_organisation

CHANNEL = "oportuno_fact"
BATCH = 1000
# A parameter per column: less work than rows of JSON, far less than a parameter per value. (PostgreSQL does not COPY into
# a table with row-level security.) The transaction is asked for once, not once a row.
INSERT = """
INSERT INTO fact (transaction, organisation_id, kind_id, subject_id, contact_id, visitor_id, person_id, at, data)
SELECT (SELECT fact_transaction()), told.* FROM ROWS FROM (
    unnest(%s::int[]), unnest(%s::int[]), unnest(%s::uuid[]), unnest(%s::uuid[]), unnest(%s::uuid[]), unnest(%s::uuid[]),
    unnest(%s::timestamptz[]), jsonb_array_elements(%s::jsonb)
) AS told
"""


def record(fact: Fact, *, organisation: int | None = None) -> None:
    """Tell what happened, in the running transaction. By default for the organisation we act for."""
    record_all([fact], organisation=organisation)


def record_all(facts: Iterable[Fact], *, organisation: int | None = None) -> int:
    """Tell many facts of one organisation at once; how many. A round trip per thousand."""
    owner = acting_organisation() if organisation is None else organisation
    rows = [(owner, fact) for fact in facts]
    if rows:
        _insert(rows)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
    return len(rows)


def record_cheaply(rows: Sequence[tuple[int, Fact]]) -> int:
    """Page views and opens: (organisation, fact) pairs, whose loss in a power cut nobody would miss.

    Acts for the market (the pairs may be of many organisations) and does not wait for the disk.
    """
    if rows:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('synchronous_commit', 'off', true), pg_notify(%s, '')", [CHANNEL])
        _insert(rows)
    return len(rows)


@cache
def kind_number(kind: str) -> int:
    """The number that stands for a kind in the log: 4 bytes a fact instead of 30, without a look-up.

    Table `fact_kind` tells the names to whoever reads the log in SQL.
    """
    return zlib.crc32(kind.encode()) - 2**31


def name_kinds() -> None:
    """Write the names of all kinds beside their numbers. Part of every migration."""
    rows = [(kind_number(kind), kind) for kind in all_fact_classes()]
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO fact_kind (id, name) VALUES (%s, %s) ON CONFLICT (id) DO NOTHING", rows)


def _insert(rows: Sequence[tuple[int, Fact]]) -> None:
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        facts = [fact for _, fact in part]
        values = [
            _array([str(organisation) for organisation, _ in part]),
            _array([str(kind_number(fact.kind)) for fact in facts]),
            _ids([fact.subject_id() for fact in facts]),
            _ids([fact.contact for fact in facts]),
            _ids([fact.visitor for fact in facts]),
            _ids([fact.by for fact in facts]),
            _array([fact.at.isoformat() for fact in facts]),
            json.dumps([fact.data() for fact in facts]),
        ]
        with connection.cursor() as cursor:
            cursor.execute(INSERT, values)


def _ids(values: Sequence[UUID | None]) -> str:
    return _array(["NULL" if value is None else value.hex for value in values])


def _array(values: Sequence[str]) -> str:
    """PostgreSQL's own notation of an array. Only for words without quotes, commas and braces."""
    return "{" + ",".join(values) + "}"
