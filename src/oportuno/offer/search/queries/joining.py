"""Documents that lie on one page are one result, and count once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from oportuno.offer.search.queries.tags import read
from oportuno.offer.search.rules.packing import apart, counted

PAGES = "SELECT id, split_part(url, '#', 1), counted FROM search_document WHERE id = ANY(%s) AND kind = 'content'"
"""Only what is written has parts with addresses of their own: the answers to a question."""


@dataclass(frozen=True)
class Joined:
    """Results, each page once. `again`: by tag, how often a page was counted beyond once."""

    ids: list[int]
    again: Mapping[str, int]


def joined(ids: Sequence[int]) -> Joined:
    """Without those whose page already came: a question and its answers stand where the first of them was found.

    Two queries at most. A page counts once for each tag of any of its parts: narrowed to it, it is found once.
    """
    with connection.cursor() as cursor:
        cursor.execute(PAGES, [list(ids)])
        rows: list[tuple[int, str, bytes]] = cursor.fetchall()
    pages = {one: page for one, page, _ in rows}
    kept: dict[object, int] = {}
    for one in ids:
        kept.setdefault(pages.get(one, one), one)
    return Joined(list(kept.values()), _again(rows) if len(kept) < len(ids) else {})


def _again(rows: Sequence[tuple[int, str, bytes]]) -> Counter[str]:
    parts: dict[str, list[Counter[int]]] = defaultdict(list)
    for _, address, numbers in rows:
        parts[address].append(counted(bytes(numbers)))
    several = [one for one in parts.values() if len(one) > 1]
    names = read({number for page in several for part in page for number in part})
    found: Counter[str] = Counter()
    for page in several:
        tags = Counter(tag for part in page for tag in set(apart({names[number]: 1 for number in part})))
        found.update({tag: count - 1 for tag, count in tags.items() if count > 1})
    return found
