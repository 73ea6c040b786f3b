"""Readers say whether an answer helped; who asked says which one solved it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.offer.experts.facts import ExpertAnswerVoted, PublicQuestionSolved
from oportuno.offer.experts.models import Answer, AnswerVote, Listener, PublicQuestion, QuestionState
from oportuno.offer.experts.queries.shown import shown_answers


def vote_answer(*, answer: UUID, useful: bool, voter: str, at: datetime, visitor: UUID | None = None) -> UUID:
    """Count one reader's yes or no; who says the other later has changed her mind. Answers the question's id. Raises NotFound."""
    with for_public():
        found = shown_answers().filter(pk=answer).first()
    if found is None:
        raise NotFound
    with for_organisation(found.organisation_id):
        _vote(found, useful, voter, at, visitor)
    return found.question_id


@transaction.atomic
def solve_question(*, question: UUID, answer: UUID | None, contact: UUID, at: datetime) -> PublicQuestion:
    """The asker says that this answer solved it, or (None) takes it back. Acts for the operator. Raises NotFound, Refusal."""
    found = PublicQuestion.objects.select_for_update().filter(pk=question, published=True).first()
    if found is None or not Listener.objects.filter(question=found, contact_id=contact, asked=True).exists():
        raise NotFound
    if answer is not None:
        with for_public():
            if not shown_answers().filter(pk=answer, question_id=found.pk).exists():
                raise Refusal(_("This answer is not on show any more."))
    if found.solved_by != answer:
        found.solved_by = answer
        found.save(update_fields=["solved_by"])
        if answer is not None:
            record(PublicQuestionSolved(question=found.pk, answer=answer, contact=contact, at=at))
    return found


@transaction.atomic
def withdraw_question(*, question: UUID, contact: UUID, at: datetime) -> PublicQuestion:
    """The asker takes it back while nobody has read it. Acts for the operator. Raises NotFound, Refusal."""
    rows = PublicQuestion.objects.select_for_update().filter(pk=question)
    found = rows.first()
    if found is None or not Listener.objects.filter(question=found, contact_id=contact, asked=True).exists():
        raise NotFound
    if found.state not in (QuestionState.UNCONFIRMED, QuestionState.WAITING):
        raise Refusal(_("It is on show already. Write to the market if it must not be."))
    found.state, found.decided_at = QuestionState.WITHDRAWN, at
    found.save(update_fields=["state", "decided_at"])
    return found


def _vote(found: Answer, useful: bool, voter: str, at: datetime, visitor: UUID | None) -> None:
    vote, is_new = AnswerVote.objects.select_for_update().get_or_create(answer=found, voter=voter, defaults={"useful": useful, "at": at})
    before = None if is_new else vote.useful
    if before == useful:
        return
    if not is_new:
        vote.useful, vote.at = useful, at
        vote.save(update_fields=["useful", "at"])
    yes, no = int(useful) - int(before is True), int(not useful) - int(before is False)
    Answer.objects.filter(pk=found.pk).update(yes=F("yes") + yes, no=F("no") + no)
    record(ExpertAnswerVoted(answer=found.pk, useful=useful, visitor=visitor, at=at))
