"""What must always hold of the index, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from oportuno.offer.search.models import SearchDocument
from oportuno.offer.search.queries.tags import read
from oportuno.offer.search.rules.packing import apart, counted

BATCH = 2_000
PRICE = "price:"


def found_of_others(seen: Iterable[int]) -> int:
    """Products and sellers that can be found though their organisation is none of those who may be seen."""
    return SearchDocument.objects.filter(kind__in=["product", "seller"]).exclude(organisation_id__in=seen).count()


def counted_otherwise() -> int:
    """Documents that are not counted once by each of their tags, by their kind and, if they have one, by a band of prices."""
    rows = SearchDocument.objects.values_list("kind", "tags", "price_minor", "counted").iterator(BATCH)
    return sum(_counted_by(bytes(numbers)) != _should_be(kind, tags, price) for kind, tags, price, numbers in rows)


def _counted_by(numbers: bytes) -> Counter[str]:
    counts = counted(numbers)
    names = read(counts.keys())
    found = apart({names.get(one, f"no tag {one}"): count for one, count in counts.items()})
    return Counter({**{tag: n for tag, n in found.items() if not tag.startswith(PRICE)}, PRICE: _sum_of_prices(found)})


def _sum_of_prices(found: Counter[str]) -> int:
    return sum(count for tag, count in found.items() if tag.startswith(PRICE))


def _should_be(kind: str, tags: Sequence[str], price: int | None) -> Counter[str]:
    return Counter({f"kind:{kind}": 1, **dict.fromkeys(tags, 1), PRICE: int(price is not None)})
