"""Promises of the directory that hold at every moment. Each answers how many rows break it; acts for the market."""

from __future__ import annotations

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from oportuno.offer.directory.models import Application, Certification, PointOfSale, Seller, SellerPlace, SellerSector, Turn
from oportuno.offer.search.api import found_of_others


def states_without_turn() -> int:
    """An application's state is its last turn's."""
    last = Turn.objects.filter(application=OuterRef("pk")).order_by("-at", "-id").values("state")[:1]
    return Application.objects.annotate(told=Subquery(last)).exclude(state=F("told")).count()


def seen_against_standing() -> int:
    """Who is seen is approved, and nothing is seen of who is not."""
    wrong: list[QuerySet[Seller] | QuerySet[SellerSector] | QuerySet[SellerPlace] | QuerySet[PointOfSale] | QuerySet[Certification]] = [
        Seller.objects.exclude(published=Q(standing="approved")),
        SellerSector.objects.filter(published=True, seller__published=False),
        SellerPlace.objects.filter(published=True, seller__published=False),
        PointOfSale.objects.filter(published=True).filter(Q(seller__published=False) | Q(closed_at__isnull=False)),
        Certification.objects.filter(published=True).filter(Q(seller__published=False) | Q(ended_at__isnull=False)),
    ]
    return sum(rows.count() for rows in wrong)


def found_against_standing() -> int:
    """Nothing is found of who is not seen."""
    return found_of_others(Seller.objects.filter(published=True).values_list("organisation_id", flat=True))
