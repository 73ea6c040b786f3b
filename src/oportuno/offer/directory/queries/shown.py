"""Sellers and their points of sale as documents show them: those on show, in the language of the document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from oportuno.kernel.ui.cards import Place
from oportuno.offer.directory.models import PointOfSale, Seller
from oportuno.offer.directory.queries.cards import SellerCard, directions, place_name, seller_cards
from oportuno.offer.directory.queries.sellers import as_anybody
from oportuno.offer.directory.rules.numbers import written_phone
from oportuno.offer.directory.rules.places import Point
from oportuno.offer.sites.api.pieces import ShownCard, spoken
from oportuno.people.organisations.api import Organisation

MOST = 30


def shown_sellers(names: Sequence[str], language: str) -> Mapping[str, ShownCard]:
    """By the names that blocks give them. Five queries."""
    with translation.override(spoken(language)):
        return {str(pk): _card(card) for pk, card in seller_cards(_ids(names)).items()}


def shown_points(names: Sequence[str], language: str) -> Mapping[str, Place]:
    """Points that are on the map, by the names that blocks give them. One query."""
    with as_anybody(), translation.override(spoken(language)):
        found = PointOfSale.objects.filter(pk__in=_ids(names), published=True, latitude__isnull=False).select_related("place")
        return {str(one.pk): _place(one) for one in found}


def sellers_to_pick(organisation: Organisation, words: str) -> list[Seller]:
    """What the editor offers: the organisation itself; to the operator any seller on show."""
    with as_anybody():
        found = Seller.objects.filter(published=True)
        found = found if organisation.is_operator else found.filter(organisation_id=organisation.pk)
        return list((found.filter(trade_name__icontains=words) if words else found).select_related("emblem").order_by("trade_name")[:MOST])


def points_to_pick(organisation: Organisation, words: str) -> list[PointOfSale]:
    """The organisation's own points on the map."""
    own = PointOfSale.objects.filter(organisation_id=organisation.pk, closed_at__isnull=True, published=True, latitude__isnull=False)
    return list((own.filter(name__icontains=words) if words else own).order_by("name")[:MOST])


def _card(card: SellerCard) -> ShownCard:
    english = (translation.get_language() or "").startswith("en")
    face = card.portrait or card.emblem
    note = ", ".join(one.title for one in card.certifications[:2]) or card.city
    return ShownCard(
        card.name, f"{settings.ORIGIN}{'/en' if english else ''}/v/{card.slug}/", _("Meet them"), lead=card.difference, note=note,
        src=face.url(640) if face else "", srcset=face.srcset() if face else "", alt=face.alt if face else "",
    )  # fmt: skip


def _place(point: PointOfSale) -> Place:
    assert point.latitude is not None
    assert point.longitude is not None
    lines = [one for one in (point.address, place_name(point.place), written_phone(point.phone) if point.phone else "") if one]
    way = directions(Point(point.latitude, point.longitude))["openstreetmap"]
    return Place(point.name, point.latitude, point.longitude, lines=lines, route=way)


def _ids(names: Sequence[str]) -> list[UUID]:
    found = []
    for name in names:
        try:
            found.append(UUID(name))
        except ValueError:
            continue
    return found
