"""The market decides what sellers' experts say: answers, their pages, and what they say of themselves."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_market
from oportuno.kernel.jobs import defer
from oportuno.offer.directory import api as directory
from oportuno.offer.experts.actions.answering import show_written
from oportuno.offer.experts.actions.experts import put_words
from oportuno.offer.experts.actions.finding import find_answers, find_experts
from oportuno.offer.experts.facts import CredibilityDecided, ExpertAnswerReturned, ExpertDecided
from oportuno.offer.experts.models import Answer, AnswerState, Expert, ExpertState, Point, PointState
from oportuno.offer.experts.queries.reviewing import WHY
from oportuno.people.organisations.api import Member


@transaction.atomic
def approve_answer(*, answer: UUID, by: Member, at: datetime) -> Answer:
    """Everybody reads it; who asked and who follows hear. Raises NotFound, Conflict."""
    with for_market(WHY):
        found = _waiting_answer(answer)
        found.decided_at, found.decided_by_id = at, by.id
        show_written(found, by=by.id, at=at)
    _audited("answer.approved", found, "", by, at)
    _tell(found.organisation_id, "answer", found.pk)
    return found


@transaction.atomic
def return_answer(*, answer: UUID, note: str, decline: bool, by: Member, at: datetime) -> Answer:
    """Ask for changes, or decline it for good; the expert reads why. What was on show before stays, unless it is declined.

    Raises NotFound, Conflict, Refusal without a note.
    """
    said = _why(note, "note")
    with for_market(WHY):
        found = Answer.objects.select_for_update().filter(pk=answer).first()
        if found is None or found.state == AnswerState.DRAFT:
            raise NotFound
        if found.state != AnswerState.WAITING and not (decline and found.published):
            raise Conflict(_("This answer was decided already."))
        found.state, found.note = AnswerState.DECLINED if decline else AnswerState.RETURNED, said
        found.published = found.published and not decline
        found.decided_by_id = by.id
        found.save(update_fields=["state", "note", "published", "decided_by_id"])
        record(ExpertAnswerReturned(answer=found.pk, state=found.state, by=by.id, at=at), organisation=found.organisation_id)
        find_answers([found.pk])
    _audited(f"answer.{found.state}", found, said, by, at)
    _tell(found.organisation_id, "answer", found.pk)
    return found


@transaction.atomic
def decide_expert(*, expert: UUID, state: str, note: str, by: Member, at: datetime) -> Expert:
    """Show the page (approved), ask for changes (returned: what is on show stays), or hide it (hidden); a no needs a note.

    Raises NotFound, Refusal.
    """
    if state not in (ExpertState.APPROVED, ExpertState.RETURNED, ExpertState.HIDDEN):
        raise Refusal(_("Choose what to do with it."), field="state")
    said = "" if state == ExpertState.APPROVED else _why(note, "note")
    with for_market(WHY):
        found = Expert.objects.select_for_update().filter(pk=expert).exclude(state=ExpertState.DRAFT).first()
        if found is None:
            raise NotFound
        directory.hold_standing([found.organisation_id])
        if state == ExpertState.APPROVED:
            put_words(found, found.proposed)
            found.published, found.proposed, found.shown_at = True, {}, found.shown_at or at
        if state == ExpertState.HIDDEN:
            found.published = False
        found.state, found.note = state, said
        found.save()
        record(ExpertDecided(expert=found.pk, state=state, by=by.id, at=at), organisation=found.organisation_id)
        find_experts([found.pk])
    _audited(f"expert.{state}", found, said, by, at)
    _tell(found.organisation_id, "expert", found.pk)
    return found


@transaction.atomic
def decide_point(*, point: UUID, approve: bool, reason: str, by: Member, at: datetime) -> Point:
    """The staff opened the source and found it so, or not and why. Raises NotFound, Conflict, Refusal without a reason."""
    said = "" if approve else _why(reason, "reason")
    with for_market(WHY):
        found = Point.objects.select_for_update().filter(pk=point).first()
        if found is None:
            raise NotFound
        if found.state == PointState.DECLINED or (approve and found.state == PointState.APPROVED):
            raise Conflict(_("This was decided already."))
        found.state, found.published = (PointState.APPROVED, True) if approve else (PointState.DECLINED, False)
        found.reason, found.checked_at, found.checked_by_name = said, at, by.person.name
        found.save(update_fields=["state", "published", "reason", "checked_at", "checked_by_name"])
        record(CredibilityDecided(point=found.pk, state=found.state, by=by.id, at=at), organisation=found.organisation_id)
    _audited(f"credibility.{found.state}", found, said, by, at)
    if not approve:
        _tell(found.organisation_id, "point", found.pk)
    return found


def _waiting_answer(answer: UUID) -> Answer:
    found = Answer.objects.select_for_update().filter(pk=answer).exclude(state=AnswerState.DRAFT).first()
    if found is None:
        raise NotFound
    if found.state != AnswerState.WAITING:
        raise Conflict(_("This answer was decided already."))
    return found


def _why(said: str, field: str) -> str:
    words = " ".join(said.split())[:500]
    if len(words) < 10:
        raise Refusal(_("Say why in a sentence: its author reads it."), field=field)
    return words


def _audited(action: str, of: Answer | Expert | Point, reason: str, by: Member, at: datetime) -> None:
    audit(action, at=at, by=by.id, of=of, reason=reason, organisation=by.organisation.pk)


def _tell(organisation: int, what: str, identity: UUID) -> None:
    defer("experts.tell_seller", organisation=organisation, what=what, identity=str(identity))
