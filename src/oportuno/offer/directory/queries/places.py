"""Places to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from oportuno.offer.directory.models import Place
from oportuno.offer.directory.queries.cards import place_name
from oportuno.offer.directory.rules.places import plain


@dataclass(frozen=True)
class PlaceGroup:
    """A region, or a country without any, with the places in it."""

    code: str
    name: str
    places: Sequence[tuple[str, str]]


def everywhere() -> list[Place]:
    """Countries and their regions, by name."""
    return list(Place.objects.filter(kind__in=["country", "region"]).order_by("name_es"))


def countries() -> list[Place]:
    return list(Place.objects.filter(kind="country").order_by("name_es"))


def regions(country: str) -> list[Place]:
    """States, departments or provinces of a country, by name."""
    return list(Place.objects.filter(kind="region", country=country).order_by("name_es"))


def homes(country: str) -> list[PlaceGroup]:
    """Where a company of this country may be at home: municipalities by region where we know them, else the regions."""
    rows = list(Place.objects.filter(country=country).order_by("name_es"))
    within: dict[str, list[tuple[str, str]]] = {one.code: [] for one in rows if one.kind == "region"}
    for one in rows:
        if one.kind == "municipality" and one.parent_id in within:
            within[one.parent_id].append((one.code, place_name(one)))
    named = {one.code: place_name(one) for one in rows}
    if any(within.values()):
        return [PlaceGroup(code, named[code], inside) for code, inside in within.items() if inside]
    return [
        PlaceGroup(
            country, named.get(country, country), [(code, named[code]) for code in within] or [(country, named.get(country, country))]
        )
    ]


def on_map(country: str) -> dict[str, dict[str, Any]]:
    """Where the places of a country are, by code, for choosing a point; only those whose coordinates are known."""
    rows = Place.objects.filter(country=country, latitude__isnull=False)
    towns = {"municipality"} if rows.filter(kind="municipality").exists() else {"region"}
    return {one.code: {"name": place_name(one), "at": [one.latitude, one.longitude], "town": one.kind in towns} for one in rows}


def find_places(text: str, *, limit: int = 8) -> list[Place]:
    """Places whose name begins with, or else holds, what was typed; accents and case forgiven. Towns first when short."""
    wanted = plain(text)
    if len(wanted) < 2:
        return []
    held = [(not es.startswith(wanted), length, code) for es, en, length, code in _names() if wanted in es or wanted in en]
    codes = [code for _later, _length, code in sorted(held)[:limit]]
    found = Place.objects.select_related("parent").in_bulk(codes)
    return [found[code] for code in codes]


@cache
def _names() -> list[tuple[str, str, int, str]]:
    """Names without accents, how long the Spanish one is, and the code; 1,200 rows that only a migration changes."""
    rows = Place.objects.values_list("name_es", "name_en", "code")
    return [(plain(es), plain(en), len(es), code) for es, en, code in rows]


@cache
def place_names() -> Mapping[str, tuple[str, str]]:
    """(Spanish, English) of every place, by its code."""
    return {code: (es, en or es) for code, es, en in Place.objects.values_list("code", "name_es", "name_en")}


def place_for(code: str) -> Place | None:
    """A place by its code, with what it lies in."""
    return Place.objects.filter(pk=code).select_related("parent__parent").first()
