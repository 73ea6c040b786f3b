"""What anybody may see: said once, for every public question. All act for the public, or look as if they did."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from oportuno.offer.experts.models import Answer, Expert, Point, PointState, PublicQuestion, QuestionState, house_on_show


def shown_questions() -> QuerySet[PublicQuestion]:
    return PublicQuestion.objects.filter(published=True, state=QuestionState.SHOWN)


def shown_experts() -> QuerySet[Expert]:
    """Of sellers on show, and of the market's own staff."""
    return Expert.objects.filter(house_on_show(), published=True)


def shown_answers() -> QuerySet[Answer]:
    """Of experts on show, of sellers on show, to questions on show."""
    return answers_of_shown().filter(Exists(shown_questions().filter(pk=OuterRef("question_id"))))


def answers_of_shown() -> QuerySet[Answer]:
    """The same, where one knows already that their questions are on show: one look less for each."""
    return Answer.objects.filter(house_on_show(), published=True, expert__published=True)


def shown_points() -> QuerySet[Point]:
    """Declared, checked, and with a source that anybody can open: a document in the bin is none."""
    source = Q(document__isnull=True) | Q(document__published=True)
    shown = house_on_show("expert__seller")
    return Point.objects.filter(source, shown, published=True, state=PointState.APPROVED, expert__published=True)
