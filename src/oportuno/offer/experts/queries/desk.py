"""Experts, answers and questions in the workbench."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_public
from oportuno.offer.directory import api as directory
from oportuno.offer.experts.models import Answer, AnswerState, Expert, Listener, Point, PointState, PublicQuestion, QuestionState
from oportuno.offer.experts.queries.questions import Line, lines_of, read_mark
from oportuno.offer.experts.queries.shown import answers_of_shown, shown_questions

PAGE, RECENT, MOST_HANDED_IN = 30, timedelta(days=60), 1_000


@dataclass(frozen=True)
class QuestionRow:
    """A question in the staff's list: who asked, and who waits to hear."""

    question: PublicQuestion
    asker: Listener | None
    listeners: int


@dataclass(frozen=True)
class AnswerRow:
    """An answer of the seller, and the question it answers (None: it is not on show any more)."""

    answer: Answer
    question: PublicQuestion | None


def experts_of(organisation: int) -> list[tuple[Expert, int, int]]:
    """Each with how many answers she has on show, and how many points; one query."""
    rows = Expert.objects.filter(organisation_id=organisation).select_related("picture").order_by("name")
    answers = dict(Answer.objects.filter(organisation_id=organisation, published=True).values_list("expert").annotate(n=Count("pk")))
    points = dict(Point.objects.filter(organisation_id=organisation, published=True).values_list("expert").annotate(n=Count("pk")))
    return [(one, answers.get(one.pk, 0), points.get(one.pk, 0)) for one in rows]


def expert_for(organisation: int, expert: UUID) -> Expert:
    """Raises NotFound."""
    found = Expert.objects.filter(organisation_id=organisation, pk=expert).select_related("picture", "author", "seller").first()
    if found is None:
        raise NotFound
    return found


def as_proposed(expert: Expert | None) -> Expert | None:
    """As its page would look with what waits for the market; never to be saved."""
    if expert is None or not expert.proposed:
        return expert
    told = copy(expert)
    for name, said in expert.proposed.items():
        setattr(told, name, (UUID(said) if said else None) if name == "picture_id" else said)
    return told


def points_of(expert: Expert) -> list[Point]:
    """All that is declared of her, the newest first."""
    rows = Point.objects.filter(organisation_id=expert.organisation_id, expert=expert)
    return list(rows.select_related("document__picture").order_by("-on", "-pk"))


def point_for(organisation: int, point: UUID) -> Point:
    """Raises NotFound."""
    found = Point.objects.filter(organisation_id=organisation, pk=point).select_related("expert", "document__picture").first()
    if found is None:
        raise NotFound
    return found


def answer_for(organisation: int, answer: UUID) -> AnswerRow:
    """Raises NotFound."""
    found = Answer.objects.filter(organisation_id=organisation, pk=answer).select_related("expert", "seller").first()
    if found is None:
        raise NotFound
    return AnswerRow(found, _shown([found.question_id]).get(found.question_id))


def answers_of(organisation: int, state: str = "", *, limit: int = PAGE) -> list[AnswerRow]:
    """The seller's answers, changed last first; two queries."""
    rows = Answer.objects.filter(organisation_id=organisation).select_related("expert").defer("draft", "document")
    found = list((rows.filter(state=state) if state else rows).order_by("-changed_at", "-pk")[:limit])
    asked = _shown([one.question_id for one in found])
    return [AnswerRow(one, asked.get(one.question_id)) for one in found]


def fields_of(organisation: int) -> list[str]:
    """What the seller's experts know, or without any of them its sectors."""
    known = {slug for row in Expert.objects.filter(organisation_id=organisation).values_list("fields", flat=True) for slug in row}
    if known:
        return sorted(known)
    seller = directory.seller_of(organisation)
    if seller is None or not seller.published:
        return []
    return [one.slug for one in directory.seller_card(seller.slug).sectors]


