"""Channels that are followed, and what was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import acting_organisation
from oportuno.offer.media.models import Channel, Collection, Find, Place, Sighting

PAGE = 40


def channels() -> list[Channel]:
    """All that the organisation follows: at most a hundred."""
    return list(Channel.objects.filter(organisation_id=acting_organisation()).order_by("-own", "title", "pk"))


def channel_for(channel: UUID) -> Channel:
    """Raises NotFound."""
    found = Channel.objects.filter(organisation_id=acting_organisation(), pk=channel).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class FindFilters:
    """`state`: "", rated, unrated, aside. `channel` None: from everywhere."""

    state: str = ""
    kind: str = ""
    channel: UUID | None = None
    tag: str = ""
    text: str = ""

    @property
    def any(self) -> bool:
        return any((self.state, self.kind, self.channel, self.tag, self.text))


@dataclass(frozen=True, slots=True)
class FindRow:
    """A find with the names of the channels that had it, and of the collections that hold it."""

    find: Find
    channels: tuple[str, ...]
    collections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindPage:
    rows: tuple[FindRow, ...]
    after: str


def finds() -> QuerySet[Find]:
    return Find.objects.filter(organisation_id=acting_organisation()).select_related("picture")


def find_for(find: UUID) -> Find:
    """Raises NotFound."""
    found = finds().filter(pk=find).first()
    if found is None:
        raise NotFound
    return found


def finds_page(filters: FindFilters, after: tuple[datetime, UUID] | None = None, limit: int = PAGE) -> FindPage:
    """What was found, the newest first. Three queries."""
    found = _filtered(filters)
    if after:
        found = found.filter(Q(published_at__lt=after[0]) | Q(published_at=after[0], pk__lt=after[1]))
    rows = list(found.order_by("-published_at", "-pk")[: limit + 1])
    shown, last = rows[:limit], rows[limit - 1] if len(rows) > limit else None
    return FindPage(tuple(_rows(shown)), f"{last.published_at.isoformat()}~{last.pk}" if last else "")


def _filtered(filters: FindFilters) -> QuerySet[Find]:
    found = finds().filter(hidden=filters.state == "aside")
    if filters.state in ("rated", "unrated"):
        found = found.filter(stars__isnull=filters.state == "unrated")
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.tag:
        found = found.filter(tags__contains=[filters.tag])
    if filters.channel:
        found = found.filter(pk__in=Sighting.objects.filter(channel_id=filters.channel).values("find_id"))
    for word in filters.text.split()[:6]:
        found = found.filter(title__icontains=word)
    return found


def _rows(found: list[Find]) -> Iterable[FindRow]:
    ids = [find.pk for find in found]
    seen: dict[UUID, dict[str, None]] = {}
    for find, title in Sighting.objects.filter(find_id__in=ids, channel__isnull=False).values_list("find_id", "channel__title"):
        seen.setdefault(find, {})[title] = None
    held: dict[UUID, dict[str, None]] = {}
    for find, title in Place.objects.filter(find_id__in=ids).values_list("find_id", "collection__title"):
        held.setdefault(find, {})[title] = None
    return (FindRow(find, tuple(seen.get(find.pk, ())), tuple(held.get(find.pk, ()))) for find in found)


@dataclass(frozen=True, slots=True)
class CollectionRow:
    collection: Collection
    count: int


def collections() -> list[CollectionRow]:
    """All collections with how much each holds. Two queries."""
    rows = list(Collection.objects.filter(organisation_id=acting_organisation()).order_by("-created_at", "-pk")[:200])
    held: dict[UUID, int] = {}
    for one in Place.objects.filter(collection__in=rows).values_list("collection_id", flat=True):
        held[one] = held.get(one, 0) + 1
    return [CollectionRow(row, held.get(row.pk, 0)) for row in rows]


def collection_for(collection: UUID) -> Collection:
    """Raises NotFound."""
    found = Collection.objects.filter(organisation_id=acting_organisation(), pk=collection).first()
    if found is None:
        raise NotFound
    return found


def held_by(collection: Collection) -> list[Find]:
    """What a collection holds, in its order."""
    places = Place.objects.filter(collection=collection).select_related("find__picture").order_by("position", "pk")
    return [place.find for place in places]


def collections_of(find: Find) -> set[UUID]:
    return set(Place.objects.filter(find=find).values_list("collection_id", flat=True))
