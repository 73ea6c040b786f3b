"""What anybody may see: said once, for every public question. All act for the public, or look as if they did."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from oportuno.offer.experts.models import Answer, Expert, Point, PointState, PublicQuestion, QuestionState


def shown_questions() -> QuerySet[PublicQuestion]:
    return PublicQuestion.objects.filter(published=True, state=QuestionState.SHOWN)


def shown_experts() -> QuerySet[Expert]:
    """Of sellers on show."""
    return Expert.objects.filter(published=True, seller__published=True)


def shown_answers() -> QuerySet[Answer]:
    """Of experts on show, of sellers on show, to questions on show."""
    return answers_of_shown().filter(Exists(shown_questions().filter(pk=OuterRef("question_id"))))


def answers_of_shown() -> QuerySet[Answer]:
    """The same, where one knows already that their questions are on show: one look less for each."""
    return Answer.objects.filter(published=True, expert__published=True, seller__published=True)


def shown_points() -> QuerySet[Point]:
    """Declared, checked, and with a source that anybody can open: a document in the bin is none."""
    source = Q(document__isnull=True) | Q(document__published=True)
    return Point.objects.filter(source, published=True, state=PointState.APPROVED, expert__published=True, expert__seller__published=True)
