"""Pieces: in the workbench, and as anybody sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import acting_organisation
from oportuno.offer.media.models import Collection, Find, Piece, Place
from oportuno.offer.media.queries.usage import Use

PAGE = 24
Mark = tuple[datetime, UUID]
"""Where a page begins: before this moment, and this identity."""


def mark_of(said: str) -> Mark | None:
    """A place in a list, out of an address; None for what is none."""
    moment, _tilde, key = said.partition("~")
    try:
        at, found = datetime.fromisoformat(moment), UUID(key)
    except ValueError:
        return None
    return (at, found) if at.tzinfo else None


def as_mark(row: Piece) -> str:
    return f"{row.at.isoformat()}~{row.pk}"


def _before(found: QuerySet[Piece], after: Mark | None) -> QuerySet[Piece]:
    if after:
        found = found.filter(Q(at__lt=after[0]) | Q(at=after[0], pk__lt=after[1]))
    return found.order_by("-at", "-pk")


def own_pieces(*, state: str = "", after: Mark | None = None, limit: int = PAGE) -> list[Piece]:
    """Of the organisation we act for, the newest first. `state`: "", published, hidden. One more than `limit` says that there are more."""
    found = Piece.objects.filter(organisation_id=acting_organisation()).select_related("picture")
    if state:
        found = found.filter(published=state == "published")
    return list(_before(found, after)[: limit + 1])


def piece_for(piece: UUID) -> Piece:
    """Raises NotFound."""
    found = Piece.objects.filter(organisation_id=acting_organisation(), pk=piece).select_related("picture").first()
    if found is None:
        raise NotFound
    return found


def shown_pieces(
    *, sellers: Iterable[int] | QuerySet[Any], category: str = "", form: str = "", after: Mark | None = None, limit: int = PAGE
) -> list[Piece]:
    """What these organisations show, the newest first; acts for the public. One more than `limit` says that there are more."""
    found = Piece.objects.filter(published=True, organisation_id__in=sellers).select_related("picture")
    if category:
        found = found.filter(category=category)
    if form:
        found = found.filter(formats__contains=[form])
    return list(_before(found, after)[: limit + 1])


def shown_piece(organisation: int, slug: str) -> Piece:
    """As anybody sees it. Raises NotFound."""
    found = Piece.objects.filter(organisation_id=organisation, slug=slug, published=True).select_related("picture").first()
    if found is None:
        raise NotFound
    return found


def shown_collections(*, sellers: Iterable[int] | QuerySet[Any], limit: int = PAGE) -> list[Collection]:
    """What these organisations share, the newest first."""
    found = Collection.objects.filter(published=True, organisation_id__in=sellers)
    return list(found.order_by("-published_at", "-pk")[:limit])


def shown_collection(organisation: int, slug: str) -> tuple[Collection, list[Find]]:
    """A collection and what it holds, as anybody sees it. Raises NotFound."""
    found = Collection.objects.filter(organisation_id=organisation, slug=slug, published=True).first()
    if found is None:
        raise NotFound
    places = Place.objects.filter(collection=found, published=True, find__shown=True).select_related("find__picture")
    return found, [place.find for place in places.order_by("position", "pk")]


def where_told(items: Sequence[UUID], slug: str) -> Mapping[UUID, Sequence[Use]]:
    """Pieces of the organisation we act for that show these things. One query."""
    found: dict[UUID, list[Use]] = defaultdict(list)
    told = Q(video_id__in=items) | Q(audio_id__in=items) | Q(image_id__in=items) | Q(picture_id__in=items)
    for piece in Piece.objects.filter(told, organisation_id=acting_organisation()).order_by("pk")[:1000]:
        href = reverse("library:piece", args=[slug, piece.pk]) if slug else ""
        for item in set(items) & {piece.video_id, piece.audio_id, piece.image_id, piece.picture_id}:
            found[item].append(Use(_("Piece: %(title)s") % {"title": piece.title}, href))
    return found
