"""What waits for the market's staff, and how it reviews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_market
from oportuno.offer.experts.models import (
    Answer,
    AnswerState,
    Expert,
    ExpertState,
    Point,
    PointState,
    PublicQuestion,
    QuestionState,
    Review,
    ReviewWay,
)

WHY = "the market reviews what sellers' experts say in public"
PAGE = 50


def review_now() -> Review:
    """How answers are reviewed; before anybody chose, every one is."""
    with for_market(WHY):
        return Review.objects.first() or Review(organisation_id=0, way=ReviewWay.ALL)


def is_trusted(expert: UUID) -> bool:
    """Whether what this expert hands in is on show at once."""
    rule = review_now()
    if rule.way != ReviewWay.TRUSTED:
        return False
    with for_market(WHY):
        return Answer.objects.filter(expert=expert, published=True, decided_at__isnull=False).count() >= rule.trusted_after


@dataclass(frozen=True)
class Waiting:
    """What the staff has to decide, the oldest of each first. `questions_of` names what answers answer."""

    answers: Sequence[Answer]
    experts: Sequence[Expert]
    points: Sequence[Point]
    questions_of: dict[UUID, PublicQuestion]


def waiting() -> Waiting:
    """At most a page of each; four queries."""
    with for_market(WHY):
        answers = list(
            Answer.objects.filter(state=AnswerState.WAITING)
            .select_related("expert", "seller")
            .defer("document")
            .order_by("changed_at", "pk")[:PAGE]
        )
        experts = list(Expert.objects.filter(state=ExpertState.WAITING).select_related("seller").order_by("changed_at", "pk")[:PAGE])
        points = list(
            Point.objects.filter(state=PointState.WAITING)
            .select_related("expert__seller", "document__picture")
            .order_by("created_at", "pk")[:PAGE]
        )
        return Waiting(answers, experts, points, PublicQuestion.objects.in_bulk({one.question_id for one in answers}))


def counts() -> dict[str, int]:
    """How many of each wait; four quick queries."""
    with for_market(WHY):
        return {
            "questions": PublicQuestion.objects.filter(state=QuestionState.WAITING).count(),
            "answers": Answer.objects.filter(state=AnswerState.WAITING).count(),
            "experts": Expert.objects.filter(state=ExpertState.WAITING).count(),
            "points": Point.objects.filter(state=PointState.WAITING).count(),
        }


def waiting_count() -> int | None:
    """Answers, pages and sources that wait; None for nothing."""
    found = counts()
    return found["answers"] + found["experts"] + found["points"] or None


def questions_waiting() -> int | None:
    """Questions to decide; None for none."""
    with for_market(WHY):
        return PublicQuestion.objects.filter(state=QuestionState.WAITING).count() or None


def answer_for_market(answer: UUID) -> Answer:
    """Raises NotFound; drafts are nobody else's business."""
    with for_market(WHY):
        rows = Answer.objects.filter(pk=answer).exclude(state=AnswerState.DRAFT)
        found = rows.select_related("expert__picture", "seller").first()
    if found is None:
        raise NotFound
    return found


def expert_for_market(expert: UUID) -> Expert:
    """Raises NotFound."""
    with for_market(WHY):
        found = Expert.objects.filter(pk=expert).exclude(state=ExpertState.DRAFT).select_related("seller", "picture").first()
    if found is None:
        raise NotFound
    return found
