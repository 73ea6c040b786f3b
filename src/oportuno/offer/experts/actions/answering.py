"""An expert answers: written as a draft, handed in, shown after review or at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.content import Document, read, render_text, write
from oportuno.kernel.errors import Conflict, Forbidden, NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_public
from oportuno.kernel.jobs import defer
from oportuno.offer.directory import api as directory
from oportuno.offer.experts.actions.finding import find_answers
from oportuno.offer.experts.facts import ExpertAnswerHandedIn, ExpertAnswerHidden, ExpertAnswerShown
from oportuno.offer.experts.models import Answer, AnswerState, Expert, PublicQuestion
from oportuno.offer.experts.queries.reviewing import is_trusted
from oportuno.offer.experts.queries.shown import shown_questions
from oportuno.people.organisations.api import Member

SHORTEST = 40
LONGEST = 20_000
WRITABLE = (AnswerState.DRAFT, AnswerState.RETURNED, AnswerState.SHOWN, AnswerState.HIDDEN, AnswerState.WAITING)


@transaction.atomic
def begin_answer(*, question: UUID, expert: UUID, by: Member, at: datetime) -> Answer:
    """A draft by one of the seller's experts; the one that she began already. Acts for the seller. Raises NotFound, Refusal."""
    asked = question_for_answer(question)
    who = Expert.objects.filter(organisation_id=by.organisation.pk, pk=expert).first()
    if who is None:
        raise Refusal(_("Choose who answers."), field="expert")
    made = {"seller_id": who.seller_id, "language": asked.language, "written_by_id": by.id, "created_at": at, "changed_at": at}
    answer, _made = Answer.objects.get_or_create(question_id=asked.pk, expert=who, defaults=made)
    return answer


@transaction.atomic
def keep_answer(*, answer: UUID, content: Document, by: Member, at: datetime, seen: datetime | None = None) -> Answer:
    """What was written so far; what is on show stays as it is.

    `seen`, of what is kept by itself while one types: when the answer had been changed last as its writer opened it. Then it raises
    Conflict when somebody else wrote since, or the market is reading it. Raises NotFound, Refusal.
    """
    found = locked(by, answer)
    if seen is not None:
        _must_be_hers(found, seen, by)
    _keep(found, content, by, at)
    found.save(update_fields=["draft", "state", "changed_at", "written_by_id"])
    return found


@transaction.atomic
def hand_in_answer(*, answer: UUID, content: Document, by: Member, at: datetime) -> Answer:
    """Written, to be shown: reviewed first, unless the market trusts this expert. Raises NotFound, Refusal, Forbidden."""
    if not by.may("publish content"):
        raise Forbidden(_("An editor of your organisation hands answers in."))
    found = locked(by, answer)
    question_for_answer(found.question_id)
    _must_answer(content, found.language)
    if not found.expert.published:
        raise Refusal(_("The page of %(name)s is not on show yet: hand it in first.") % {"name": found.expert.name})
    _keep(found, content, by, at)
    if found.seller_id is None or is_trusted(found.expert_id):  # what the market itself says waits for nobody
        show_written(found, by=by.id, at=at)
        return found
    found.state, found.note = AnswerState.WAITING, ""
    found.save()
    record(ExpertAnswerHandedIn(answer=found.pk, question=found.question_id, by=by.id, at=at))
    return found


@transaction.atomic
def hide_answer(*, answer: UUID, by: Member, at: datetime) -> Answer:
    """The seller takes it back: nobody reads it any more. Raises NotFound, Conflict."""
    found = locked(by, answer)
    if not found.published:
        raise Conflict(_("This answer is not on show."))
    found.state, found.published = AnswerState.HIDDEN, False
    found.save(update_fields=["state", "published"])
    record(ExpertAnswerHidden(answer=found.pk, question=found.question_id, by=by.id, at=at))
    find_answers([found.pk])
    return found


def show_written(found: Answer, *, by: UUID, at: datetime) -> None:
    """What was written is what everybody reads. Part of a larger action, in which the seller's standing is held."""
    directory.hold_standing([found.organisation_id])
    anew = found.shown_at is not None
    found.document, found.text = found.draft, _text(read(found.draft), found.language)
    found.state, found.published, found.note, found.shown_at = AnswerState.SHOWN, True, "", found.shown_at or at
    found.save()
    told = ExpertAnswerShown(answer=found.pk, question=found.question_id, expert=found.expert_id, anew=anew, by=by, at=at)
    record(told, organisation=found.organisation_id)
    find_answers([found.pk])
    if not anew:
        defer("experts.tell_of_answer", organisation=found.organisation_id, answer=str(found.pk))


def question_for_answer(question: UUID) -> PublicQuestion:
    """On show, whoever asks. Raises NotFound."""
    with for_public():
        found = shown_questions().filter(pk=question).first()
    if found is None:
        raise NotFound(_("This question is not on show any more."))
    return found


def locked(by: Member, answer: UUID) -> Answer:
    """One of the own, to be written. Raises NotFound."""
    rows = Answer.objects.select_for_update(of=("self",)).filter(organisation_id=by.organisation.pk, pk=answer)
    found = rows.select_related("expert").first()
    if found is None:
        raise NotFound
    return found


def _must_be_hers(found: Answer, seen: datetime, by: Member) -> None:
    if found.changed_at > seen and found.written_by_id != by.id:
        raise Conflict(_("Somebody else has written here in the meantime. Copy what you typed, load the page again and put it in."))
    if found.state == AnswerState.WAITING:
        raise Conflict(_("The market is reading it. Press Save to take it back and go on writing."))


def _keep(found: Answer, content: Document, by: Member, at: datetime) -> None:
    if found.state not in WRITABLE:
        raise Refusal(_("The market declined this answer: it cannot be changed any more."))
    found.draft, found.changed_at, found.written_by_id = write(content), at, by.id
    if found.state != AnswerState.RETURNED:  # whose note is read until it is handed in again
        found.state = AnswerState.DRAFT


def _must_answer(content: Document, language: str) -> None:
    words = _text(content, language)
    if len(words) < SHORTEST:
        raise Refusal(_("Answer in a few sentences: who asked wants to understand."), field="content")
    if len(words) > LONGEST:
        raise Refusal(_("An answer has at most 20,000 characters: write an article and refer to it."), field="content")


def _text(content: Document, language: str) -> str:
    return render_text(content, language=language).strip()
