"""What narrows a question, as SQL. Values are parameters, always."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import cos, radians
from typing import Any

from oportuno.offer.search.queries.asking import Near, Query
from oportuno.offer.search.rules.ranges import bounds
from oportuno.offer.search.rules.words import place_tag

KM_PER_DEGREE = 111.2


@dataclass
class Condition:
    """Parts of a WHERE, joined by AND, with their parameters; `join` narrows to what lies near."""

    parts: list[str] = field(default_factory=list)
    parameters: list[Any] = field(default_factory=list)
    join: str = ""
    join_parameters: list[Any] = field(default_factory=list)

    def add(self, part: str, *parameters: Any) -> None:
        self.parts.append(part)
        self.parameters.extend(parameters)

    @property
    def where(self) -> str:
        return " AND ".join(self.parts) or "true"


def condition(query: Query, *, without: str = "") -> Condition:
    """All that narrows a question beside its words; `without`: but for one facet (its key, "place", "seller" or "country")."""
    found = Condition()
    if query.kind:
        found.add("d.kind = %s", query.kind)
    if all_of := _tags(query, without):
        found.add("d.tags @> %s", all_of)
    for key, values in query.facets.items():
        if key != without and values:
            _any_of(found, key, values)
    if query.least or query.most:
        currency = (query.least or query.most).currency  # type: ignore[union-attr]
        found.add("d.price_currency = %s", currency)
    if query.least:
        found.add("d.price_minor >= %s", query.least.minor)
    if query.most:
        found.add("d.price_minor <= %s", query.most.minor)
    if query.near:
        found.join, found.join_parameters = _near(query.near)
    return found


def _any_of(found: Condition, key: str, values: Sequence[str]) -> None:
    """Any of a facet's values. A range stands for the numbers in it that anything has, so that the index of tags finds them."""
    ranges = [one for value in values if (one := bounds(value))]
    parameters: list[Any]
    parts, parameters = ["%s::text[]"], [[f"{key}={value}" for value in values if not bounds(value)]]
    for least, most in ranges:
        parts.append(
            """(SELECT COALESCE(array_agg(tag), '{}') FROM search_tag
                WHERE key = %s AND number >= COALESCE(%s, '-infinity'::float8) AND number <= COALESCE(%s, 'infinity'::float8))"""
        )
        parameters += [key, least, most]
    found.add(f"d.tags && ({' || '.join(parts)})", *parameters)


def _tags(query: Query, without: str) -> list[str]:
    wanted = {
        "category": f"category:{query.category}" if query.category else "",
        "seller": f"seller:{query.seller}" if query.seller else "",
        "country": f"country:{query.country.upper()}" if query.country else "",
        "place": place_tag(query.place) if query.place else "",
        "certified": "is:certified" if query.certified else "",
        "in_stock": "is:in_stock" if query.in_stock else "",
    }
    return [tag for name, tag in wanted.items() if tag and name != without]


def _near(near: Near) -> tuple[str, list[Any]]:
    """The nearest place of each document within the circle: a box by the index, then the haversine."""
    high = near.km / KM_PER_DEGREE
    wide = high / max(0.05, cos(radians(near.lat)))
    sql = """JOIN (
        SELECT document_id, min(metres) AS metres FROM (
            SELECT document_id, 12742000 * asin(least(1, sqrt(
                sin(radians(lat - %s) / 2) ^ 2 + cos(radians(%s)) * cos(radians(lat)) * sin(radians(lon - %s) / 2) ^ 2))) AS metres
            FROM search_place WHERE point(lon, lat) <@ box(point(%s, %s), point(%s, %s))
        ) each_place WHERE metres <= %s GROUP BY document_id
    ) near ON near.document_id = d.id"""
    box = [near.lon - wide, near.lat - high, near.lon + wide, near.lat + high]
    return sql, [near.lat, near.lat, near.lon, *box, near.km * 1000]
