"""Putting documents in and taking them out, in the transaction of whoever publishes: what is gone is gone at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from oportuno.offer.search.actions.numbering import numbers
from oportuno.offer.search.models import Document, SearchDocument, Texts
from oportuno.offer.search.rules.packing import packed, together
from oportuno.offer.search.rules.prices import band
from oportuno.offer.search.rules.vectors import LONGEST_BODY, prepare
from oportuno.offer.search.rules.words import place_tag

SET = 500
COLUMNS = [
    "key",
    "kind",
    "organisation_id",
    "url",
    "title_es",
    "title_en",
    "subtitle_es",
    "subtitle_en",
    "body_es",
    "body_en",
    "keywords",
    "sku",
    "seller_slug",
    "seller_name",
    "categories",
    "tags",
    "counted",
    "price_minor",
    "price_currency",
    "in_stock",
    "certified",
    "country",
    "city",
    "picture",
    "popularity",
    "title_length",
    "length",
    "published_at",
    "updated_at",
    "words",
    "head",
]
TYPES = {
    **dict.fromkeys(COLUMNS, "text"),
    **dict.fromkeys(["categories", "tags"], "text[]"),
    **dict.fromkeys(["organisation_id", "title_length", "length"], "int"),
    **dict.fromkeys(["in_stock", "certified"], "boolean"),
    **dict.fromkeys(["published_at", "updated_at"], "timestamptz"),
    **dict.fromkeys(["words", "head"], "tsvector"),
    "price_minor": "bigint",
    "counted": "bytea",
    "popularity": "float8",
}
CHANGES = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS if name != "key")
RECORD = ", ".join(f"{name} {kind}" for name, kind in TYPES.items())
PUT = f"""
WITH given AS (SELECT * FROM jsonb_to_recordset(%s) AS given({RECORD}))
INSERT INTO search_document ({", ".join(COLUMNS)})
SELECT {", ".join(COLUMNS)} FROM given ORDER BY key
ON CONFLICT (key) DO UPDATE SET {CHANGES}
RETURNING key, id
"""
NO_TEXT = Texts(title="")


def put(documents: Iterable[Document]) -> int:
    """Put documents in, replacing those with the same key; how many. By the thousand: 4 statements per 500."""
    done = 0
    left = iter(documents)
    while batch := list(islice(left, SET)):
        done += _put({document.key: document for document in batch})
    return done


def remove(keys: Iterable[str]) -> int:
    """Take documents out; how many were there."""
    return _delete("key = ANY(%s)", list(keys))


def remove_of(organisation: int, *, kind: str = "") -> int:
    """Take out all that an organisation put in (of one kind, if given); how many there were."""
    return _delete("organisation_id = %s AND (%s = '' OR kind = %s)", organisation, kind, kind)


def count(*, organisation: int | None = None, kind: str = "") -> int:
    """How many documents there are. Counts them: for tests, imports and figures, not for pages."""
    found = SearchDocument.objects.all()
    found = found if organisation is None else found.filter(organisation_id=organisation)
    return (found.filter(kind=kind) if kind else found).count()


@transaction.atomic
def _put(documents: dict[str, Document]) -> int:
    with connection.cursor() as cursor:
        rows: list[dict[str, Any]] = [_row(document) for document in documents.values()]
        of = numbers({tag for row in rows for tag in _counted(row)})
        for row in rows:
            row["counted"] = "\\x" + packed(of[tag] for tag in _counted(row)).hex()
        given: Any = Jsonb(rows)
        cursor.execute(PUT, [given])
        ids = dict(cursor.fetchall())
        cursor.execute("DELETE FROM search_place WHERE document_id = ANY(%s)", [list(ids.values())])
        places = [(ids[d.key], place.lat, place.lon, place.city) for d in documents.values() for place in d.places]
        if places:
            cursor.execute(
                "INSERT INTO search_place (document_id, lat, lon, city) SELECT * FROM unnest(%s::bigint[], %s::float8[], %s::float8[], %s::text[])",
                [list(column) for column in zip(*places, strict=True)],
            )
    return len(documents)


def _delete(where: str, *parameters: Any) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"""WITH gone AS (DELETE FROM search_document WHERE {where} RETURNING id),
                places AS (DELETE FROM search_place WHERE document_id IN (SELECT id FROM gone))
                SELECT count(*) FROM gone""",
            list(parameters),
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _row(one: Document) -> dict[str, Any]:
    es, en = one.texts.get("es", NO_TEXT), one.texts.get("en", NO_TEXT)
    given = [(_clean(t.title), t.keywords, t.subtitle, t.body) for t in one.texts.values()]
    prepared = prepare(given, [one.sku, *one.codes], [one.seller_name, one.city])
    return {
        "key": one.key,
        "kind": one.kind,
        "organisation_id": one.organisation,
        "url": one.url,
        "title_es": _clean(es.title),
        "title_en": _clean(en.title),
        "subtitle_es": _clean(es.subtitle),
        "subtitle_en": _clean(en.subtitle),
        "body_es": _clean(es.body[:LONGEST_BODY]),
        "body_en": _clean(en.body[:LONGEST_BODY]),
        "keywords": _clean(", ".join(dict.fromkeys(word for text in one.texts.values() for word in text.keywords))),
        "sku": _clean(one.sku),
        "seller_slug": one.seller_slug,
        "seller_name": _clean(one.seller_name),
        "categories": list(one.categories),
        "tags": _tags(one),
        "price_minor": one.price.minor if one.price is not None else None,
        "price_currency": one.price.currency if one.price is not None else "",
        "in_stock": one.in_stock,
        "certified": one.certified,
        "country": one.country,
        "city": _clean(one.city),
        "picture": one.picture,
        "popularity": min(1.0, max(0.0, one.popularity)),
        "title_length": prepared.title_length,
        "length": prepared.length,
        "published_at": (one.published_at or one.updated_at).isoformat(),
        "updated_at": one.updated_at.isoformat(),
        "words": prepared.words,
        "head": prepared.head,
    }


def _tags(one: Document) -> list[str]:
    """All that can be filtered by and counted. Ours carry a colon before any "=", so that no owner can forge one."""
    cities = dict.fromkeys(place_tag(city) for city in [one.city, *(place.city for place in one.places)] if city)
    ours: Sequence[str] = [
        *(f"category:{slug}" for slug in one.categories),
        *cities,
        *([f"seller:{one.seller_slug}"] if one.seller_slug else []),
        *([f"country:{one.country}"] if one.country else []),
        *(["is:certified"] if one.certified else []),
        *(["is:in_stock"] if one.in_stock else []),
    ]
    theirs = [_clean(pair) for pair in one.facets if ":" not in pair.partition("=")[0]]
    return [*ours, *dict.fromkeys(theirs)]


def _counted(row: dict[str, Any]) -> list[str]:
    """What it is counted by: its kind, its tags and the band of its price; what a shelf of a seller has in common as one."""
    price = [] if row["price_minor"] is None else [f"price:{row['price_currency']}:{band(row['price_minor'])}"]
    return [*together([f"kind:{row['kind']}", *row["tags"]]), *price]


def _clean(text: str) -> str:
    """Without what PostgreSQL cannot keep."""
    return text.replace("\x00", "")
