"""How many sellers each choice of the directory leaves."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.core.cache import cache
from django.db import connection
from django.db.models import CharField, Count, F, Func, QuerySet, Value
from django.utils.translation import get_language

from oportuno.offer.directory.models import Certification, Place, SellerPlace, SellerSector
from oportuno.offer.directory.queries.cards import place_name
from oportuno.offer.directory.queries.directory import Criteria, filtered
from oportuno.offer.directory.queries.sellers import as_anybody, certified_sellers, shown_certifications
from oportuno.offer.directory.queries.verticals import said, sectors

Row = TypeVar("Row", SellerSector, SellerPlace, Certification)
MANY = 5_000  # sellers; counting fewer takes less than a page does (100,000: a fifth of a second to one)
KEPT = 60  # seconds that the counts of a large market are kept; they are numbers, and say nothing of anybody


@dataclass(frozen=True)
class Counted:
    """A choice and how many sellers it leaves."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class DirectoryCounts:
    total: int
    certified: int
    sectors: Sequence[Counted]
    regions: Sequence[Counted]
    certifications: Sequence[Counted]


def directory_counts(criteria: Criteria | None = None) -> DirectoryCounts:
    """How many sellers each choice leaves: each facet under all criteria but its own. In a large market up to a minute old."""
    wanted = criteria or Criteria()
    with as_anybody():
        if not _many_sellers():
            return _counted(wanted)
        key = hashlib.sha256(f"directory counts {get_language()} {wanted}".encode()).hexdigest()
        return cache.get_or_set(key, lambda: _counted(wanted), KEPT) or _counted(wanted)


def _counted(wanted: Criteria) -> DirectoryCounts:
    return DirectoryCounts(
        total=filtered(wanted).count(),
        certified=certified_sellers(filtered(wanted, without="certified")).count(),
        sectors=_sector_counts(wanted),
        regions=_region_counts(wanted),
        certifications=_certification_counts(wanted),
    )


def _many_sellers() -> bool:
    """As the database's own statistics have it: asking costs nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples > %s FROM pg_class WHERE oid = 'seller'::regclass", [MANY])
        return bool(cursor.fetchone()[0])


def _of(rows: QuerySet[Row], criteria: Criteria, without: str) -> QuerySet[Row]:
    """Rows of the sellers found. What is published is of published sellers, so without criteria there is nothing to join."""
    others = {name: value for name, value in vars(criteria).items() if name not in (without, "sort", "km")}
    return rows if not any(others.values()) else rows.filter(seller__in=filtered(criteria, without=without))


def _sector_counts(criteria: Criteria) -> list[Counted]:
    rows = _of(SellerSector.objects.filter(published=True), criteria, "sector")
    counts = dict(rows.values_list("sector_id").annotate(n=Count("id")))
    return [Counted(one.slug, said(one.title), counts[one.pk]) for one in sectors() if one.pk in counts]


def _region_counts(criteria: Criteria) -> list[Counted]:
    """Countries and regions that sellers serve. Who serves a whole country serves each of its regions."""
    rows = _of(SellerPlace.objects.filter(published=True), criteria, "place").annotate(land=_part(1), region=_part(2))
    lands = dict(rows.values_list("land").annotate(n=Count("seller_id", distinct=True)))
    served = rows.values_list("land", "region").annotate(n=Count("seller_id", distinct=True))
    counts = {(land, region): n for land, region, n in served}  # region "": the whole country, and nothing in it beside
    regions = {f"{land}-{region}": n + counts.get((land, ""), 0) for (land, region), n in counts.items() if region}
    named = Place.objects.in_bulk([*lands, *regions])
    found = [Counted(code, place_name(named[code]), n) for code, n in {**lands, **regions}.items() if code in named]
    return sorted(found, key=lambda one: (-one.count, one.label))


def _part(number: int) -> Func:
    """The country (1) or the region (2) of a place's code."""
    return Func(F("place_id"), Value("-"), Value(number), function="split_part", output_field=CharField())


def _certification_counts(criteria: Criteria) -> list[Counted]:
    rows = _of(shown_certifications(), criteria, "certification")
    counts = dict(rows.values_list("key").annotate(n=Count("id")))
    titles = {one.key: said(one.title) for one in rows.filter(key__in=counts).order_by("key", "-granted_at").distinct("key")}
    return sorted((Counted(key, titles[key], n) for key, n in counts.items()), key=lambda one: (-one.count, one.label))
