"""What lies behind a thing of the library, for who takes it elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from oportuno.kernel.errors import NotFound
from oportuno.offer.media.actions.storing import file_path, picture_path, withheld_mark
from oportuno.offer.media.models import Item, Picture


@dataclass(frozen=True)
class Content:
    """`name` is unlike that of any other content, and has an ending."""

    name: str
    mime: str
    body: bytes


def content_of(item: UUID) -> Content:
    """Its bytes, of an image those of the widest version. Acts for the organisation. Raises NotFound."""
    found = Item.objects.filter(pk=item).select_related("picture").first()
    if found is None:
        raise NotFound
    picture = found.picture
    if picture is not None and picture.digest:
        path, name, mime = picture_path(picture.digest, max(picture.widths)), f"{picture.digest[:32]}.webp", "image/webp"
    else:
        path, name, mime = file_path(found.digest, found.ending), f"{found.digest[:32]}.{found.ending.lstrip('.')}", found.content_type
    if not path.exists():
        raise NotFound
    return Content(name, mime, path.read_bytes())


def picture_contents(ids: Iterable[str]) -> dict[str, bytes]:
    """What can be printed of these pictures, by id: the largest that is kept. Drawings, and what may not be seen, are left out; one query."""
    wanted = [UUID(one) for one in ids]
    kept = [one for one in Picture.objects.filter(pk__in=wanted, published=True) if one.digest and one.widths]
    paths = {str(one.pk): picture_path(one.digest, max(one.widths)) for one in kept if not withheld_mark(one.digest).exists()}
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}
