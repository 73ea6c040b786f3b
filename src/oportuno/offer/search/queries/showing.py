"""The results of one page, as they are shown, each with its reasons."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import connection

from oportuno.kernel.money import Money
from oportuno.offer.search.queries.answers import Hit, Piece
from oportuno.offer.search.queries.asking import Query
from oportuno.offer.search.queries.why import why
from oportuno.offer.search.rules.passages import READ, marked, snippet
from oportuno.offer.search.rules.scoring import Scored
from oportuno.offer.search.rules.terms import Term

FIELDS = [
    "id",
    "key",
    "kind",
    "url",
    "sku",
    "seller_slug",
    "seller_name",
    "price_minor",
    "price_currency",
    "in_stock",
    "certified",
    "country",
    "city",
    "picture",
    "categories",
    "updated_at",
    "keywords",
]


def show(
    ids: Sequence[int],
    query: Query,
    terms: Sequence[Term],
    scored: Mapping[int, Scored],
    metres: Mapping[int, float],
    *,
    snippets: bool = True,
) -> tuple[Hit, ...]:
    """One query for the page; in the order of `ids`. What vanished meanwhile is left out."""
    found = frozenset(lexeme for term in terms for variant in term.variants for lexeme in variant.lexemes)
    wanted = found if snippets else None
    rows = {row["id"]: row for row in _rows(ids, query.language, texts=snippets)}
    return tuple(_hit(rows[one], query, wanted, scored.get(one), metres.get(one)) for one in ids if one in rows)


def texts_of(keys: Collection[str], language: str) -> dict[str, str]:
    """All the words of these documents, in the reader's language or else in the other; one query."""
    mine, other = ("en", "es") if language.startswith("en") else ("es", "en")
    parts = [f"COALESCE(NULLIF({name}_{mine}, ''), {name}_{other})" for name in ("title", "subtitle", "body")]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT key, concat_ws(E'\\n', {', '.join(parts)}) FROM search_document WHERE key = ANY(%s)", [list(keys)])
        return dict(cursor.fetchall())


def _rows(ids: Sequence[int], language: str, *, texts: bool) -> list[dict[str, Any]]:
    if not ids:
        return []
    mine, other = ("en", "es") if language.startswith("en") else ("es", "en")
    lines = [f"COALESCE(NULLIF({name}_{mine}, ''), {name}_{other}) AS {name}" for name in ("title", "subtitle")]
    body = f"left(COALESCE(NULLIF(body_{mine}, ''), body_{other}), {READ}) AS body" if texts else "'' AS body"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([*FIELDS, *lines, body])} FROM search_document WHERE id = ANY(%s)", [list(ids)])
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _hit(row: dict[str, Any], query: Query, wanted: frozenset[str] | None, scored: Scored | None, metres: float | None) -> Hit:
    return Hit(
        key=row["key"],
        kind=row["kind"],
        title=row["title"],
        url=row["url"],
        subtitle=row["subtitle"],
        snippet=() if wanted is None else _pieces(_snippet(row, wanted)),
        title_pieces=() if wanted is None else _pieces(marked(row["title"], wanted)),
        seller_slug=row["seller_slug"],
        seller_name=row["seller_name"],
        sku=row["sku"],
        price=Money(row["price_minor"], row["price_currency"]) if row["price_minor"] is not None else None,
        in_stock=row["in_stock"],
        certified=row["certified"],
        country=row["country"],
        city=row["city"],
        picture=row["picture"],
        categories=tuple(row["categories"]),
        metres=metres,
        score=round(scored.score, 4) if scored else 0.0,
        why=why(row, query, scored, metres),
        updated_at=row["updated_at"],
    )


def _snippet(row: dict[str, Any], wanted: frozenset[str]) -> list[tuple[str, bool]]:
    """Of the body if it speaks of what was asked, else the subtitle."""
    found = snippet(row["body"], wanted) if row["body"] else []
    if any(hit for _, hit in found) or not row["subtitle"]:
        return found
    return marked(row["subtitle"], wanted)


def _pieces(found: Sequence[tuple[str, bool]]) -> tuple[Piece, ...]:
    return tuple(Piece(text, hit) for text, hit in found)
