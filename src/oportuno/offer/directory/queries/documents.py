"""Sellers as search finds them. Public words only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from oportuno.offer.directory.models import Certification, PointOfSale, Seller, SellerPlace, SellerSector
from oportuno.offer.directory.queries.cards import place_name
from oportuno.offer.directory.queries.sellers import shown_certifications
from oportuno.offer.search.api import SERVES, Document, Language, Texts
from oportuno.offer.search.api import Place as Where

LANGUAGES: tuple[Language, ...] = ("es", "en")


def key_of(seller: UUID) -> str:
    return f"seller:{seller}"


def documents(sellers: Iterable[UUID]) -> list[Document]:
    """A document for each of these sellers that is published. Five queries, however many."""
    rows = list(Seller.objects.filter(pk__in=list(sellers), published=True).select_related("home", "emblem").order_by("pk"))
    ids = [one.pk for one in rows]
    sectors: dict[UUID, list[SellerSector]] = defaultdict(list)
    for one in SellerSector.objects.filter(seller__in=ids, published=True).select_related("sector").order_by("sector__order"):
        sectors[one.seller_id].append(one)
    held: dict[UUID, list[Certification]] = defaultdict(list)
    for certification in shown_certifications().filter(seller__in=ids).order_by("granted_at"):
        held[certification.seller_id].append(certification)
    points: dict[UUID, list[PointOfSale]] = defaultdict(list)
    for point in PointOfSale.objects.filter(seller__in=ids, published=True).select_related("place").order_by("created_at"):
        points[point.seller_id].append(point)
    served: dict[UUID, list[str]] = defaultdict(list)
    for place in SellerPlace.objects.filter(seller__in=ids, published=True).order_by("place_id"):
        served[place.seller_id].append(place.place_id)
    return [_document(one, sectors[one.pk], held[one.pk], points[one.pk], served[one.pk]) for one in rows]


def _document(
    seller: Seller, sectors: list[SellerSector], held: list[Certification], points: list[PointOfSale], served: list[str]
) -> Document:
    return Document(
        key=key_of(seller.pk),
        kind="seller",
        organisation=seller.organisation_id,
        url=f"/v/{seller.slug}/",
        texts={language: _texts(seller, language, sectors, held, points) for language in LANGUAGES},
        updated_at=seller.changed_at,
        published_at=seller.approved_at,
        seller_slug=seller.slug,
        seller_name=seller.trade_name,
        facets=(
            *(f"sector={one.sector.slug}" for one in sectors),
            *(f"certification={one.key}" for one in held),
            *(f"{SERVES}={code}" for code in served),
        ),
        certified=seller.certified and bool(held),
        country=seller.country,
        city=place_name(seller.home),
        places=tuple(
            Where(one.latitude, one.longitude, place_name(one.place))
            for one in points
            if one.latitude is not None and one.longitude is not None
        ),
        picture=seller.emblem.url() if seller.emblem else "",
        popularity=min(1.0, 0.2 * len(held)),
    )


def _texts(seller: Seller, language: Language, sectors: list[SellerSector], held: list[Certification], points: list[PointOfSale]) -> Texts:
    other = "en" if language == "es" else "es"

    def in_words(name: str) -> str:
        return str(getattr(seller, f"{name}_{language}") or getattr(seller, f"{name}_{other}"))

    marks = [*(one.sector.title[language] for one in sectors), *(one.sector.singular[language] for one in sectors)]
    return Texts(
        title=seller.trade_name,
        subtitle=in_words("difference"),
        keywords=(*dict.fromkeys(marks), *(one.title[language] for one in held)),
        body="\n".join([in_words("story"), *(f"{one.name} {one.address} {getattr(one, f'serves_{language}')}" for one in points)]),
    )
