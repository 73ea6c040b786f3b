"""The one statement that finds, ranks and counts.

Full text first, at most 10,000 hits, a rank that the database can work out (one `ts_rank` per way of saying a term); the
best few hundred are scored well in Python afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Self

from django.db import connection

from oportuno.offer.search.queries.asking import Query
from oportuno.offer.search.queries.filters import condition
from oportuno.offer.search.queries.tallies import MOST, NUMBERS, Tally, tallied
from oportuno.offer.search.rules.scoring import Scale
from oportuno.offer.search.rules.terms import Term

TAGS_COUNTED = 500
VECTORS = {"words": "d.words", "head": "d.head", "told": "CASE d.kind WHEN 'content' THEN d.words ELSE d.head END"}
"""What hits are ranked by: all their words; what lies in the row; or where each kind tells most, a page in its text, a thing in its head."""
WEIGHTS = "'{0.25,0.5,0.2,1}'"  # D, C, B, A: like the fields' weights of rules.scoring, as far as ts_rank can follow

ORDERS = {
    "relevance": "rank DESC, id DESC",
    "price": "price_minor NULLS LAST, id DESC",
    "-price": "price_minor DESC NULLS LAST, id DESC",
    "newest": "published_at DESC, id DESC",
    "distance": "metres, rank DESC, id DESC",
}
LIST_ORDERS = {**ORDERS, "relevance": "popularity DESC, published_at DESC, id DESC"}
PRELIMINARY = {
    "relevance": "ORDER BY d.published_at DESC, d.id DESC",
    "newest": "ORDER BY d.published_at DESC, d.id DESC",
    "price": "ORDER BY d.price_minor NULLS LAST, d.id DESC",
    "-price": "ORDER BY d.price_minor DESC NULLS LAST, d.id DESC",
    "distance": "ORDER BY near.metres, d.id DESC",
}
"""Which 10,000 of a long list: without words there is no rank to choose by."""


@dataclass(frozen=True)
class Found:
    """Ids in order with their ranks, and the counts. `more` when the hits were capped."""

    ids: list[int] = field(default_factory=list)
    metres: dict[int, float] = field(default_factory=dict)
    total: int = 0
    more: bool = False
    kinds: dict[str, int] = field(default_factory=dict)
    prices: list[tuple[str, int, int]] = field(default_factory=list)
    tags: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, tally: Tally, ids: list[int], metres: Sequence[float] | None = None) -> Self:
        """What was found, and what it was counted by: kinds and prices apart."""
        prices = [(tag.split(":"), count) for tag, count in tally.tags if tag.startswith("price:")]
        kinds = {tag.partition(":")[2]: count for tag, count in tally.tags if tag.startswith("kind:")}
        return cls(
            ids=ids,
            metres=dict(zip(ids, metres, strict=True)) if metres else {},
            total=min(tally.total, MOST),
            more=tally.total > MOST,
            kinds=kinds,
            prices=[(currency, int(band), count) for (_, currency, band), count in prices],
            tags=dict(islice((one for one in tally.tags if not one[0].startswith(("kind:", "price:"))), TAGS_COUNTED)),
        )


def needed(terms: Sequence[Term]) -> Sequence[Term]:
    """All but what the thing is for."""
    return [term for term in terms if not term.purpose] or terms


def every(terms: Sequence[Term]) -> str:
    """All of the terms that an answer must have."""
    return " & ".join(term.tsquery for term in needed(terms))


def some(terms: Sequence[Term], of: int) -> str:
    """Any of the telling terms: the rarest first, until they find enough. The others only rank."""
    chosen: list[Term] = []
    reach = 0
    for term in sorted(needed(terms), key=lambda one: -one.idf):
        if chosen and reach + term.documents > MOST and term.documents > of // 50:
            continue
        chosen.append(term)
        reach += term.documents
    return " | ".join(term.tsquery for term in chosen)


def find(
    query: Query,
    wanted: str,
    terms: Sequence[Term],
    scale: Scale,
    *,
    take: int,
    column: str = "words",
    rank_by: str = "words",
    counts: bool = True,
) -> Found:
    """What matches `wanted` (a tsquery; empty: everything) and the question's filters."""
    narrowed = condition(query)
    rank, rank_parameters = _rank(terms, scale, rank_by) if wanted else ("0", [])
    if wanted:
        narrowed.add(f"d.{column} @@ %s::tsquery", wanted)
    near = bool(query.near)
    sort = query.sort if near or query.sort != "distance" else "relevance"
    preliminary = PRELIMINARY[sort] if not wanted or sort not in ("relevance", "distance") else ""
    order = (ORDERS if wanted else LIST_ORDERS)[sort]
    sql = f"""
    WITH hits AS MATERIALIZED (
        SELECT d.id, d.price_minor, d.published_at, d.popularity{", d.counted" if counts else ""},
               {rank} AS rank, {"near.metres" if near else "NULL::float8 AS metres"}
        FROM search_document d {narrowed.join} WHERE {narrowed.where} {preliminary} LIMIT {MOST + 1}
    ), best AS (SELECT id, metres FROM hits ORDER BY {order} LIMIT {int(take)})
    SELECT (SELECT count(*) FROM hits), (SELECT array_agg(id) FROM best),
           {"(SELECT array_agg(metres) FROM best)" if near else "NULL"}, {f"(SELECT {NUMBERS} FROM hits)" if counts else "NULL"}
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [*rank_parameters, *narrowed.join_parameters, *narrowed.parameters])
        total, ids, metres, numbers = cursor.fetchone()
    return Found.of(tallied(total, numbers), ids or [], metres)


def _rank(terms: Sequence[Term], scale: Scale, column: str) -> tuple[str, list[Any]]:
    """Σ idf · r / (r + k): each term saturates, and a long document counts against itself.

    k is 0.3 · (0.4 + 0.6 · length), of which 0.7 is the title's length and 0.3 the whole's, both over their means.
    """
    of_title, of_all = 0.126 / max(scale.title_length, 1), 0.054 / max(scale.length, 1)
    norm = f"(0.12::float8 + {of_title:.6f}::float8 * d.title_length + {of_all:.6f}::float8 * d.length)"  # plain "0.12" is a slow numeric
    parts, parameters = [], []
    for term in terms:
        said = _ways(term)
        ways = [f"{worth:.2f}::float8 * ts_rank({WEIGHTS}, {VECTORS[column]}, %s::tsquery)" for worth, _ in said]
        best = f"GREATEST({', '.join(ways)})" if len(ways) > 1 else ways[0]
        parts.append(f"{max(term.idf, 0.05):.4f} * (1 - {norm} / ({best} + {norm}))")
        parameters += [way for _, way in said]
    return " + ".join(parts) or "0", parameters


def _ways(term: Term) -> list[tuple[float, str]]:
    """Worths and tsqueries. Single words of one worth (a dozen synonyms) are ranked together: `ts_rank` shares out among the words

    of a query what one of them is worth, hence times their number. A phrase is left out if a word of it is worth as much alone.
    """
    words: dict[float, list[str]] = {}
    others = []
    written = [one for one in term.variants if not one.new]
    singles = {one.lexemes[0]: one.weight for one in written if len(one.lexemes) == 1 and one.via != "prefix"}
    for variant in written:
        if len(variant.lexemes) == 1 and variant.via != "prefix":
            words.setdefault(variant.weight, []).append(variant.tsquery)
        elif max((singles.get(lexeme, 0.0) for lexeme in variant.lexemes), default=0.0) < variant.weight:
            others.append((variant.weight, variant.tsquery))
    return [*((weight * len(set(said)), " | ".join(said)) for weight, said in words.items()), *others]
