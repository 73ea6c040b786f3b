"""Letting search follow what is on show: at once, in the transaction of whoever shows or hides."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from oportuno.kernel.isolation import for_market
from oportuno.offer.directory import api as directory
from oportuno.offer.experts.models import Answer, Expert, PublicQuestion
from oportuno.offer.experts.queries import documents
from oportuno.offer.experts.queries.shown import shown_answers, shown_experts, shown_questions
from oportuno.offer.search import api as search

WHY = "what is found of questions, answers and experts is what anybody sees, of all sellers"


@transaction.atomic
def find_questions(ids: Collection[UUID]) -> int:
    """Put these into search, or take them out, and their answers with them; how many were put."""
    with for_market(WHY):
        shown = list(shown_questions().filter(pk__in=ids))
        there = {one.pk for one in shown}
        search.remove(documents.key_of(documents.QUESTION, pk) for pk in ids if pk not in there)
        answers = list(Answer.objects.filter(question_id__in=ids).values_list("pk", flat=True))
        return search.put(documents.question_document(one) for one in shown) + find_answers(answers)


@transaction.atomic
def find_answers(ids: Collection[UUID]) -> int:
    """The same for answers; sellers stay as they stand until this is written."""
    with for_market(WHY):
        directory.hold_standing(Answer.objects.filter(pk__in=ids).values_list("organisation_id", flat=True))
        shown = list(shown_answers().filter(pk__in=ids).select_related("expert", "seller"))
        there = {one.pk for one in shown}
        search.remove(documents.key_of(documents.ANSWER, pk) for pk in ids if pk not in there)
        asked = PublicQuestion.objects.in_bulk({one.question_id for one in shown})
        return search.put(documents.answer_document(one, asked[one.question_id]) for one in shown)


@transaction.atomic
def find_experts(ids: Collection[UUID]) -> int:
    """The same for experts, and what they answered."""
    with for_market(WHY):
        directory.hold_standing(Expert.objects.filter(pk__in=ids).values_list("organisation_id", flat=True))
        shown = list(shown_experts().filter(pk__in=ids).select_related("seller"))
        there = {one.pk for one in shown}
        search.remove(documents.key_of(documents.EXPERT, pk) for pk in ids if pk not in there)
        titles = {one.slug: one.title for one in directory.sectors()} if shown else {}
        answers = list(Answer.objects.filter(expert__in=ids).values_list("pk", flat=True))
        return search.put(documents.expert_document(one, titles) for one in shown) + find_answers(answers)


def follow_sellers(organisations: Collection[int]) -> int:
    """All that the experts of these sellers are and say, after their standing changed."""
    with for_market(WHY):
        experts = list(Expert.objects.filter(organisation_id__in=organisations).values_list("pk", flat=True))
    return find_experts(experts)


IN_SEARCH = (
    search.Feeder(name="questions", edition=1, rows=PublicQuestion, feed=find_questions),
    search.Feeder(name="experts", edition=1, rows=Expert, feed=find_experts),
)
"""`edition` is raised when what is found of the same thing changes."""
