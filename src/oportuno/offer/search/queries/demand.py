"""What is looked for most, and what in vain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log
from typing import Literal

from django.db.models import F, Q, QuerySet

from oportuno.offer.search.models import SearchDemand

PAGE = 50
ENOUGH_ASKERS = 3
"""Days a question must have been asked on before the public sees it: nobody's own words stand on the home page."""
Show = Literal["unmet", "popular", "handled"]


@dataclass(frozen=True)
class Demand:
    """A counted question. `trend`: this week beside its usual week; 1.0 is as always, None too new to say."""

    id: int
    text: str
    language: str
    place: str
    times: int
    unmet: int
    results: int
    first_at: datetime
    last_at: datetime
    trend: float | None
    handled_at: datetime | None


def demand_page(show: Show, *, at: datetime, after: tuple[float, int] | None = None) -> tuple[list[Demand], tuple[float, int] | None]:
    """A page of counted questions, and where the next begins."""
    measure = {"unmet": "unmet", "popular": "recent", "handled": "unmet"}[show]
    rows: QuerySet[SearchDemand] = SearchDemand.objects.order_by(f"-{measure}", "-id")
    if show != "popular":
        rows = rows.filter(unmet__gt=0, handled_at__isnull=show == "unmet")
    if after:
        rows = rows.filter(Q(**{f"{measure}__lt": after[0]}) | Q(**{measure: after[0], "id__lt": after[1]}))
    found = list(rows[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return [_demand(one, at) for one in found[:PAGE]], (float(getattr(last, measure)), last.pk) if last else None


def unmet_questions(*, limit: int = 6, language: str = "es") -> list[Demand]:
    """What many look for and nobody offers: for "I have it, or I know" on the home page."""
    rows = SearchDemand.objects.filter(
        unmet__gt=0, results=0, handled_at__isnull=True, language=language[:2], askers__gte=ENOUGH_ASKERS
    ).order_by("-unmet", "-id")
    return [_demand(one, one.last_at) for one in rows[:limit]]


def popular_searches(*, limit: int = 8, language: str = "es") -> list[str]:
    """What many look for and find, the latest fashion first."""
    rows = SearchDemand.objects.filter(unmet__lt=F("times"), language=language[:2], askers__gte=ENOUGH_ASKERS).order_by("-recent", "-id")
    return list(rows.values_list("shown", flat=True)[:limit])


def unmet_count() -> int | None:
    """Questions that wait for the operator, up to 100; None when there are none."""
    return SearchDemand.objects.filter(unmet__gt=0, handled_at__isnull=True)[:100].count() or None


def totals(rows: Sequence[Demand]) -> tuple[int, int]:
    """(times, in vain) over some rows."""
    return sum(one.times for one in rows), sum(one.unmet for one in rows)


def _demand(one: SearchDemand, at: datetime) -> Demand:
    return Demand(
        one.pk,
        one.shown,
        one.language,
        one.place,
        one.times,
        one.unmet,
        one.results,
        one.first_at,
        one.last_at,
        _trend(one, at),
        one.handled_at,
    )


def _trend(one: SearchDemand, at: datetime) -> float | None:
    """Its decayed count now, beside what a steady stream of as many since the first day would leave."""
    days = max((at - one.first_at).total_seconds() / 86_400, 0.0)
    if days < 7:
        return None
    faded = one.recent * 0.5 ** (max((at - one.last_at).total_seconds(), 0) / 86_400 / 7)
    steady = one.times / days * 7 / log(2) * (1 - 0.5 ** (days / 7))
    return faded / steady if steady else None
