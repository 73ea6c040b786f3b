"""The one statement that finds, ranks and counts.

Full text first, at most 10,000 hits, a rank that the database can work out (one `ts_rank` per way of saying a term); the
best few hundred are scored well in Python afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from oportuno.offer.search.queries.asking import Query
from oportuno.offer.search.queries.filters import condition
from oportuno.offer.search.rules.prices import EDGES
from oportuno.offer.search.rules.scoring import Scale
from oportuno.offer.search.rules.terms import Term

MOST = 10_000
"""Hits that are ranked and counted; nobody reads further, and each costs."""
TAGS_COUNTED = 500
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
        SELECT d.id, d.kind, d.price_minor, d.price_currency, d.published_at, d.popularity{", d.tags" if counts else ""},
               {rank} AS rank, {"near.metres" if near else "NULL::float8 AS metres"}
        FROM search_document d {narrowed.join} WHERE {narrowed.where} {preliminary} LIMIT {MOST + 1}
    ), best AS (SELECT id, metres FROM hits ORDER BY {order} LIMIT {int(take)})
    SELECT (SELECT count(*) FROM hits), (SELECT array_agg(id) FROM best),
           {"(SELECT array_agg(metres) FROM best)" if near else "NULL"}, {COUNTS if counts else "NULL, NULL"}
    """
    parameters = [*rank_parameters, *narrowed.join_parameters, *narrowed.parameters]
    return asked(sql, parameters)


def asked(sql: str, parameters: Sequence[Any]) -> Found:
    """One row: how many, ids, metres, groups by kind and price, tags."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        total, ids, metres, groups, tags = cursor.fetchone()
    return _found(total, ids or [], metres, _json(groups) or [], _json(tags) or {})


COUNTS = f"""
    (SELECT jsonb_agg(jsonb_build_array(kind, price_currency, band, n)) FROM (
        SELECT kind, price_currency, width_bucket(price_minor, ARRAY{list(EDGES)}::bigint[]) AS band, count(*) AS n FROM hits
        GROUP BY GROUPING SETS ((kind), (price_currency, band))) grouped),
    (SELECT jsonb_object_agg(tag, n) FROM (
        SELECT tag, count(*) AS n FROM (SELECT unnest(tags) AS tag FROM hits) each_tag GROUP BY tag ORDER BY n DESC, tag LIMIT {TAGS_COUNTED}) tagged)
"""


def count_of(query: Query, wanted: str, key: str, *, prefix: str) -> dict[str, int]:
    """How many results each value of one facet would have if that facet were not narrowed."""
    narrowed = condition(query, without=key)
    if wanted:
        narrowed.add("d.words @@ %s::tsquery", wanted)
    sql = f"""
    WITH hits AS MATERIALIZED (SELECT d.tags FROM search_document d {narrowed.join} WHERE {narrowed.where} LIMIT {MOST + 1})
    SELECT tag, count(*) FROM (SELECT unnest(tags) AS tag FROM hits) each_tag WHERE starts_with(tag, %s) GROUP BY tag ORDER BY 2 DESC, 1 LIMIT 60
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [*narrowed.join_parameters, *narrowed.parameters, prefix])
        return dict(cursor.fetchall())


def _rank(terms: Sequence[Term], scale: Scale, column: str) -> tuple[str, list[Any]]:
    """Σ idf · r / (r + k): each term saturates, and a long document counts against itself.

    k is 0.3 · (0.4 + 0.6 · length), of which 0.7 is the title's length and 0.3 the whole's, both over their means.
    """
    of_title, of_all = 0.126 / max(scale.title_length, 1), 0.054 / max(scale.length, 1)
    norm = f"(0.12::float8 + {of_title:.6f}::float8 * d.title_length + {of_all:.6f}::float8 * d.length)"  # plain "0.12" is a slow numeric
    parts, parameters = [], []
    for term in terms:
        said = _ways(term)
        ways = [f"{worth:.2f}::float8 * ts_rank({WEIGHTS}, d.{column}, %s::tsquery)" for worth, _ in said]
        best = f"GREATEST({', '.join(ways)})" if len(ways) > 1 else ways[0]
        parts.append(f"{max(term.idf, 0.05):.4f} * (1 - {norm} / ({best} + {norm}))")
        parameters += [way for _, way in said]
    return " + ".join(parts) or "0", parameters


def _ways(term: Term) -> list[tuple[float, str]]:
    """Worths and tsqueries. Single words of one worth (a dozen synonyms) are ranked together: `ts_rank` shares out among the words

    of a query what one of them is worth, hence times their number.
    """
    words: dict[float, list[str]] = {}
    others = []
    for variant in term.variants:
        if len(variant.lexemes) == 1 and variant.via != "prefix":
            words.setdefault(variant.weight, []).append(variant.tsquery)
        else:
            others.append((variant.weight, variant.tsquery))
    return [*((weight * len(set(said)), " | ".join(said)) for weight, said in words.items()), *others]


def _found(total: int, ids: list[int], metres: list[float] | None, groups: list[list[Any]], tags: dict[str, int]) -> Found:
    return Found(
        ids=ids,
        metres=dict(zip(ids, metres, strict=True)) if metres else {},
        total=min(total, MOST),
        more=total > MOST,
        kinds={kind: n for kind, _, _, n in groups if kind},
        prices=[(currency, band, n) for kind, currency, band, n in groups if not kind and currency and band is not None],
        tags=tags,
    )


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
