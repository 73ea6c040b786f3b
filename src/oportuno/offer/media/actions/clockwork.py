"""What the library does by the clock: it hides what may no longer be shown, and empties the bin."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import QuerySet

from oportuno.kernel.facts import record_all
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.offer.media.actions.bulk import IN_THE_BIN
from oportuno.offer.media.actions.showing import follow_rights
from oportuno.offer.media.actions.storing import ENDINGS, file_path, picture_path, remove, withheld_mark
from oportuno.offer.media.facts import ItemExpired
from oportuno.offer.media.models import Find, Item, Picture, Piece
from oportuno.offer.media.queries.usage import uses_of
from oportuno.offer.media.queries.watched import watched
from oportuno.people.organisations.api import Organisation

SET = 500


def expire_due(at: datetime, after: UUID | None = None) -> UUID | None:
    """Hide what had its last day, in the zone of its organisation: a set, and where the next one begins (None: that was all).

    Acts for the market.
    """
    ended = Item.objects.filter(published=True, expires_on__lt=(at + timedelta(days=1)).date())
    rows = _set(ended, after)
    zones = dict(Organisation.objects.filter(pk__in={row.organisation_id for row in rows}).values_list("pk", "time_zone"))
    for organisation, own in _by_organisation(rows).items():
        with for_organisation(organisation):
            hidden = follow_rights(own, today=at.astimezone(ZoneInfo(zones[organisation])).date())
            record_all(ItemExpired(item=row.pk, at=at) for row in hidden)
    return rows[-1].pk if len(rows) == SET else None


def empty_bin(at: datetime, after: UUID | None = None) -> UUID | None:
    """Remove what has lain in the bin for thirty days and is used nowhere: a set, and where the next one begins (None: that was all).

    Acts for the market.
    """
    rows = _set(Item.objects.filter(deleted_at__lt=at - IN_THE_BIN), after)
    gone: list[Item] = []
    widths: dict[str, list[int]] = {}
    for organisation, own in _by_organisation(rows).items():
        with for_organisation(organisation):
            used = uses_of([row.pk for row in own], "")
            free = [row for row in own if row.pk not in used]
            ids = [row.pk for row in free]
            widths |= dict(Picture.objects.filter(pk__in=ids).values_list("digest", "widths"))
            Item.objects.filter(pk__in=ids).delete()
            Picture.objects.filter(pk__in=ids).delete()
            gone += free
    transaction.on_commit(lambda: _remove_bytes(gone, widths))
    return rows[-1].pk if len(rows) == SET else None


def put_uses_right() -> int:
    """What documents show, written down anew; how many were wrong. Acts for the market."""
    mended = 0
    with connection.cursor() as cursor:
        for place, columns in watched():
            cursor.execute("SELECT media_put_right(%s, %s)", [place, columns])
            mended += int(cursor.fetchone()[0])
    return mended


def sweep_likenesses() -> int:
    """Remove pictures of what others showed that no find and no piece has any more; how many. Acts for the market, a set at a time."""
    fetched = Picture.objects.exclude(digest="").exclude(source="").filter(created_by_id__isnull=True)
    unlisted = fetched.exclude(pk__in=Item.objects.filter(picture__isnull=False).values("pk"))
    for holder in (Find.objects.all(), Piece.objects.all()):
        unlisted = unlisted.exclude(pk__in=holder.filter(picture__isnull=False).values("picture_id"))
    gone = list(unlisted.order_by("pk")[:SET])
    Picture.objects.filter(pk__in=[row.pk for row in gone]).delete()
    transaction.on_commit(lambda: _remove_versions(gone))
    return len(gone)


def _remove_versions(pictures: list[Picture]) -> None:
    with for_market("the same bytes may belong to several organisations"):
        kept = set(Picture.objects.filter(digest__in={row.digest for row in pictures}).values_list("digest", flat=True))
    for row in pictures:
        if row.digest not in kept:
            remove(picture_path(row.digest, width, ending) for width in row.widths for ending in ENDINGS)


def _set(found: QuerySet[Item], after: UUID | None) -> list[Item]:
    return list((found.filter(pk__gt=after) if after else found).order_by("pk")[:SET])


def _by_organisation(rows: list[Item]) -> dict[int, list[Item]]:
    found: dict[int, list[Item]] = {}
    for row in rows:
        found.setdefault(row.organisation_id, []).append(row)
    return found


def _remove_bytes(rows: list[Item], widths: dict[str, list[int]]) -> None:
    """From the disk, unless somebody else keeps the same."""

    digests = {row.digest for row in rows}
    with for_market("the same bytes may belong to several organisations"):
        kept = set(Item.objects.filter(digest__in=digests).values_list("digest", flat=True))
        kept |= set(Picture.objects.filter(digest__in=digests).values_list("digest", flat=True))
    for row in rows:
        if row.digest not in kept:
            remove(picture_path(row.digest, width, ending) for width in widths.get(row.digest, []) for ending in ENDINGS)
            remove([file_path(row.digest, row.ending), withheld_mark(row.digest)])
