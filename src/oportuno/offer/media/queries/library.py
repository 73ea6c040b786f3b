"""The library's list, quick with a hundred thousand things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import acting_organisation
from oportuno.offer.media.models import Folder, Item, LibraryChange

PAGE = 48
COUNTED = 1_000
"""Counting stops here, and the database rests."""
RECENT = 2_000  # things whose tags are offered
SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to. `state`: "", no_description, expired, bin. `folder` None: everywhere."""

    kind: str = ""
    folder: UUID | None = None
    tag: str = ""
    text: str = ""
    state: str = ""

    @property
    def any(self) -> bool:
        return any((self.kind, self.folder, self.tag, self.text, self.state))

    def asked(self) -> dict[str, str]:
        """As parameters of an address."""
        said = {"kind": self.kind, "folder": str(self.folder or ""), "tag": self.tag, "q": self.text, "state": self.state}
        return {name: value for name, value in said.items() if value}


def items() -> QuerySet[Item]:
    """All that the organisation keeps, also what lies in the bin."""
    return Item.objects.filter(organisation_id=acting_organisation()).select_related("picture")


def filtered(filters: Filters) -> QuerySet[Item]:
    found = items().filter(deleted_at__isnull=filters.state != "bin")
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.folder:
        found = found.filter(folder_id=filters.folder)
    if filters.tag:
        found = found.filter(tags__contains=[filters.tag])
    if filters.state == "no_description":
        found = found.filter(kind=Item.Kind.IMAGE, picture__alt="")
    if filters.state == "expired":
        found = found.filter(expires_on__isnull=False, published=False)
    for word in filters.text.split()[:6]:
        found = found.filter(name__icontains=word)
    return found


@dataclass(frozen=True, slots=True)
class ItemPage:
    rows: tuple[Item, ...]
    after: UUID | None


def items_page(filters: Filters, after: UUID | None = None, limit: int = PAGE) -> ItemPage:
    """A page of the library, the latest first. One query."""
    found = filtered(filters)
    if after:
        found = found.filter(pk__lt=after)
    rows = list(found.order_by("-pk")[: limit + 1])
    return ItemPage(tuple(rows[:limit]), rows[limit - 1].pk if len(rows) > limit else None)


def counts() -> dict[str, int]:
    """How many of each state, up to a thousand."""
    return {state: filtered(Filters(state=state)).order_by()[: COUNTED + 1].count() for state in ("", "no_description", "expired", "bin")}


def item_for(item: UUID) -> Item:
    """A thing of the organisation we act for, also from the bin. Raises NotFound."""
    found = items().filter(pk=item).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class FolderLine:
    """A folder with its whole path, as people read it."""

    id: UUID
    name: str
    path: str
    depth: int


def folders() -> list[FolderLine]:
    """All folders, each after the one that it lies in. One query."""
    below: dict[UUID | None, list[Folder]] = {}
    for one in Folder.objects.filter(organisation_id=acting_organisation()).order_by("name", "pk"):
        below.setdefault(one.parent_id, []).append(one)

    def walk(parent: UUID | None, before: str, depth: int) -> list[FolderLine]:
        lines = []
        for one in below.get(parent, []):
            path = f"{before}{one.name}"
            lines += [FolderLine(one.pk, one.name, path, depth), *walk(one.pk, f"{path} / ", depth + 1)]
        return lines

    return walk(None, "", 0)


def folder_for(folder: UUID) -> Folder:
    """Raises NotFound."""
    found = Folder.objects.filter(organisation_id=acting_organisation(), pk=folder).first()
    if found is None:
        raise NotFound
    return found


def tags() -> list[str]:
    """Tags of the latest things, the most used first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT tag FROM (SELECT tags FROM media_item WHERE organisation_id = %s AND deleted_at IS NULL ORDER BY id DESC LIMIT %s) t,
               unnest(tags) tag GROUP BY tag ORDER BY count(*) DESC, tag LIMIT 60""",
            [acting_organisation(), RECENT],
        )
        return [tag for (tag,) in cursor.fetchall()]


def kept_bytes() -> int:
    """What the organisation keeps, in bytes."""
    return int(Item.objects.filter(organisation_id=acting_organisation()).aggregate(all=Sum("size"))["all"] or 0)


def last_change() -> LibraryChange | None:
    """The latest change of many things that can still be undone."""
    latest = LibraryChange.objects.filter(organisation_id=acting_organisation()).order_by("-id").first()
    return latest if latest and not latest.undone_at and latest.count else None


def soon_expired(today: date) -> Sequence[Item]:
    """A few things whose rights end within two weeks, or have ended, the first to end first."""
    due = items().filter(expires_on__isnull=False, expires_on__lte=today + SOON, deleted_at__isnull=True)
    return list(due.order_by("expires_on", "pk")[:2])


def without_description() -> int:
    """Pictures that nobody described, up to a thousand."""
    return filtered(Filters(state="no_description")).order_by()[: COUNTED + 1].count()


def next_without_description(item: UUID) -> UUID | None:
    """The picture after this one (the list goes from the latest) that nobody described; from the end to the beginning."""
    waiting = filtered(Filters(state="no_description")).exclude(pk=item).order_by("-pk").values_list("pk", flat=True)
    return waiting.filter(pk__lt=item).first() or waiting.first()


def words_of(kind: str) -> str:
    """What may be brought, and how big, in one sentence."""
    return {
        "image": _("Images: JPEG, PNG, WebP, AVIF, GIF or TIFF, up to 15 MB."),
        "video": _("Video: MP4, MOV or WebM, up to 500 MB."),
        "audio": _("Audio: MP3, M4A, OGG, WAV or FLAC, up to 200 MB."),
        "file": _("Files: PDF, Word, Excel, PowerPoint, OpenDocument, EPUB, ZIP, CSV or plain text, up to 50 MB."),
    }[kind]
