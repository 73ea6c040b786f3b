"""Which tag a number stands for, and what values are called that are counted folded: "bogota" is Bogotá."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection

from oportuno.offer.search.queries.answers import Count

MOST_KEPT = 200_000
_tags: dict[int, str] = {}
_shown: dict[str, str] = {}
"""Given once, a number stays, and learned once, a name: so each process asks for each once."""


def read(numbers: Collection[int]) -> dict[int, str]:
    """Tags by their numbers. At most one query."""
    found = {one: tag for one in numbers if (tag := _tags.get(one))}
    if len(found) < len(numbers):
        new = dict(_asked("SELECT id, tag FROM search_tag WHERE id = ANY(%s)", [one for one in numbers if one not in found]))
        found |= new
        _keep(_tags, new)
    return found


def named(key: str, counts: Sequence[Count]) -> tuple[Count, ...]:
    """The same counts with their names; a value not learned yet (a minute at most) has none. At most one query."""
    unknown = [tag for one in counts if (tag := f"{key}:{one.value}") not in _shown]
    if unknown:
        _keep(_shown, dict(_asked("SELECT tag, shown FROM search_tag WHERE tag = ANY(%s) AND shown <> ''", unknown)))
    return tuple(Count(one.value, one.count, one.chosen, _shown.get(f"{key}:{one.value}", "")) for one in counts)


def forget() -> None:
    """Ask anew: this process has another database now."""
    _tags.clear()
    _shown.clear()


def _keep(kept: dict[Any, str], new: dict[Any, str]) -> None:
    if len(kept) > MOST_KEPT:
        kept.clear()
    kept.update(new)


def _asked(sql: str, unknown: list[Any]) -> list[tuple[Any, str]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [unknown])
        found: list[tuple[Any, str]] = cursor.fetchall()
    return found
