"""What must always hold of the index, counted."""

from __future__ import annotations

from collections.abc import Iterable

from oportuno.offer.search.models import SearchDocument


def found_of_others(seen: Iterable[int]) -> int:
    """Products and sellers that can be found though their organisation is none of those who may be seen."""
    return SearchDocument.objects.filter(kind__in=["product", "seller"]).exclude(organisation_id__in=seen).count()


def counted_otherwise() -> int:
    """Documents that are not counted by as many numbers as they have tags, a kind and perhaps a price."""
    return SearchDocument.objects.extra(where=["length(counted) <> 4 * (cardinality(tags) + 1 + (price_minor IS NOT NULL)::int)"]).count()
