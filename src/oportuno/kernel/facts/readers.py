"""Reading the log: durable cursors that skip nothing, in batches.

A fact is read only when every transaction that began before its own has ended (`transaction` below the oldest running
one): otherwise a slow transaction would commit behind a cursor that already passed it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from oportuno.kernel.errors import Broken, NotFound
from oportuno.kernel.facts.log import kind_number
from oportuno.kernel.facts.shape import Fact
from oportuno.kernel.isolation import for_market

BATCH = 500
TRIES_BEFORE_PARKING = 4
LONGEST_PAUSE = timedelta(minutes=5)


@dataclass(frozen=True)
class Recorded:
    """A fact as it stands in the log. `id` is what effects are keyed on: a reader may see a fact twice."""

    id: int
    transaction: int
    organisation: int
    kind: str
    subject: UUID | None
    contact: UUID | None
    visitor: UUID | None
    by: UUID | None
    at: datetime
    data: dict[str, Any]


Handler = Callable[[Sequence[Recorded]], None]


@dataclass(frozen=True)
class Reader:
    """A reaction: who reads, which kinds (none: all), and what is done with a batch."""

    name: str
    handle: Handler
    kinds: tuple[str, ...] = ()
    numbers: tuple[int, ...] = field(default=())


READERS: dict[str, Reader] = {}


def reader(name: str, *kinds: type[Fact]) -> Callable[[Handler], Handler]:
    """Register a reaction to facts. It acts for the market; a batch and its cursor commit together."""

    def register(handle: Handler) -> Handler:
        if name in READERS and READERS[name].handle.__qualname__ != handle.__qualname__:
            raise Broken(f"Two readers are called {name}")
        names = tuple(k.kind for k in kinds)
        READERS[name] = Reader(name, handle, names, tuple(kind_number(k) for k in names))
        return handle

    return register


def read_once(one: Reader, at: datetime, *, batch: int = BATCH) -> int:
    """Let a reader take its next batch; how many facts it took. 0 also when another process reads for it now."""
    try:
        with for_market(f"reader {one.name}"):
            cursor = _lock_cursor(one.name, at)
            if cursor is None:
                return 0
            facts = _next(one, cursor, batch)
            if facts:
                one.handle(facts)
            _move(one.name, facts[-1] if facts else None, at)
            return len(facts)
    except Exception as error:
        if connection.in_atomic_block:
            raise
        return _note_failure(one, at, batch, error)


def recorded(row: Sequence[Any]) -> Recorded:
    """A row of the log: the columns in the order of Recorded, the kind by its name, the data as JSON text."""
    *columns, data = row
    return Recorded(*columns, data=json.loads(data) if isinstance(data, str) else data)


def horizon(cursor: CursorWrapper) -> int:
    """Below this transaction number nothing can be told any more.

    Asked in a statement of its own, before the facts are read: what ends in between is then visible.
    """
    cursor.execute("SELECT fact_horizon()")
    return int(cursor.fetchone()[0])


def _lock_cursor(name: str, at: datetime) -> tuple[int, int] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT transaction, fact FROM reader_cursor WHERE name = %s AND (retry_at IS NULL OR retry_at <= %s) FOR UPDATE SKIP LOCKED",
            [name, at],
        )
        return cast("tuple[int, int] | None", cursor.fetchone())


def _next(one: Reader, after: tuple[int, int], batch: int) -> list[Recorded]:
    kinds, numbers = ("AND f.kind_id = ANY(%s)", [list(one.numbers)]) if one.numbers else ("", [])
    with connection.cursor() as cursor:
        below = horizon(cursor)
        cursor.execute(
            f"""SELECT f.id, f.transaction, f.organisation_id, k.name, f.subject_id, f.contact_id, f.visitor_id, f.person_id, f.at, f.data
                FROM fact f LEFT JOIN fact_kind k ON k.id = f.kind_id
                WHERE (f.transaction, f.id) > (%s, %s) AND f.transaction < %s {kinds}
                ORDER BY f.transaction, f.id LIMIT %s""",
            [*after, below, *numbers, batch],
        )
        return [recorded(row) for row in cursor.fetchall()]


def _move(name: str, last: Recorded | None, at: datetime) -> None:
    with connection.cursor() as cursor:
        if last is None:
            return
        cursor.execute(
            "UPDATE reader_cursor SET transaction = %s, fact = %s, moved_at = %s, failures = 0, last_error = '', retry_at = NULL WHERE name = %s",
            [last.transaction, last.id, at, name],
        )


def _note_failure(one: Reader, at: datetime, batch: int, error: Exception) -> int:
    """Count the failure; single out the poisonous fact by reading one at a time, and park it after a few tries."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reader_cursor SET failures = failures + 1, last_error = %s WHERE name = %s RETURNING failures",
            [repr(error)[:500], one.name],
        )
        row = cursor.fetchone()
    failures = int(row[0]) if row else 0
    if batch > 1:
        return read_once(one, at, batch=1)
    if failures >= TRIES_BEFORE_PARKING * 2:
        return _park(one, at, error)
    _pause(one.name, at + min(timedelta(seconds=2**failures), LONGEST_PAUSE))
    return 0


def _pause(name: str, until: datetime) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE reader_cursor SET retry_at = %s WHERE name = %s", [until, name])


def _park(one: Reader, at: datetime, error: Exception) -> int:
    with for_market(f"reader {one.name} parks a fact it cannot take"):
        cursor = _lock_cursor(one.name, at)
        facts = _next(one, cursor, 1) if cursor else []
        if not facts:
            return 0
        with connection.cursor() as sql:
            sql.execute(
                "INSERT INTO parked_fact (reader, fact, transaction, error, parked_at) VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
                [one.name, facts[0].id, facts[0].transaction, repr(error)[:2000], at],
            )
        _move(one.name, facts[0], at)
        return 1


def replay(parked: int, at: datetime) -> str:
    """Give a parked fact to its reader once more, in the running transaction; the reader's name.

    Raises what the reader raises, and NotFound when the fact is not parked (any more).
    """
    with for_market("replay of a parked fact"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE parked_fact SET replayed_at = %s WHERE id = %s AND replayed_at IS NULL RETURNING reader, transaction, fact",
            [at, parked],
        )
        found = cursor.fetchone()
        one = READERS.get(found[0]) if found else None
        if not found or not one:
            raise NotFound
        one.handle([fact for fact in _next(one, (found[1], found[2] - 1), 1) if fact.id == found[2]])
    return one.name
