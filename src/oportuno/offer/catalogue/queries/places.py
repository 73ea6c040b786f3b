"""Where stock may be: the seller's points of sale, and the store room that nobody visits."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import acting_organisation
from oportuno.offer.directory import api as directory


@dataclass(frozen=True, slots=True)
class Place:
    """`id` None: the store room."""

    id: UUID | None
    name: str


def store_room() -> Place:
    return Place(None, _("Store room"))


def places_of(organisation: int) -> list[Place]:
    """The store room, then the open points of sale by name. Two queries, as the organisation."""
    seller = directory.seller_of(organisation)
    points = directory.points_of(seller) if seller else []
    return [store_room(), *(Place(point.pk, point.name) for point in points)]


def own_place(place: UUID | None) -> None:
    """Stock lies in one's own places only. Raises NotFound: another's and none at all look the same."""
    if place and not directory.PointOfSale.objects.filter(pk=place, organisation_id=acting_organisation()).exists():
        raise NotFound


def is_on_show(organisation: int) -> bool:
    """Whether anybody may see what this organisation offers."""
    seller = directory.seller_of(organisation)
    return bool(seller and seller.published)
