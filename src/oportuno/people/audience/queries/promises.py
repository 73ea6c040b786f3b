"""Answers promised, and promises that sellers broke."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.translation import get_language

from oportuno.kernel import formats
from oportuno.kernel.isolation import for_market
from oportuno.people.audience.models import Question, QuestionState, QuietMember
from oportuno.people.organisations.api import Member, Organisation

LOOKED_BACK = timedelta(days=90)
MOST = 200  # sellers shown; a market with more of them has another problem than a list


def promised(question: Question, organisation: Organisation) -> str:
    """The promised moment in words, on the wall clock of the organisation; empty when none was promised."""
    if question.due_at is None:
        return ""
    return formats.exact(question.due_at.astimezone(ZoneInfo(organisation.time_zone)), formats.locale_of(get_language() or "es-co"))


@dataclass(frozen=True)
class Broken:
    """A seller's broken promises: questions that wait too long now (`waiting`, the first promised for `oldest`), and all of 90 days."""

    organisation: Organisation
    waiting: int
    oldest: datetime | None
    broken: int
    last: datetime


def broken_promises(at: datetime) -> list[Broken]:
    """Who broke promises of an answer in the last 90 days or has somebody waiting too long: the longest wait first.

    What was asked stays between the asker and the seller. Two queries, by indexes of what broke only.
    """
    late = Q(state=QuestionState.OPEN)
    with for_market("the operator sees whose promises broke, not what was asked"):
        rows = list(
            Question.objects.filter(broken_at__gt=at - LOOKED_BACK)
            .values("organisation_id")
            .annotate(waiting=Count("pk", filter=late), oldest=Min("due_at", filter=late), broken=Count("pk"), last=Max("broken_at"))
            .order_by("oldest", "-broken")[:MOST]
        )
    owners = Organisation.objects.in_bulk([row["organisation_id"] for row in rows])
    return [
        Broken(owners[one["organisation_id"]], one["waiting"], one["oldest"], one["broken"], one["last"])
        for one in rows
        if one["organisation_id"] in owners
    ]


def count_waiting_too_long(at: datetime, *, at_most: int = 99) -> int:
    """Questions of all sellers whose promise broke and that still wait; never counts beyond `at_most`."""
    with for_market("the operator sees how many promises broke"):
        return _late(at)[:at_most].count()


def _late(at: datetime) -> QuerySet[Question]:
    return Question.objects.filter(broken_at__gt=at - LOOKED_BACK, state=QuestionState.OPEN)


def wants_notices(member: Member) -> bool:
    """Whether this member gets mail about the questions of the organisation we act for."""
    return not QuietMember.objects.filter(person_id=member.id).exists()
