"""What the market's staff decides about questions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.jobs import defer
from oportuno.offer.experts.actions.finding import find_questions
from oportuno.offer.experts.facts import PublicQuestionDecided
from oportuno.offer.experts.models import Listener, PublicQuestion, QuestionState, Review, ReviewWay
from oportuno.offer.experts.queries.fields import is_field
from oportuno.offer.experts.rules import asking as rules
from oportuno.offer.sites.api.voices import tidy
from oportuno.people.audience.api import addresses
from oportuno.people.organisations.api import Member

DECIDABLE = (QuestionState.WAITING, QuestionState.DECLINED, QuestionState.SHOWN, QuestionState.JOINED)


@transaction.atomic
def edit_question(*, question: UUID, title: str, details: str, field: str, by: Member, at: datetime) -> PublicQuestion:
    """Say it better than its asker did, and file it; the address stays. Acts for the operator. Raises NotFound, Refusal."""
    found = _locked(by, question)
    said = " ".join(tidy(title).split())
    if not rules.SHORTEST <= len(said) <= rules.LONGEST_TITLE:
        raise Refusal(_("A question has 12 to 200 characters."), field="title")
    found.title, found.key = said, addresses.fold(said)[: rules.LONGEST_TITLE]
    found.details, found.field = tidy(details)[: rules.LONGEST_DETAILS], field if is_field(field) else ""
    found.save(update_fields=["title", "key", "details", "field"])
    find_questions([found.pk])
    return found


@transaction.atomic
def show_question(*, question: UUID, by: Member, at: datetime) -> PublicQuestion:
    """Everybody reads it, and sellers of its field are asked to answer; its asker hears. Raises NotFound, Conflict."""
    found = _locked(by, question)
    if found.state == QuestionState.SHOWN:
        raise Conflict(_("This question is on show already."))
    found.state, found.published, found.joined_to, found.reason = QuestionState.SHOWN, True, None, ""
    found.shown_at = found.shown_at or at
    _decided(found, by, at)
    defer("experts.tell_asker", question=str(found.pk), mail="shown")
    if found.field:
        defer("experts.tell_field", question=str(found.pk))
    return found


@transaction.atomic
def decline_question(*, question: UUID, reason: str, by: Member, at: datetime) -> PublicQuestion:
    """Not here, and why: its asker reads the reason. Raises NotFound, Refusal without a reason."""
    found = _locked(by, question)
    said = " ".join(reason.split())[:500]
    if len(said) < 10:
        raise Refusal(_("Say why in a sentence: whoever asked reads it."), field="reason")
    found.state, found.published, found.joined_to, found.reason = QuestionState.DECLINED, False, None, said
    _decided(found, by, at)
    defer("experts.tell_asker", question=str(found.pk), mail="declined")
    return found


@transaction.atomic
def join_question(*, question: UUID, to: UUID, by: Member, at: datetime) -> PublicQuestion:
    """Another question on show asks the same: whoever waits for this one hears of that one's answers. Raises NotFound, Refusal."""
    found = _locked(by, question)
    other = PublicQuestion.objects.filter(organisation_id=by.organisation.pk, pk=to, published=True).exclude(pk=found.pk).first()
    if other is None:
        raise Refusal(_("Choose a question that is on show."), field="to")
    found.state, found.published, found.joined_to = QuestionState.JOINED, False, other
    PublicQuestion.objects.filter(organisation_id=by.organisation.pk, joined_to=found).update(joined_to=other)
    _decided(found, by, at)
    waiting = Listener.objects.filter(question=found)
    Listener.objects.bulk_create(
        [
            Listener(question=other, contact_id=one.contact_id, email=one.email, language=one.language, asked=one.asked, at=at)
            for one in waiting
        ],
        ignore_conflicts=True,
    )
    defer("experts.tell_asker", question=str(found.pk), mail="joined")
    return found


@transaction.atomic
def set_review(*, way: str, trusted_after: int, by: Member, at: datetime) -> Review:
    """How answers are reviewed from now on. Acts for the operator. Raises Refusal."""
    if way not in ReviewWay.values or not 1 <= trusted_after <= 100:
        raise Refusal(_("Choose how answers are reviewed."), field="way")
    said = {"way": way, "trusted_after": trusted_after, "by_id": by.id, "at": at}
    row, _made = Review.objects.update_or_create(organisation_id=by.organisation.pk, defaults=said)
    audit("answers.review", at=at, by=by.id, of=row, reason=f"{way} {trusted_after}", organisation=by.organisation.pk)
    return row


def _locked(by: Member, question: UUID) -> PublicQuestion:
    rows = PublicQuestion.objects.select_for_update().filter(organisation_id=by.organisation.pk, pk=question, state__in=DECIDABLE)
    found = rows.first()
    if found is None:
        raise NotFound
    return found


def _decided(found: PublicQuestion, by: Member, at: datetime) -> None:
    found.decided_at, found.decided_by_id = at, by.id
    found.save()
    record(PublicQuestionDecided(question=found.pk, state=found.state, by=by.id, at=at))
    audit(f"question.{found.state}", at=at, by=by.id, of=found, reason=found.reason, organisation=by.organisation.pk)
    find_questions([found.pk])