def open_for(organisation: int, *, whole: bool = False, after: str = "", limit: int = PAGE) -> tuple[list[Line], str]:
    """Questions on show that this seller has not answered: of its fields, or (`whole`) all. The newest first."""
    known = [] if whole else fields_of(organisation)
    handed_in = _handed_in(organisation)
    with for_public():
        answered = Exists(answers_of_shown().filter(organisation_id=organisation, question_id=OuterRef("pk")))
        found = shown_questions().filter(~answered).exclude(pk__in=handed_in)
        if not whole:
            found = found.filter(field__in=known)
        if mark := read_mark(after):
            found = found.filter(Q(shown_at__lt=mark[0]) | Q(shown_at=mark[0], pk__lt=mark[1]))
        rows = list(found.order_by("-shown_at", "-pk")[: limit + 1])
        lines = lines_of(rows[:limit])
    last = rows[limit - 1] if len(rows) > limit else None
    return lines, f"{last.shown_at.isoformat()}~{last.pk}" if last and last.shown_at else ""


def unanswered_for(organisation: int, at: datetime) -> int:
    """How many questions of the last sixty days, of its fields, wait for this seller: nobody at all has answered them."""
    known = fields_of(organisation)
    if not known:
        return 0
    handed_in = _handed_in(organisation)
    with for_public():
        answered = Exists(answers_of_shown().filter(question_id=OuterRef("pk")))
        recent = shown_questions().filter(field__in=known, shown_at__gt=at - RECENT).exclude(pk__in=handed_in)
        return recent.filter(~answered).count()


def _handed_in(organisation: int) -> list[UUID]:
    """Questions to which this seller wrote what nobody reads (yet)."""
    rows = Answer.objects.filter(organisation_id=organisation, published=False).exclude(state=AnswerState.DRAFT)
    return list(rows.order_by("-changed_at").values_list("question_id", flat=True)[:MOST_HANDED_IN])


def gone_sources(organisation: int) -> list[Point]:
    """What is on show, and whose source does not answer any more."""
    rows = Point.objects.filter(organisation_id=organisation, state=PointState.APPROVED, gone_at__isnull=False)
    return list(rows.select_related("expert").order_by("gone_at")[:5])


def questions_in(organisation: int, state: str, *, words: str = "", after: str = "") -> tuple[list[QuestionRow], str]:
    """For the staff: in one state, what waits the oldest first, all else the newest. Three queries."""
    found = PublicQuestion.objects.filter(organisation_id=organisation, state=state)
    if words:
        found = found.filter(Q(title__icontains=words) | Q(details__icontains=words))
    waits = state == QuestionState.WAITING
    if mark := read_mark(after):
        side = "gt" if waits else "lt"
        found = found.filter(Q(**{f"asked_at__{side}": mark[0]}) | Q(asked_at=mark[0], **{f"pk__{side}": mark[1]}))
    rows = list(found.select_related("joined_to").order_by(*(("asked_at", "pk") if waits else ("-asked_at", "-pk")))[: PAGE + 1])
    shown = rows[:PAGE]
    ids = [one.pk for one in shown]
    askers = {one.question_id: one for one in Listener.objects.filter(question__in=ids, asked=True).order_by("-at")}
    counted = dict(Listener.objects.filter(question__in=ids).values_list("question").annotate(n=Count("pk")))
    last = shown[-1] if len(rows) > PAGE else None
    after = f"{last.asked_at.isoformat()}~{last.pk}" if last else ""
    return [QuestionRow(one, askers.get(one.pk), counted.get(one.pk, 0)) for one in shown], after


def question_for(organisation: int, question: UUID) -> QuestionRow:
    """For the staff; unconfirmed ones are nobody's business yet. Raises NotFound."""
    rows = PublicQuestion.objects.filter(organisation_id=organisation, pk=question).exclude(state=QuestionState.UNCONFIRMED)
    found = rows.select_related("joined_to").first()
    if found is None:
        raise NotFound
    waiting = Listener.objects.filter(question=found)
    return QuestionRow(found, waiting.filter(asked=True).order_by("at").first(), waiting.count())


def questions_counted(organisation: int) -> dict[str, int]:
    """How many stand in each state; one query."""
    rows = PublicQuestion.objects.filter(organisation_id=organisation).values_list("state").annotate(count=Count("pk"))
    return dict.fromkeys(QuestionState.values, 0) | dict(rows)


def _shown(ids: Sequence[UUID]) -> dict[UUID, PublicQuestion]:
    with for_public():
        return shown_questions().in_bulk(list(ids))
