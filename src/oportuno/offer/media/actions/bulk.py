"""Changing many things of the library at once, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.facts import record_all
from oportuno.kernel.isolation import acting_organisation
from oportuno.offer.media.actions.library import clean_tags, today_of
from oportuno.offer.media.actions.showing import follow_rights
from oportuno.offer.media.facts import ItemChanged, ItemDeleted, ItemRestored
from oportuno.offer.media.models import Item, LibraryChange
from oportuno.offer.media.queries.library import folder_for, folders, items

MOST = 5_000
"""Things in one change: what can be undone is remembered in one row."""
IN_THE_BIN = timedelta(days=30)
Kind = LibraryChange.Kind


@transaction.atomic
def move_items(*, chosen: Sequence[UUID], folder: UUID | None, by: UUID, at: datetime) -> LibraryChange:
    """Put things into a folder, or (None) to the top."""
    target = folder_for(folder).pk if folder else None
    rows = [row for row in _locked(chosen) if row.folder_id != target]
    before = {str(row.pk): str(row.folder_id) if row.folder_id else None for row in rows}
    Item.objects.filter(pk__in=[row.pk for row in rows]).update(folder=target)
    return _changed(Kind.MOVE, before, dict.fromkeys(before, str(target) if target else None), by, at)


@transaction.atomic
def tag_items(*, chosen: Sequence[UUID], tags: Sequence[str], by: UUID, at: datetime, away: bool = False) -> LibraryChange:
    """Give things these tags, or take them away. Raises Refusal when none is named."""
    words = clean_tags(tags)
    if not words:
        raise Refusal(_("Write the tag first."), field="tags")
    folded = {word.casefold() for word in words}
    before, rows = {}, []
    for row in _locked(chosen):
        kept = [tag for tag in row.tags if tag.casefold() not in folded]
        wanted = kept if away else clean_tags([*row.tags, *words])
        if wanted != row.tags:
            before[str(row.pk)], row.tags = row.tags, wanted
            rows.append(row)
    Item.objects.bulk_update(rows, ["tags"], batch_size=500)
    return _changed(Kind.TAG, before, {str(row.pk): row.tags for row in rows}, by, at)


@transaction.atomic
def delete_items(*, chosen: Sequence[UUID], by: UUID, at: datetime) -> LibraryChange:
    """Into the bin: nobody sees them, and for thirty days they can be brought back."""
    rows = [row for row in _locked(chosen) if row.deleted_at is None]
    _bin(rows, at, at)
    record_all(ItemDeleted(item=row.pk, by=by, at=at) for row in rows)
    before = dict.fromkeys((str(row.pk) for row in rows), False)
    return LibraryChange.objects.create(
        kind=Kind.DELETE, before=before, after=dict.fromkeys(before, True), count=len(before), by_id=by, at=at
    )


@transaction.atomic
def restore_items(*, chosen: Sequence[UUID], by: UUID, at: datetime) -> int:
    """Out of the bin; how many."""
    rows = [row for row in _locked(chosen) if row.deleted_at is not None]
    _bin(rows, None, at)
    record_all(ItemRestored(item=row.pk, by=by, at=at) for row in rows)
    return len(rows)


@transaction.atomic
def undo(*, change: UUID, by: UUID, at: datetime) -> int:
    """Take a change back where things still are as it left them; how many were. Raises NotFound, Conflict when undone already."""
    found = LibraryChange.objects.select_for_update().filter(pk=change).first()
    if found is None:
        raise NotFound
    if found.undone_at:
        raise Conflict(_("This change was undone already."))
    rows = {str(row.pk): row for row in _locked([UUID(pk) for pk in found.before])}
    if found.kind == Kind.DELETE:
        count = restore_items(chosen=[row.pk for row in rows.values()], by=by, at=at)
    elif found.kind == Kind.MOVE:
        count = _moved_back(found, rows)
    else:
        still = [row for pk, row in rows.items() if row.tags == found.after[pk]]
        for row in still:
            row.tags = found.before[str(row.pk)]
        Item.objects.bulk_update(still, ["tags"], batch_size=500)
        count = len(still)
    found.undone_at = at
    found.save(update_fields=["undone_at"])
    return count


def _moved_back(found: LibraryChange, rows: dict[str, Item]) -> int:
    there = {str(one.id) for one in folders()}
    by_folder: dict[str | None, list[UUID]] = {}
    for pk, row in rows.items():
        if (str(row.folder_id) if row.folder_id else None) == found.after[pk]:
            was = found.before[pk]
            by_folder.setdefault(was if was in there else None, []).append(row.pk)
    for folder, ids in by_folder.items():
        Item.objects.filter(pk__in=ids).update(folder=folder)
    return sum(map(len, by_folder.values()))


def _bin(rows: Sequence[Item], deleted_at: datetime | None, at: datetime) -> None:
    for row in rows:
        row.deleted_at = deleted_at
    Item.objects.filter(pk__in=[row.pk for row in rows]).update(deleted_at=deleted_at)
    follow_rights(rows, today=_today(at))


def _today(at: datetime) -> date:
    return today_of(acting_organisation(), at)


def _locked(chosen: Sequence[UUID]) -> list[Item]:
    """The organisation's own of those chosen, in the order of their identity. Raises Refusal for none, or too many."""
    if not chosen:
        raise Refusal(_("Choose something first."))
    if len(chosen) > MOST:
        raise Refusal(_("At most 5,000 things can be changed at once."))
    return list(items().select_related(None).select_for_update().filter(pk__in=chosen).order_by("pk"))


def _changed(kind: str, before: dict[str, Any], after: dict[str, Any], by: UUID, at: datetime) -> LibraryChange:
    record_all(ItemChanged(item=UUID(pk), by=by, at=at) for pk in before)
    return LibraryChange.objects.create(kind=kind, before=before, after=after, count=len(before), by_id=by, at=at)
