"""Every public address that is worth finding, in parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from oportuno.doors.marketplace.queries.media import media_addresses
from oportuno.doors.marketplace.queries.packs import current_pack
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory
from oportuno.offer.ebooks import api as ebooks
from oportuno.offer.experts import api as experts
from oportuno.offer.glossary import api as glossary
from oportuno.offer.guides import api as guides
from oportuno.offer.knowledge import api as knowledge
from oportuno.offer.sites import api as sites

PART = 2_000  # addresses; each stands there in four languages
MOST_PARTS = 1_000
MOST_SITES = 40_000  # an index holds 50,000 maps at most: sitemaps.org/protocol.html#index
Found = Iterable[tuple[str, datetime | None]]


def parts() -> Iterator[str]:
    """Names of the parts; products in pages, each named by the key it begins after."""
    yield from ("pages", "categories", "sellers", "articles", "media", "experts", "words", "books", "guides")
    after: UUID | None = None
    for _ in range(MOST_PARTS):
        yield f"products-{after.hex}" if after else "products"
        after = catalogue.last_of_products(after, PART)
        if after is None:
            return


def maps_of_sites() -> list[str]:
    """Paths of the maps that sites below the market keep themselves; one on a host of its own names its map there."""
    return sites.maps_in_the_market(limit=MOST_SITES)


def addresses(part: str) -> Found | None:
    """(path, last change) of a part; None when there is no such part."""
    kind, _, mark = part.partition("-")
    if kind == "products":
        return _products(mark)
    known = {
        "pages": _pages,
        "categories": _categories,
        "sellers": _sellers,
        "articles": _articles,
        "media": media_addresses,
        "experts": experts.addresses,
        "words": glossary.addresses,
        "books": ebooks.addresses,
        "guides": _guides,
    }
    return known[part]() if part in known else None


def _pages() -> Found:
    pack = current_pack()
    names = ("home", "sellers", "categories", "media", "guides", "vetting", "sell", "privacy")
    sectors = [reverse("market:sector", args=[one.slug]) for one in pack.sectors.sectors] if pack else []
    centre = [reverse(f"knowledge:{name}") for name in ("home", "articles", "cases")] + [
        reverse("glossary:glossary"),
        reverse("ebooks:shelf"),
    ]
    return [(path, None) for path in [*(reverse(f"market:{name}") for name in names), *centre, *sectors]]


def _categories() -> Found:
    return [(reverse("market:category", args=[one.path]), None) for one in catalogue.shelves()]


def _sellers() -> Found:
    rows = directory.Seller.objects.filter(published=True).order_by("slug").values_list("slug", "changed_at")[:50_000]
    return [(reverse("market:seller", args=[slug]), at) for slug, at in rows]


def _articles() -> Found:
    return knowledge.addresses()


def _guides() -> Found:
    return [(reverse("market:guide", args=[slug]), at) for slug, at in guides.guide_addresses(None, PART)]


def _products(mark: str) -> Found | None:
    try:
        after = UUID(mark) if mark else None
    except ValueError:
        return None
    return [(reverse("market:product", args=[slug]), at) for slug, at in catalogue.product_addresses(after, PART)]
