"""What one does with one thing of the library: bring it, describe it, give it a place."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import acting_organisation
from oportuno.offer.media.actions.files import keep_picture, title_of
from oportuno.offer.media.actions.showing import follow_rights
from oportuno.offer.media.actions.storing import file_path, release
from oportuno.offer.media.facts import ItemChanged, ItemKept
from oportuno.offer.media.models import Folder, Item
from oportuno.offer.media.queries.library import folder_for, kept_bytes, words_of
from oportuno.offer.media.rules import files as rules
from oportuno.people.organisations.api import Organisation

PIECE = 1024 * 1024
MOST_FOLDERS = 500
DEEPEST = 5


@dataclass(frozen=True)
class Said:
    """What somebody says of a thing. `alt` and the focus (per cent) are of images."""

    name: str
    alt: str = ""
    note: str = ""
    folder: UUID | None = None
    tags: Sequence[str] = ()
    author: str = ""
    licence: str = ""
    source: str = ""
    expires_on: date | None = None
    focus: tuple[int, int] = (50, 50)


def keep_item(*, file: BinaryIO, name: str, by: UUID | None, at: datetime, folder: UUID | None = None) -> Item:
    """Keep a file in the library: an image is made anew, all else is kept as it came, typed by its content.

    Raises Refusal, naming the file, for what the library does not keep, or what is too big.
    """
    start = file.read(rules.START)
    file.seek(0)
    shape = rules.shape_of(start, name)
    if shape is None:
        raise Refusal(_("%(name)s cannot be kept.") % {"name": rules.clean_name(name)} + " " + " ".join(map(words_of, rules.MOST_BYTES)))
    place = folder_for(folder) if folder else None
    if shape.kind == Item.Kind.IMAGE:
        with transaction.atomic():
            picture = keep_picture(file=file, name=name, by=by, at=at)
            Item.objects.filter(pk=picture.pk).update(folder=place)
            record(ItemKept(item=picture.pk, sort=shape.kind, by=by, at=at))
            return Item.objects.select_related("picture").get(pk=picture.pk)
    digest, size = _kept(file, shape, name)
    with transaction.atomic():
        release([digest])
        item = Item.objects.create(
            kind=shape.kind, name=title_of(name), folder=place, digest=digest, ending=shape.ending, content_type=shape.content_type,
            size=size, created_by_id=by, created_at=at,
        )  # fmt: skip
        record(ItemKept(item=item.pk, sort=shape.kind, by=by, at=at))
    return item


def _kept(file: BinaryIO, shape: rules.Shape, name: str) -> tuple[str, int]:
    """Its digest and size; written whole or not at all, a piece at a time."""
    most = min(rules.MOST_BYTES[shape.kind], max(0, rules.LIBRARY_BYTES - kept_bytes()))
    fresh = Path(settings.MEDIA_ROOT) / "files" / f"{uuid4().hex}.new"
    fresh.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    try:
        with fresh.open("wb") as out:
            while piece := file.read(PIECE):
                size += len(piece)
                if size > most:
                    raise Refusal(_too_big(shape.kind, name, most))
                digest.update(piece)
                out.write(piece)
        target = file_path(digest.hexdigest(), shape.ending)
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    return digest.hexdigest(), size


def _too_big(kind: str, name: str, most: int) -> str:
    said = {"name": rules.clean_name(name)}
    if most < rules.MOST_BYTES[kind]:
        return (
            _(
                "%(name)s does not fit: the library holds 20 GB. Delete what you no longer use; what lies in the bin counts for thirty days more."
            )
            % said
        )
    return _("%(name)s is too big.") % said + " " + words_of(kind)


@transaction.atomic
def describe_item(*, item: Item, said: Said, by: UUID, at: datetime) -> Item:
    """Its words, place, tags and rights; what may no longer be shown disappears at once, what may be again comes back."""
    name = said.name.strip()
    if not name:
        raise Refusal(_("Give it a name."), field="name")
    item.name, item.note = name[:200], said.note.strip()[:500]
    item.folder = folder_for(said.folder) if said.folder else None
    item.tags = clean_tags(said.tags)
    item.author, item.licence, item.source = said.author.strip()[:120], said.licence, said.source.strip()[:2000]
    item.expires_on = said.expires_on
    item.save(update_fields=["name", "note", "folder", "tags", "author", "licence", "source", "expires_on"])
    if item.is_image:
        x, y = (max(0, min(100, value)) for value in said.focus)
        item.picture.alt, item.picture.focus_x, item.picture.focus_y = said.alt.strip()[:200], x, y
        item.picture.save(update_fields=["alt", "focus_x", "focus_y"])
    follow_rights([item], today=today_of(item.organisation_id, at))
    record(ItemChanged(item=item.pk, by=by, at=at))
    return item


def clean_tags(tags: Sequence[str]) -> list[str]:
    """Without doubles, whatever their case; as they were written first."""
    found: dict[str, str] = {}
    for tag in tags:
        if word := " ".join(tag.split())[:50]:
            found.setdefault(word.casefold(), word)
    return list(found.values())[:30]


def today_of(organisation: int, at: datetime) -> date:
    """The day that it is there."""
    return at.astimezone(ZoneInfo(Organisation.objects.get(pk=organisation).time_zone)).date()


@transaction.atomic
def make_folder(*, name: str, parent: UUID | None, at: datetime) -> Folder:
    """Raises Refusal for a name that is taken there, or a folder too deep."""
    above = folder_for(parent) if parent else None
    depth, up = 1, above
    while up is not None:
        depth, up = depth + 1, up.parent
    if depth > DEEPEST:
        raise Refusal(_("Folders go at most %(most)s deep.") % {"most": DEEPEST}, field="name")
    if Folder.objects.filter(organisation_id=acting_organisation()).count() >= MOST_FOLDERS:
        raise Refusal(_("The library has at most %(most)s folders.") % {"most": MOST_FOLDERS}, field="name")
    return Folder.objects.create(name=_free(name, above, None), parent=above, created_at=at)


@transaction.atomic
def rename_folder(*, folder: Folder, name: str) -> None:
    folder.name = _free(name, folder.parent, folder.pk)
    folder.save(update_fields=["name"])


@transaction.atomic
def remove_folder(*, folder: Folder) -> None:
    """Nothing is lost: what lies in it goes one up."""
    Item.objects.filter(organisation_id=acting_organisation(), folder=folder).update(folder=folder.parent_id)
    inside = set(Folder.objects.filter(parent=folder).values_list("name", flat=True))
    beside = Folder.objects.filter(organisation_id=acting_organisation(), parent=folder.parent_id).exclude(pk=folder.pk)
    if taken := inside & set(beside.values_list("name", flat=True)):
        raise Refusal(_("There is a folder “%(name)s” one up, too: rename one of the two first.") % {"name": sorted(taken)[0]})
    Folder.objects.filter(parent=folder).update(parent=folder.parent_id)
    folder.delete()


def _free(name: str, parent: Folder | None, own: UUID | None) -> str:
    said = " ".join(name.split())[:60]
    if not said:
        raise Refusal(_("Give the folder a name."), field="name")
    if Folder.objects.filter(organisation_id=acting_organisation(), parent=parent, name=said).exclude(pk=own).exists():
        raise Refusal(_("There is a folder with this name already."), field="name")
    return said
