"""What readers found useful, and what they missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, FloatField, Q
from django.db.models.functions import Cast

from oportuno.offer.sites.models import Entry, State, Tally, UsefulVote
from oportuno.offer.sites.queries.reading import mark_from, read_mark
from oportuno.offer.sites.rules.usefulness import LEAST, share

MOST, PAGE = 50, 30


@dataclass(frozen=True)
class Judged:
    """A post and what its readers said of it. `share`: None while they are too few to tell."""

    entry: Entry
    yes: int
    no: int

    @property
    def share(self) -> float | None:
        return share(self.yes, self.no)

    @property
    def votes(self) -> int:
        return self.yes + self.no


@dataclass(frozen=True)
class Missed:
    """What readers missed; `after` marks where the next page begins."""

    votes: Sequence[UsefulVote]
    after: str


def least_useful(organisation: int) -> list[Judged]:
    """Published posts with enough votes, those that helped least first; then those with fewer votes. One query."""
    told = Tally.objects.filter(organisation_id=organisation, entry__state=State.PUBLISHED).filter(Q(yes__gt=0) | Q(no__gt=0))
    enough = Q(votes__gte=LEAST)
    told = told.annotate(votes=F("yes") + F("no")).annotate(part=Cast("yes", FloatField()) / F("votes"), enough=enough)
    rows = told.select_related("entry").defer("entry__document").order_by("-enough", "part", "-votes", "-pk")[:MOST]
    return [Judged(one.entry, one.yes, one.no) for one in rows]


def missed(organisation: int, after: str = "") -> Missed:
    """The newest first."""
    found = UsefulVote.objects.filter(organisation_id=organisation).exclude(missing="").select_related("entry").defer("entry__document")
    if mark := read_mark(after):
        found = found.filter(Q(at__lt=mark[0]) | Q(at=mark[0], pk__lt=mark[1]))
    rows = list(found.order_by("-at", "-pk")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Missed(rows[:PAGE], mark_from(last.at, last.pk) if last else "")
