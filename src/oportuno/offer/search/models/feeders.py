"""Who puts what into the index, and how far it is with putting it anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import models


@dataclass(frozen=True)
class Feeder:
    """One sort of things that are found. `edition` is raised when what is put of the same thing changes: then all goes in again.

    `rows` is whose keys (UUIDs) `feed` takes: things on show it puts in, all others it takes out.
    """

    name: str
    edition: int
    rows: type[models.Model]
    feed: Callable[[Sequence[UUID]], object]


class SearchFed(models.Model):
    """The edition in which the index has the things of a feeder; while `done_at` is empty, only those up to `reached`."""

    name = models.TextField(primary_key=True)
    edition = models.IntegerField(default=0)
    reached = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "search_fed"
