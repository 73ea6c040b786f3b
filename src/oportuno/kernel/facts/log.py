"""Writing to the log."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from oportuno.kernel.facts.shape import Fact, all_fact_classes
from oportuno.kernel.isolation import acting_organisation

CHANNEL = "oportuno_fact"
BATCH = 1000
COLUMNS = "organisation_id, kind_id, subject_id, contact_id, visitor_id, person_id, at, data"
SHAPE = "o int, k int, s uuid, c uuid, v uuid, p uuid, a timestamptz, d jsonb"


def record(fact: Fact, *, organisation: int | None = None) -> None:
    """Tell what happened, in the running transaction. By default for the organisation we act for."""
    record_all([fact], organisation=organisation)


def record_all(facts: Iterable[Fact], *, organisation: int | None = None) -> int:
    """Tell many facts of one organisation at once; how many. Two round trips per thousand."""
    owner = acting_organisation() if organisation is None else organisation
    rows = [_row(fact, owner) for fact in facts]
    for start in range(0, len(rows), BATCH):
        _insert(rows[start : start + BATCH])
    if rows:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
    return len(rows)


def record_cheaply(rows: Sequence[tuple[int, Fact]]) -> int:
    """Page views and opens: (organisation, fact) pairs, whose loss in a power cut nobody would miss.

    Acts for the market (the pairs may be of many organisations) and does not wait for the disk.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    for start in range(0, len(rows), BATCH):
        _insert([_row(fact, organisation) for organisation, fact in rows[start : start + BATCH]])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
    return len(rows)


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


def _row(fact: Fact, organisation: int) -> dict[str, Any]:
    ids = {"s": fact.subject_id(), "c": fact.contact, "v": fact.visitor, "p": fact.by}
    known = {name: str(value) for name, value in ids.items() if value is not None}
    return {"o": organisation, "k": kind_number(fact.kind), "a": fact.at.isoformat(), "d": fact.data(), **known}


def _insert(rows: Sequence[dict[str, Any]]) -> None:
    """One statement with one parameter, twice as fast as a parameter per value. (COPY is not allowed with row-level security.)"""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO fact ({COLUMNS}) SELECT o, k, s, c, v, p, a, d FROM jsonb_to_recordset(%s::jsonb) AS row ({SHAPE})",
            [json.dumps(rows)],
        )
