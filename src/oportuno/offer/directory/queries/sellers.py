"""Finding sellers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import acting, for_public
from oportuno.kernel.statements import Given, Statement
from oportuno.offer.directory.models import Certification, Place, PointOfSale, Seller, SellerPlace, SellerSector

PUBLISHED: Statement[Seller] = Statement(
    lambda slug: Seller.objects.filter(slug=slug, published=True).select_related("home__parent", "emblem", "portrait")[:1]
)
POINTS: Statement[PointOfSale] = Statement(
    lambda seller: PointOfSale.objects.filter(seller=seller, closed_at__isnull=True).select_related("place__parent").order_by("name", "id")
)


POINTS_BY_ID: Statement[PointOfSale] = Statement(lambda ids: PointOfSale.objects.filter(pk__among=ids))


@contextmanager
def as_anybody() -> Iterator[None]:
    """See what is published, whoever asks. Costs nothing on a public page, which does so already."""
    if acting().role == "public":
        yield
        return
    with for_public():
        yield


def shown_certifications(at: datetime | Given | None = None) -> QuerySet[Certification]:
    """What the market vouches for at a moment (now): one whose day has come shows no more, before the clock's job has ended it."""
    return Certification.objects.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at or now()), published=True)


SHOWN_CERTIFICATION = "{0}.published AND ({0}.expires_at IS NULL OR {0}.expires_at > %s)"
"""The same in SQL, of a table or its alias; it asks for the moment."""


def certified_sellers(sellers: QuerySet[Seller]) -> QuerySet[Seller]:
    """Those of them with a certification at this moment. The few whose last one's day has come are looked up; the others are marked."""
    others = shown_certifications().filter(seller=OuterRef("seller"))
    lapsed = Certification.objects.filter(~Exists(others), published=True, ended_at__isnull=True, expires_at__lte=now())
    return sellers.filter(certified=True).exclude(pk__in=lapsed.values("seller_id"))


def published_seller(slug: str) -> Seller:
    """The seller as anybody sees it. Raises NotFound: unvetted, suspended, expired and absent look the same."""
    with as_anybody():
        found = PUBLISHED.first(slug=slug)
    if found is None:
        raise NotFound
    return found


def seller_of(organisation: int) -> Seller | None:
    """The organisation's own seller, published or not; None before it applied. Acts as the caller does."""
    return Seller.objects.filter(organisation_id=organisation).first()


def own_seller(organisation: int) -> Seller:
    """The organisation's own seller. Raises NotFound before it applied."""
    found = seller_of(organisation)
    if found is None:
        raise NotFound
    return found


def sector_slugs(seller: Seller) -> list[str]:
    return list(SellerSector.objects.filter(seller=seller).order_by("sector__order").values_list("sector__slug", flat=True))


def unvetted_sectors(seller: Seller) -> list[SellerSector]:
    """Sectors that were chosen after the approval and wait for their evidence."""
    return list(SellerSector.objects.filter(seller=seller, vetted=False).select_related("sector").order_by("sector__order"))


def places_of(seller: Seller) -> list[Place]:
    """Places the seller serves, widest first."""
    served = SellerPlace.objects.filter(seller=seller).values("place_id")
    return list(Place.objects.filter(pk__in=list(served.values_list("place_id", flat=True))).select_related("parent").order_by("code"))


def points_by_id(ids: list[UUID]) -> dict[UUID, PointOfSale]:
    """Those we may see; on a public page, those shown."""
    return {one.pk: one for one in POINTS_BY_ID.all(ids=ids)} if ids else {}


def served_places(organisations: Collection[int]) -> list[tuple[int, str]]:
    """(organisation, code) of the places that these sellers serve, the widest first; one query. Acts for the public."""
    rows = SellerPlace.objects.filter(organisation_id__in=organisations, published=True).annotate(length=Length("place_id"))
    return list(rows.order_by("length", "place_id").values_list("organisation_id", "place_id"))


def points_of(seller: Seller) -> list[PointOfSale]:
    """Points of sale that are not closed for good, by name; on a public page only those shown."""
    return POINTS.all(seller=seller.pk)


def point_for(organisation: int, point: UUID) -> PointOfSale:
    """A point of sale of the organisation, not closed. Raises NotFound."""
    found = (
        PointOfSale.objects.filter(organisation_id=organisation, pk=point, closed_at__isnull=True).select_related("place__parent").first()
    )
    if found is None:
        raise NotFound
    return found
