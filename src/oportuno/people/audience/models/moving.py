"""What leads to a contact passes to the one that it became, and back: by sets, a statement for each table."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

Rows = list[dict[str, Any]]
LEADS_TO = """
SELECT jsonb_build_object('said', format('(num_nulls(%%s) > 0 OR EXISTS (SELECT 1 FROM %%s o WHERE (%%s) = (%%s)))',
    string_agg(format('x.%%I', a.attname), ', '), k.confrelid::regclass, string_agg(format('o.%%I', b.attname), ', '), string_agg(format('x.%%I', a.attname), ', ')))
FROM pg_constraint k CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS c (own, theirs)
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = c.own JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = c.theirs
WHERE k.contype = 'f' AND k.conrelid = %s::regclass GROUP BY k.oid, k.confrelid
"""
"""Of each foreign key of a table, the condition under which a row `x` leads to something that is there."""


@dataclass(frozen=True)
class Mover:
    """How rows of a table follow their contact.

    `column` leads to it, `key` names a row. `once`: columns of which a contact has each value once; of two such rows the one that is
    `better` (an SQL expression over the row `t`, the higher wins) stays, the other is set aside. `settle` hears what
    was set aside (-1) or put back (1). `before` hears of both before anything of theirs is touched, in either direction: who else
    writes the table is waited for there. `count`: under which of the words of `moved_words` its rows are counted.
    """

    table: str
    column: str = "contact_id"
    key: tuple[str, ...] = ("id",)
    once: tuple[str, ...] = ()
    better: str = "0"
    settle: Callable[[Rows, int], None] | None = None
    before: Callable[[Collection[UUID]], None] | None = None
    count: str = ""

    def move(self, gone: UUID, kept: UUID) -> tuple[Rows, Rows]:
        """What moved, and what was set aside."""
        if self.before:
            self.before([gone, kept])
        aside = [*self._take(gone, kept, ">="), *self._take(kept, gone, ">")] if self.once else []
        if aside and self.settle:
            self.settle(aside, -1)
        named = ", ".join(f"'{one}', t.{one}" for one in self.key)
        moved = run(
            f"UPDATE {self.table} t SET {self.column} = %s WHERE t.{self.column} = %s RETURNING jsonb_build_object({named})", [kept, gone]
        )
        return moved, aside

    def back(self, gone: UUID, kept: UUID, moved: Rows, aside: Rows) -> None:
        """What moved goes back, unless it went elsewhere since; what was set aside returns, unless something stands in its place."""
        if self.before:
            self.before([gone, kept])
        same = " AND ".join(f"t.{one} = x.{one}" for one in self.key)
        do(
            f"UPDATE {self.table} t SET {self.column} = %s FROM jsonb_populate_recordset(NULL::{self.table}, %s) x WHERE t.{self.column} = %s AND {same}",
            [gone, json.dumps(moved), kept],
        )
        returned = put_back(self.table, aside)
        if returned and self.settle:
            self.settle(returned, 1)

    def _take(self, loser: UUID, winner: UUID, than: str) -> Rows:
        """Rows of one contact that the other has at least as good, out of the table."""
        same = " AND ".join(f"w.{one} = t.{one}" for one in self.once)
        theirs = self.better.replace("t.", "w.")
        return run(
            f"""DELETE FROM {self.table} t USING {self.table} w
                WHERE t.{self.column} = %s AND w.{self.column} = %s AND {same} AND ({theirs}) {than} ({self.better}) RETURNING to_jsonb(t)""",
            [loser, winner],
        )


@dataclass(frozen=True)
class Stays:
    """A table that keeps naming the contact that is gone, and why that is right."""

    table: str
    why: str


_movers: dict[tuple[str, str], Mover] = {}
_staying: dict[tuple[str, str], Stays] = {}


def merges(*movers: Mover | Stays, column: str = "contact_id") -> None:
    """Register how what an app holds of a contact follows it into another. Every table that leads to a contact is registered."""
    for one in movers:
        if isinstance(one, Mover):
            _movers[one.table, one.column] = one
        else:
            _staying[one.table, column] = one


def movers() -> list[Mover]:
    return list(_movers.values())


def merged_tables() -> set[tuple[str, str]]:
    """(table, column) of all that somebody answers for."""
    return set(_movers) | set(_staying)


def put_back(table: str, rows: Rows) -> Rows:
    """Rows as they were, into their table; those that came. What leads to something that is gone since, stays away."""
    if not rows:
        return []
    there = " AND ".join(one["said"] for one in run(LEADS_TO, [table])) or "true"
    return run(
        f"""INSERT INTO {table} AS t SELECT * FROM jsonb_populate_recordset(NULL::{table}, %s) x WHERE {there} ON CONFLICT DO NOTHING RETURNING to_jsonb(t)""",
        [json.dumps(rows)],
    )


def run(sql: str, params: list[Any]) -> Rows:
    """Rows, each one JSON object."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [json.loads(one) if isinstance(one, str) else one for (one,) in cursor.fetchall()]


def do(sql: str, params: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


OWN = (
    Mover("contact_identity", once=("kind", "key"), better="2 * (NOT t.shared)::int + (t.verified_at IS NOT NULL)::int"),
    Mover("contact_note", count="notes"),
    Mover("consent"),
    Mover("contact_confirmation"),
    Mover("question", count="questions"),
    Mover("known_visitor"),
    Mover("contact", column="company_id"),
    Mover("contact_merge", column="kept_id"),
)
"""Those of this app. `consent_state` is decided apart: see `merging`."""
merges(*OWN)
merges(Stays("contact_import_match", "what an import did to the one that is gone is undone to that one, or to nobody"))
