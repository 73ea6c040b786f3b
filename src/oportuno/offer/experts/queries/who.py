"""Who of a seller answers: a few lines on the seller's own page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Count, OuterRef, Subquery

from oportuno.kernel.statements import Statement
from oportuno.offer.experts.models import Expert
from oportuno.offer.experts.queries.experts import spoken
from oportuno.offer.experts.queries.shown import shown_answers, shown_experts

COLUMNS = ("name", "slug", "role_es", "role_en", "picture__drawn", "picture__digest", "picture__widths")


@dataclass(frozen=True)
class Who:
    """One who answers for a seller. `answers` counts those on show."""

    name: str
    slug: str
    role: str
    picture: str
    answers: int


def who_answers(organisation: int, *, limit: int) -> list[Who]:
    """By name; one query: the page of a seller is read more often than any other of his. Acts for the public."""
    found: list[Any] = _of_seller(limit).all(own=organisation)
    return [Who(one.name, one.slug, spoken(one, "role"), one.picture.url(320) if one.picture else "", one.told or 0) for one in found]


@lru_cache(maxsize=8)
def _of_seller(limit: int) -> Statement[Expert]:
    told = shown_answers().filter(expert=OuterRef("pk"))
    counted = Subquery(told.order_by().values("expert").annotate(n=Count("pk")).values("n"))
    found = shown_experts().annotate(told=counted).select_related("picture").only(*COLUMNS).order_by("name", "pk")
    return Statement(lambda own: found.filter(organisation_id=own)[:limit])
