"""What documents show of the library: published things only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from oportuno.kernel.content import ShownFile, ShownPicture
from oportuno.offer.media.models import Item, Picture


def shown_pictures(names: Sequence[str], language: str) -> Mapping[str, ShownPicture]:
    """Pictures by the names that blocks give them."""
    found = Picture.objects.filter(pk__in=_ids(names), published=True)
    return {
        str(one.pk): ShownPicture(one.url(1280), one.width, one.height, one.srcset(), one.alt, one.avif_srcset(), one.focus)
        for one in found
    }


def shown_files(names: Sequence[str], language: str) -> Mapping[str, ShownFile]:
    """Films, sounds and files by the names that blocks give them."""
    found = Item.objects.filter(pk__in=_ids(names), published=True).exclude(kind=Item.Kind.IMAGE)
    return {str(one.pk): ShownFile(one.address, one.name, one.content_type, one.size) for one in found}


def _ids(names: Sequence[str]) -> list[UUID]:
    found = []
    for name in names:
        try:
            found.append(UUID(name))
        except ValueError:
            continue
    return found
