"""Promises of experts that hold at every moment. Each answers how many rows break it; acts for the market."""

from __future__ import annotations

from django.db.models import Q

from oportuno.offer.experts.models import Answer, AnswerState, Expert, Point, PointState
from oportuno.people.organisations.api import Kind, Organisation


def believed_without_source() -> int:
    """Nothing is said for an expert that nobody can look up, or that the market has not checked."""
    sourceless = Q(document__isnull=True) & ~Q(address__startswith="https://")
    return Point.objects.filter(published=True).filter(sourceless | ~Q(state=PointState.APPROVED)).count()


def heard_of_hidden() -> int:
    """No answer is on show that was declined or taken back, or that says nothing."""
    wrong = Q(state__in=[AnswerState.DECLINED, AnswerState.HIDDEN]) | Q(text="")
    return Answer.objects.filter(wrong, published=True).count()


def of_nobody() -> int:
    """Only the market's own staff are experts without a seller."""
    market = Organisation.objects.filter(kind=Kind.OPERATOR).values("pk")
    return Expert.objects.filter(seller=None).exclude(organisation_id__in=market).count()
