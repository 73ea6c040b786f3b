"""Putting everything in again, when what is put of a thing has changed since: part by part, from where it stopped."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from oportuno.kernel.errors import Broken
from oportuno.offer.search.models import Feeder, SearchFed

PART = 200
_feeders: dict[str, Feeder] = {}


def add_feeder(feeder: Feeder) -> None:
    """Called in config.wiring. Bringing the same twice is once; two of one name are a defect."""
    if _feeders.setdefault(feeder.name, feeder) != feeder:
        raise Broken(f"Two feed search with {feeder.name!r}")


def feeders() -> list[Feeder]:
    """In the order in which they were brought."""
    return list(_feeders.values())


@transaction.atomic
def feed_next(feeder: Feeder, *, at: datetime, most: int = PART) -> int:
    """Put the next part in, unless the index already has all in this edition; how many things it looked at, 0 at the end. Acts for the market."""
    fed = _fed(feeder)
    if fed.done_at:
        return 0
    wanted = _next(feeder, fed.reached, most)
    feeder.feed(wanted)
    fed.reached = wanted[-1] if wanted else None
    fed.done_at = None if wanted else at
    fed.save()
    return len(wanted)


@transaction.atomic
def feed_anew(feeder: Feeder) -> None:
    """From the beginning, whatever the index has."""
    fed = _fed(feeder)
    fed.reached = fed.done_at = None
    fed.save()


def _fed(feeder: Feeder) -> SearchFed:
    """How far it is, held until the transaction ends. An older version of the program does not undo what a newer put."""
    fed, _ = SearchFed.objects.select_for_update().get_or_create(name=feeder.name)
    if fed.edition < feeder.edition:
        fed.edition, fed.reached, fed.done_at = feeder.edition, None, None
    return fed


def _next(feeder: Feeder, reached: UUID | None, most: int) -> list[UUID]:
    rows = feeder.rows._default_manager.order_by("pk")
    return list((rows.filter(pk__gt=reached) if reached else rows).values_list("pk", flat=True)[:most])
