"""What stands around a post: the one before, the one after, and what to read next, each with its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import connection

from oportuno.offer.sites.models import Entry, Term
from oportuno.offer.sites.queries.reading import cards_of

MOST_RELATED = 3
WEIGHT = {"tag": 2, "category": 3}
Why = Literal["subject", "category", "author", "newest"]

OWN = "FROM site_entry WHERE organisation_id = %(own)s AND published AND kind = 'post'"
HERE, NEWEST = "(%(at)s, %(post)s)", "ORDER BY published_at DESC, id DESC"
COLUMNS = "id, terms, author_id, published_at"
AROUND = f"""
(SELECT 'earlier' AS way, {COLUMNS} {OWN} AND (published_at, id) < {HERE} {NEWEST} LIMIT 1)
UNION ALL (SELECT 'later', {COLUMNS} {OWN} AND (published_at, id) > {HERE} ORDER BY published_at, id LIMIT 1)
UNION ALL (SELECT 'near', {COLUMNS} {OWN} AND terms && %(terms)s::uuid[] AND id <> %(post)s {NEWEST} LIMIT 60)
UNION ALL (SELECT 'author', {COLUMNS} {OWN} AND author_id = %(author)s AND id <> %(post)s {NEWEST} LIMIT {MOST_RELATED * 2})
UNION ALL (SELECT 'newest', {COLUMNS} {OWN} AND id <> %(post)s {NEWEST} LIMIT {MOST_RELATED * 2})
"""
"""By one statement, and by its keys alone: a post is read a thousand times more often than it changes."""


@dataclass(frozen=True)
class Related:
    """A piece to read next, and why this one: the words it shares, or whose it is."""

    entry: Entry
    why: Why
    words: str = ""


@dataclass(frozen=True)
class Around:
    """`earlier` and `later` are None at the ends."""

    earlier: Entry | None
    later: Entry | None
    related: Sequence[Related]


@dataclass(frozen=True)
class _Found:
    pk: UUID
    terms: Sequence[UUID]
    author: UUID | None
    at: datetime


def around(post: Entry, terms: Sequence[Term]) -> Around:
    """Two queries. Pieces that share most come first, then the same author's, then the newest. Acts for the public."""
    ways = _ways(post, terms)
    mine = {one.pk: one for one in terms}
    near = sorted(ways["near"], key=lambda one: (-_shared(one, mine), -one.at.timestamp()))
    next_ones = list({one.pk: one for one in (*near, *ways["author"], *ways["newest"])}.values())[:MOST_RELATED]
    earlier, later = (next(iter(ways[way]), None) for way in ("earlier", "later"))
    wanted = {one.pk for one in (*next_ones, earlier, later) if one}
    cards = cards_of(post.organisation_id, wanted)
    related = [_reasoned(one, cards[one.pk], mine, post) for one in next_ones if one.pk in cards]
    return Around(cards.get(earlier.pk) if earlier else None, cards.get(later.pk) if later else None, related)


def _ways(post: Entry, terms: Sequence[Term]) -> Mapping[str, list[_Found]]:
    asked = {
        "own": post.organisation_id,
        "at": post.published_at,
        "post": post.pk,
        "author": post.author_id,
        "terms": [one.pk for one in terms],
    }
    with connection.cursor() as cursor:
        cursor.execute(AROUND, asked)
        ways: dict[str, list[_Found]] = defaultdict(list)
        for way, pk, marks, author, at in cursor.fetchall():
            ways[way].append(_Found(pk, marks, author, at))
    for way, found in ways.items():
        found.sort(key=lambda one: (one.at, one.pk), reverse=way != "later")
    return ways


def _shared(one: _Found, mine: Mapping[UUID, Term]) -> int:
    return sum(WEIGHT[mine[term].kind] for term in one.terms if term in mine)


def _reasoned(one: _Found, card: Entry, mine: Mapping[UUID, Term], post: Entry) -> Related:
    shared = [mine[term] for term in one.terms if term in mine]
    if tags := [term.name for term in shared if term.kind == "tag"]:
        return Related(card, "subject", ", ".join(tags[:2]))
    if shared:
        return Related(card, "category", shared[0].name)
    if post.author_id and one.author == post.author_id and card.author:
        return Related(card, "author", card.author.name)
    return Related(card, "newest")
