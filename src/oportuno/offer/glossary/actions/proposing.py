"""Sellers propose, the market's staff decides."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Conflict, NotFound, Refusal, TooMany
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.jobs import defer
from oportuno.offer.glossary.actions.keeping import checked, keep_term
from oportuno.offer.glossary.facts import ProposalDecided, TermProposed
from oportuno.offer.glossary.models import Proposal, State, Term
from oportuno.offer.glossary.rules import said as rules
from oportuno.offer.glossary.rules.said import LANGUAGES, Said
from oportuno.people.organisations.api import Member, market_operator

MOST_WAITING = 50
"""Of one seller: nobody reads more of one hand."""
WHY = "the market decides what sellers propose for the glossary"


@transaction.atomic
def propose(
    *, said: Said, by: Member, at: datetime, about: str = "", note: str = "", proposal: UUID | None = None, version: int | None = None
) -> Proposal:
    """Hand in a term, or a change to the term `about`; `proposal`: say one again that waits or was given back.

    Raises Refusal, NotFound, Conflict, TooMany.
    """
    said = checked(said)
    if not any(getattr(said, f"name_{one}") and getattr(said, f"line_{one}") for one in LANGUAGES):
        raise Refusal(_("Write what it means too: a name alone explains nothing."), field="line_es")
    row = _own(proposal, by) if proposal else Proposal(term=about, version=0)
    if proposal and version is not None and row.version != version:
        raise Conflict(_("This changed meanwhile. Look at it again before you send it."))
    if row.state not in (State.WAITING, State.CHANGES):
        raise Conflict(_("This was decided already."))
    if not proposal and _of(by).filter(state=State.WAITING).count() >= MOST_WAITING:
        raise TooMany(_("The market reads what you proposed first: at most %s wait at once.") % MOST_WAITING)
    if about and not _is_there(about):
        raise NotFound
    row.state, row.name, row.said, row.note = State.WAITING, said.name, rules.write(said), note.strip()[:500]
    row.by_id, row.by_name, row.sent_at, row.version = by.id, by.person.name[:120], at, row.version + 1
    row.save()
    record(TermProposed(proposal=row.pk, by=by.id, at=at))
    return row


@transaction.atomic
def take_back(*, proposal: UUID, by: Member, at: datetime) -> Proposal:
    """Nobody need read it any more. Raises NotFound, Conflict once it was decided."""
    row = _own(proposal, by)
    if row.state not in (State.WAITING, State.CHANGES):
        raise Conflict(_("This was decided already."))
    row.state, row.decided_at, row.decided_by_id = State.TAKEN_BACK, at, by.id
    row.save(update_fields=["state", "decided_at", "decided_by_id"])
    record(ProposalDecided(proposal=row.pk, state=row.state, by=by.id, at=at))
    return row


@transaction.atomic
def accept(*, proposal: UUID, said: Said, by: Member, at: datetime, answer: str = "", version: int | None = None) -> Term:
    """Into the glossary, in these words: staff may have mended them. Who proposed it is named. Raises NotFound, Conflict, Refusal."""
    with for_market(WHY):
        row = _waiting(proposal, version)
    term = keep_term(said=said, by=by, at=at, slug=row.term, published=True, credited=row.organisation_id)
    _decide(row, State.ACCEPTED, answer, by, at, term=term.slug)
    return term


@transaction.atomic
def ask_changes(*, proposal: UUID, answer: str, by: Member, at: datetime, version: int | None = None) -> Proposal:
    """Back to who proposed it, with what should change. Raises NotFound, Conflict, Refusal."""
    return _answered(proposal, State.CHANGES, answer, by, at, version)


@transaction.atomic
def decline(*, proposal: UUID, answer: str, by: Member, at: datetime, version: int | None = None) -> Proposal:
    """Not for the glossary, and why. Raises NotFound, Conflict, Refusal."""
    return _answered(proposal, State.DECLINED, answer, by, at, version)


def _answered(proposal: UUID, state: State, answer: str, by: Member, at: datetime, version: int | None) -> Proposal:
    if len(answer.strip()) < 10:
        raise Refusal(_("Say why in a sentence: whoever proposed it reads it."), field="answer")
    with for_market(WHY):
        row = _waiting(proposal, version)
    _decide(row, state, answer, by, at, term=row.term)
    return row


def _decide(row: Proposal, state: State, answer: str, by: Member, at: datetime, *, term: str) -> None:
    row.state, row.answer, row.term, row.decided_by_id, row.decided_at = state, answer.strip()[:1000], term, by.id, at
    with for_market(WHY):
        row.save(update_fields=["state", "answer", "term", "decided_by_id", "decided_at"])
    record(ProposalDecided(proposal=row.pk, state=state, by=by.id, at=at))
    audit(f"term_proposal.{state}", at=at, by=by.id, of=row, reason=row.answer, organisation=by.organisation.pk)
    with for_organisation(row.organisation_id):
        defer("glossary.tell_proposer", proposal=str(row.pk), state=str(state))


def _of(member: Member) -> QuerySet[Proposal]:
    return Proposal.objects.filter(organisation_id=member.organisation.pk)


def _own(proposal: UUID, by: Member) -> Proposal:
    return _locked(_of(by), proposal)


def _locked(rows: QuerySet[Proposal], proposal: UUID) -> Proposal:
    row = rows.select_for_update().filter(pk=proposal).first()
    if row is None:
        raise NotFound
    return row


def _waiting(proposal: UUID, version: int | None) -> Proposal:
    row = _locked(Proposal.objects.all(), proposal)
    if row.state != State.WAITING:
        raise Conflict(_("This does not wait any more: it was decided or given back."))
    if version is not None and row.version != version:
        raise Conflict(_("Whoever proposed it has said it anew meanwhile. Read it again before you decide."))
    return row


def _is_there(slug: str) -> bool:
    with for_market(WHY):
        return Term.objects.filter(organisation_id=market_operator().pk, slug=slug, published=True).exists()
