"""Facets with counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from django.db import connection

from oportuno.offer.search.queries import hits
from oportuno.offer.search.queries.answers import Band, Count, Facets
from oportuno.offer.search.queries.asking import Query
from oportuno.offer.search.queries.filters import condition
from oportuno.offer.search.queries.tags import named
from oportuno.offer.search.queries.tallies import MOST, Tally, kept_tally, tally
from oportuno.offer.search.rules.prices import bands
from oportuno.offer.search.rules.words import place_tag

VALUES = 60  # of one facet; a longer list is a search of its own


def facets(query: Query, wanted: str, found: hits.Found) -> Facets:
    """Counts for what was found. One more query for each facet that is chosen already, so that its other values can be added."""
    tags = dict(found.tags)
    for key, prefix in _chosen(query):
        tags = {tag: n for tag, n in tags.items() if not tag.startswith(prefix)} | _without(query, wanted, key).beginning(prefix, VALUES)
    ours, theirs = _parted(tags)
    return Facets(
        kinds=_counts(found.kinds, {query.kind or ""}),
        categories=_counts(ours["category"], {query.category}),
        sellers=_counts(ours["seller"], {query.seller}),
        places=named("place", _counts(ours["place"], {place_tag(query.place).partition(":")[2]})),
        countries=_counts(ours["country"], {query.country.upper()}),
        certified=ours["is"].get("certified", 0),
        in_stock=ours["is"].get("in_stock", 0),
        prices=_prices(found),
        values={
            key: _counts(values, set(query.facets.get(key, ())))
            for key, values in sorted(theirs.items(), key=lambda one: -sum(one[1].values()))
        },
    )


def how_many(queries: Sequence[Query]) -> list[int]:
    """Of each question without words, how many there are: exact up to 10,000. One statement, however many questions."""
    parts, parameters = [], []
    for query in queries:
        narrowed = condition(query)
        parts.append(f"(SELECT count(*) FROM (SELECT 1 FROM search_document d {narrowed.join} WHERE {narrowed.where} LIMIT {MOST}) hits)")
        parameters += [*narrowed.join_parameters, *narrowed.parameters]
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", parameters)
        return [int(one) for one in cursor.fetchone()]


def _without(query: Query, wanted: str, key: str) -> Tally:
    """What there would be if one facet were not narrowed: often the whole shelf."""
    narrowed = condition(query, without=key)
    if not wanted:
        return kept_tally(narrowed)
    narrowed.add("d.words @@ %s::tsquery", wanted)
    return tally(narrowed)


def _chosen(query: Query) -> list[tuple[str, str]]:
    ours = {"place": query.place, "seller": query.seller, "country": query.country}
    return [
        *((key, f"{key}:") for key, value in ours.items() if value),
        *((key, f"{key}=") for key, values in query.facets.items() if values),
    ]


def _parted(tags: dict[str, int]) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, int]]]:
    """Our own tags by name, and the owners' by key."""
    ours: dict[str, dict[str, int]] = defaultdict(dict)
    theirs: dict[str, dict[str, int]] = defaultdict(dict)
    for tag, count in tags.items():
        name, equals, value = tag.partition("=")
        if ":" in name:
            kind, _, slug = tag.partition(":")
            ours[kind][slug] = count
        elif equals:
            theirs[name][value] = count
    return ours, theirs


def _counts(found: dict[str, int], chosen: set[str]) -> tuple[Count, ...]:
    given = {**{value: 0 for value in chosen if value}, **found}
    order = sorted(given.items(), key=lambda one: (one[0] not in chosen, -one[1], one[0]))
    return tuple(Count(value, count, value in chosen) for value, count in order[:VALUES])


def _prices(found: hits.Found) -> tuple[Band, ...]:
    """Bands in the currency that most of the results are priced in."""
    currencies: Counter[str] = Counter()
    for currency, _, count in found.prices:
        currencies[currency] += count
    if not currencies:
        return ()
    currency = currencies.most_common(1)[0][0]
    own = [(band, count) for code, band, count in found.prices if code == currency]
    return tuple(Band(least, most, currency, count) for least, most, count in bands(own))
