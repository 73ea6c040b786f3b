"""What lies behind a thing of the library, for who takes it elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from oportuno.kernel.errors import NotFound
from oportuno.offer.media.actions.storing import file_path, picture_path
from oportuno.offer.media.models import Item


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
