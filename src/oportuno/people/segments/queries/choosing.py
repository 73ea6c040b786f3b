"""Who is meant: counts, pages, and what each condition takes away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.utils import OperationalError

from oportuno.kernel.isolation import for_market
from oportuno.people.segments.queries.compiling import Compiled
from oportuno.people.segments.queries.done import whole_deeds
from oportuno.people.segments.rules import asked as m
from oportuno.people.segments.rules.deeds import DeedKind
from oportuno.people.segments.rules.folding import bare

WHY = "indexes of tags, likeness and facts; the query names one organisation and answers ids"
MOST_SPELLINGS = 2_000  # places of one organisation: beyond, they are compared one by one
LONGEST = 4_000  # milliseconds for what somebody waits for
MANY = 20_000  # of a million every fiftieth
MEMORY = "64MB"  # of one sort or hash: a million contacts fit
Place = tuple[Any, UUID]

# From one place to the next by its index, as audience does with sources. “Not empty” is said so that the index, which has no empty ones, fits.
SPELLINGS = """
WITH RECURSIVE known(place) AS (
    (SELECT place FROM contact WHERE organisation_id = %(organisation)s AND place <> '' ORDER BY place LIMIT 1)
    UNION ALL
    SELECT (SELECT c.place FROM contact c WHERE c.organisation_id = %(organisation)s AND c.place > known.place AND c.place <> '' ORDER BY c.place LIMIT 1)
    FROM known WHERE known.place IS NOT NULL
)
SELECT place FROM known WHERE place IS NOT NULL LIMIT %(most)s
"""


class TooSlow(Exception):
    """It was not answered within the time that somebody waits."""


@dataclass(frozen=True)
class Counted:
    """`alone[n]`: how many there would be without the n-th condition (in reading order); None: not asked."""

    count: int
    alone: Sequence[int] | None = None


def count_of(organisation: int, meaning: m.Meaning) -> int:
    question = _compiled(organisation)
    condition = question.condition(meaning)
    return int(_ask(f"SELECT count(*) {question.source} AND {condition}", question.params)[0][0])


def weigh(organisation: int, root: m.Among, count: int) -> list[int]:
    """How many there would be without each condition: one look at all contacts, each condition asked once."""
    tests = _asks(root)
    if not tests:
        return []
    question = _compiled(organisation)
    columns = ", ".join(f"{question.condition(one)} AS k{n}" for n, one in enumerate(tests))
    sums = ", ".join(f"count(*) FILTER (WHERE {_without(root, n) or 'true'})" for n in range(len(tests)))
    rows = _ask(f"SELECT {sums} FROM (SELECT {columns} {question.source} OFFSET 0) asked", question.params)
    return [int(one) for one in rows[0]]


def first_of(organisation: int, meaning: m.Meaning, *, after: Place | None = None, size: int = 50, count: int | None = None) -> list[Place]:
    """A page of them, those seen last first: when, and who. `count`: how many they are, if that is known.

    Where they are many, contacts are walked in the order in which they were seen until the page is full. Few would be looked for
    among all, each by itself: they are all found first, as counting them does.
    """
    question = _compiled(organisation)
    condition = question.condition(meaning)
    behind = ""
    if after:
        at, who = question.param(after[0], "timestamptz"), question.param(after[1], "uuid")
        behind = f" AND (c.last_seen_at, c.id) < ({at}, {who})"
    limit = question.param(size)
    found = f"SELECT c.last_seen_at, c.id {question.source} AND {condition}{behind}"
    if question.joins and (count is None or count < MANY):
        found = f"SELECT c.last_seen_at, c.id FROM ({found} OFFSET 0) c"
    rows = _ask(f"{found} ORDER BY c.last_seen_at DESC, c.id DESC LIMIT {limit}", question.params)
    return [(at, who) for at, who in rows]


def those_of(organisation: int, meaning: m.Meaning, among: Collection[UUID]) -> set[UUID]:
    """Who of these is meant."""
    question = compiled(organisation, list(among))
    condition = question.condition(meaning)
    return {who for (who,) in _ask(f"SELECT c.id {question.source} AND {condition}", question.params)}


def compiled(organisation: int, only: Sequence[UUID] | None = None) -> Compiled:
    whole: list[set[str]] = []

    def is_kept(deed: DeedKind) -> bool:
        if not whole:
            whole.append(whole_deeds())
        return deed.key in whole[0]

    return Compiled(organisation, _spellings(organisation), is_kept, only)


_compiled = compiled


@contextmanager
def bounded(milliseconds: int = LONGEST) -> Iterator[None]:
    """What somebody waits for ends in time, or raises TooSlow; whatever happened inside is undone then."""
    from django.db import transaction

    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('statement_timeout')")
            before = cursor.fetchone()[0]
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(milliseconds)])
            yield
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [before])
    except OperationalError as error:
        if "statement timeout" in str(error):
            raise TooSlow from error
        raise


def places_of(organisation: int, most: int = MOST_SPELLINGS) -> list[str]:
    """How places are written, in their order; at most so many."""
    with for_market(WHY), connection.cursor() as cursor:
        cursor.execute(SPELLINGS, {"organisation": organisation, "most": most})
        return [place for (place,) in cursor.fetchall()]


def _spellings(organisation: int) -> Callable[[str, Collection[str]], Sequence[str] | None]:
    known: list[str] = []

    def answer(column: str, wanted: Collection[str]) -> Sequence[str] | None:
        if not known:
            known.extend(places_of(organisation, MOST_SPELLINGS + 1))
        if len(known) > MOST_SPELLINGS:
            return None
        return [place for place in known if bare(place) in wanted]

    return answer


def _ask(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with for_market(WHY), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('work_mem', %s, true), set_config('jit', 'off', true)", [MEMORY])
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _asks(meaning: m.Meaning) -> list[m.Ask]:
    return [meaning] if isinstance(meaning, m.Ask) else [one for node in meaning.of for one in _asks(node)]


def _without(root: m.Meaning, left_out: int) -> str:
    """The tree over the columns k0, k1 … without one of them; "" when nothing is left."""
    number = -1

    def said(node: m.Meaning) -> str:
        nonlocal number
        if isinstance(node, m.Ask):
            number += 1
            return "" if number == left_out else f"k{number}"
        parts = [part for one in node.of if (part := said(one))]
        if not parts:
            return ""
        joined = f"({' AND '.join(parts)})" if node.match == "all" else f"({' OR '.join(parts)})"
        return f"(NOT {joined})" if node.match == "none" else joined

    return said(root)
