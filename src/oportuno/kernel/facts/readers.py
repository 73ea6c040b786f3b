"""Reading the log: durable cursors that skip nothing, in batches.

A fact is read only when every transaction that began before its own has ended (`transaction` below the oldest running
one): otherwise a slow transaction would commit behind a cursor that already passed it.

A reader of rare facts leaves behind what it looked at in vain, too: else it would look at all page views of a day again
every two seconds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
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
LOOK = 20_000  # facts of all kinds that one batch looks at, at most
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
Kinds = Callable[[], Collection[str]]
Place = tuple[int, int]


@dataclass(frozen=True)
class Reader:
    """A reaction: who reads, what is done with a batch of so many at most, and which kinds it wants now, which may change with its data."""

    name: str
    handle: Handler
    kinds: Kinds
    batch: int = BATCH


READERS: dict[str, Reader] = {}


def reader(name: str, *kinds: type[Fact] | Kinds, batch: int = BATCH) -> Callable[[Handler], Handler]:
    """Register a reaction to facts, named by their classes or by a function that knows which kinds are wanted now.

    It acts for the market; a batch and its cursor commit together.
    """

    def register(handle: Handler) -> Handler:
        if name in READERS and READERS[name].handle.__qualname__ != handle.__qualname__:
            raise Broken(f"Two readers are called {name}")
        READERS[name] = Reader(name, handle, _all_of(kinds), batch)
        return handle

    if not kinds:
        raise Broken(f"The reader {name} does not say which facts it reads")
    return register


def _all_of(kinds: Sequence[type[Fact] | Kinds]) -> Kinds:
    fixed = [one.kind for one in kinds if isinstance(one, type) and issubclass(one, Fact)]
    asked = [one for one in kinds if not isinstance(one, type)]
    return lambda: {*fixed, *(kind for ask in asked for kind in ask())}


def read_once(one: Reader, at: datetime, *, batch: int = 0) -> int:
    """Let a reader take its next batch; how many facts it took, or left behind: 0 when there is nothing more now.

    0 also when another process reads for it now. `batch`: how many, if not as many as it asked for.
    """
    batch = batch or one.batch
    try:
        with for_market(f"reader {one.name}"):
            after = _lock_cursor(one.name, at)
            if after is None:
                return 0
            facts, looked, reached = _next(one, after, batch)
            if facts:
                one.handle(facts)
            if reached > after:
                _move(one.name, reached, at, idle=not facts)
            return len(facts) or (looked if looked == LOOK else 0)
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


def _lock_cursor(name: str, at: datetime) -> Place | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT transaction, fact FROM reader_cursor WHERE name = %s AND (retry_at IS NULL OR retry_at <= %s) FOR UPDATE SKIP LOCKED",
            [name, at],
        )
        return cast("Place | None", cursor.fetchone())


LOOKED = """SELECT * FROM fact WHERE (transaction, id) > (%s, %s) AND transaction < %s ORDER BY transaction, id LIMIT %s"""
NEXT = f"""
SELECT f.id, f.transaction, f.organisation_id, k.name, f.subject_id, f.contact_id, f.visitor_id, f.person_id, f.at, f.data
FROM ({LOOKED}) f LEFT JOIN fact_kind k ON k.id = f.kind_id WHERE f.kind_id = ANY(%s) ORDER BY f.transaction, f.id LIMIT %s
"""
REACHED = f"SELECT transaction, id, count(*) OVER () FROM ({LOOKED}) f ORDER BY transaction DESC, id DESC LIMIT 1"


def _next(one: Reader, after: Place, batch: int) -> tuple[list[Recorded], int, Place]:
    """The facts it wants; how many of all kinds were looked at (0: not counted); how far that went."""
    with connection.cursor() as cursor:
        within = [*after, horizon(cursor), LOOK]
        wanted = [kind_number(kind) for kind in one.kinds()]  # asked after the horizon: whatever wants an older fact is seen then
        cursor.execute(NEXT, [*within, wanted, batch])
        facts = [recorded(row) for row in cursor.fetchall()]
        if len(facts) == batch:
            return facts, 0, (facts[-1].transaction, facts[-1].id)
        cursor.execute(REACHED, within)
        transaction, fact, looked = cursor.fetchone() or (*after, 0)
    return facts, looked, (transaction, fact)


def _move(name: str, to: Place, at: datetime, *, idle: bool = False) -> None:
    with connection.cursor() as cursor:
        if idle:  # nothing was done: should this be lost, the same is looked at once more
            cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute(
            "UPDATE reader_cursor SET transaction = %s, fact = %s, moved_at = %s, failures = 0, last_error = '', retry_at = NULL WHERE name = %s",
            [*to, at, name],
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
        after = _lock_cursor(one.name, at)
        facts = _next(one, after, 1)[0] if after else []
        if not facts:
            return 0
        with connection.cursor() as sql:
            sql.execute(
                "INSERT INTO parked_fact (reader, fact, transaction, error, parked_at) VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
                [one.name, facts[0].id, facts[0].transaction, repr(error)[:2000], at],
            )
        _move(one.name, (facts[0].transaction, facts[0].id), at)
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
        one.handle([fact for fact in _next(one, (found[1], found[2] - 1), 1)[0] if fact.id == found[2]])
    return one.name
