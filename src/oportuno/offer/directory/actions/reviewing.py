"""Reviewing an application: one decision per requirement, and what they add up to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Conflict, Refusal
from oportuno.kernel.facts import record, record_all
from oportuno.offer.directory.actions.plans import start_plan
from oportuno.offer.directory.actions.staff import on_application
from oportuno.offer.directory.actions.standings import change_standing, show
from oportuno.offer.directory.actions.turns import turn
from oportuno.offer.directory.facts import (
    CertificationGranted,
    ChangesAsked,
    RequirementDecided,
    ReviewBegun,
    SellerApproved,
    SellerRejected,
)
from oportuno.offer.directory.models import (
    Application,
    Certification,
    Decision,
    Requirement,
    Seller,
    SellerSector,
    Standing,
    State,
    Verdict,
)
from oportuno.offer.directory.queries.verticals import method
from oportuno.offer.directory.queries.verticals import said as words_of
from oportuno.offer.directory.queries.vetting import Line, lines
from oportuno.offer.directory.rules import vetting
from oportuno.people.organisations.api import Member, Organisation


@transaction.atomic
def begin_review(*, application: UUID, by: Member, at: datetime) -> Application:
    """A reviewer takes an application from the queue."""
    with on_application(application, by=by) as found:
        _begin(found, by, at)
    return found


@dataclass(frozen=True)
class Judgement:
    """What a reviewer says of one requirement, and why.

    `seen`: how many decisions of this application on it she had before her eyes.
    """

    requirement: str
    verdict: Verdict
    reason: str
    seen: int = 0


def decide(*, application: UUID, requirement: str, verdict: Verdict, reason: str, seen: int, by: Member, at: datetime) -> Decision:
    """Decide on one requirement, as `decide_all` does on many."""
    return decide_all(application=application, judgements=[Judgement(requirement, verdict, reason, seen)], by=by, at=at)[0]


@transaction.atomic
def decide_all(*, application: UUID, judgements: Sequence[Judgement], by: Member, at: datetime) -> list[Decision]:
    """Decide on requirements, each once, with a reason that the seller reads; on all of them or none.

    Raises Conflict when somebody decided meanwhile. Approval wants evidence; it ends by itself after the requirement's days.
    """
    with on_application(application, by=by) as found:
        if found.state == State.SUBMITTED:
            _begin(found, by, at)
        if found.state != State.IN_REVIEW:
            raise Conflict(_("This application is not in review; reload the page to see what happened."))
        asked = {line.requirement.key: line for line in lines(found, at)}
        for one in judgements:
            line = _line(asked, one.requirement)
            _must_be_fresh(line, one.seen)
            _must_have_ground(line, one.verdict, one.reason)
        _supersede(found, judgements, at)
        decisions = [_decision(found, asked[one.requirement].requirement, one, by, at) for one in judgements]
        Decision.objects.bulk_create(decisions)
        record_all(
            RequirementDecided(application=found.pk, requirement=one.requirement, verdict=one.verdict.value, by=by.id, at=at)
            for one in judgements
        )
        for done in decisions:
            why = done.reason
            audit("requirement.decided", at=at, by=by.id, of=done, reason=why, organisation=by.organisation.pk, verdict=done.verdict)
    return decisions


@transaction.atomic
def conclude_review(*, application: UUID, by: Member, at: datetime, note: str = "") -> Application:
    """Answer the seller with what the decisions add up to: approved, changes asked or rejected.

    Raises Refusal with `undecided`, the keys of the requirements that still wait.
    """
    with on_application(application, by=by) as found:
        if found.state != State.IN_REVIEW:
            raise Conflict(_("This application is not in review; reload the page to see what happened."))
        all_lines = lines(found, at)
        result = vetting.outcome([line.asked for line in all_lines], at)
        if result.state == "undecided":
            titles = [words_of(line.requirement.title) for line in all_lines if line.requirement.key in result.keys]
            raise Refusal(_("These still wait for a decision: %(titles)s.") % {"titles": ", ".join(titles)}, undecided=result.keys)
        turn(found, State(result.state), by=by, at=at, note=note.strip())
        if result.state == "approved":
            _approve(found, all_lines, by, at)
        elif result.state == "changes_asked":
            record(ChangesAsked(application=found.pk, requirements=list(result.keys), by=by.id, at=at))
        else:
            record(SellerRejected(seller=found.seller_id, application=found.pk, by=by.id, at=at))
        audit(f"application.{result.state}", at=at, by=by.id, of=found, reason=note, organisation=by.organisation.pk)
    return found


def _begin(application: Application, by: Member, at: datetime) -> None:
    turn(application, State.IN_REVIEW, by=by, at=at)
    record(ReviewBegun(application=application.pk, by=by.id, at=at))


def _line(asked: Mapping[str, Line], key: str) -> Line:
    found = asked.get(key)
    if found is None:
        raise Conflict(_("This is not asked of the seller any more; reload the page."))
    return found


def _must_be_fresh(line: Line, seen: int) -> None:
    if line.seen != seen:
        who = line.last.reviewer_name if line.last else ""
        raise Conflict(_("%(who)s decided on this a moment ago; look at that decision first.") % {"who": who})


def _must_have_ground(line: Line, verdict: Verdict, reason: str) -> None:
    if not reason.strip():
        raise Refusal(_("Write the reason: the seller will read it, and so will whoever asks later."), field="reason")
    if verdict == Verdict.APPROVE and not line.evidence:
        raise Refusal(_("Nothing was shown for this yet; keep the evidence first."), field="reason")


def _supersede(application: Application, judgements: Sequence[Judgement], at: datetime) -> None:
    """An approval takes the place of every earlier decision; a no only of those in this application: what was approved before
    stands until it ends by itself."""
    old = Decision.objects.filter(seller=application.seller, superseded_at__isnull=True)
    approved = [one.requirement for one in judgements if one.verdict == Verdict.APPROVE]
    others = [one.requirement for one in judgements if one.verdict != Verdict.APPROVE]
    old.filter(Q(requirement__key__in=approved) | Q(requirement__key__in=others, application=application)).update(superseded_at=at)


def _decision(application: Application, requirement: Requirement, said: Judgement, by: Member, at: datetime) -> Decision:
    return Decision(
        application=application,
        seller=application.seller,
        requirement=requirement,
        number=said.seen + 1,
        verdict=said.verdict.value,
        reason=said.reason.strip(),
        reviewer_id=by.id,
        reviewer_name=str(by.person),
        at=at,
        expires_at=vetting.expiry(at, requirement.expires_days) if said.verdict == Verdict.APPROVE else None,
    )


def _approve(application: Application, all_lines: list[Line], by: Member, at: datetime) -> None:
    seller = Seller.objects.select_for_update().get(pk=application.seller_id)
    _certify(seller, all_lines, by, at)
    SellerSector.objects.filter(seller=seller).update(vetted=True)
    if seller.standing == Standing.SUSPENDED:  # new evidence does not lift a suspension
        seller.certified = Certification.objects.filter(seller=seller, ended_at__isnull=True).exists()
        seller.save(update_fields=["certified"])
        show(seller)
    else:
        change_standing(seller, Standing.APPROVED, reason="", by=by.id, at=at)
        zone = Organisation.objects.values_list("time_zone", flat=True).get(pk=seller.organisation_id)
        start_plan(seller, zone=zone, at=at)
    record(SellerApproved(seller=seller.pk, application=application.pk, renewal=application.renewal, by=by.id, at=at))


def _certify(seller: Seller, all_lines: list[Line], by: Member, at: datetime) -> None:
    """Every approval that stands and grants something, unless it did already; since the day of that approval."""
    words = {one.key: one for one in method().vetting.certifications}
    live = {one.key: one for one in Certification.objects.filter(seller=seller, ended_at__isnull=True)}
    granted: dict[str, Certification] = {}
    for line in all_lines:
        key, decision = line.requirement.grants, line.counts
        if key not in words or line.waits != "in_order" or decision is None or key in granted:
            continue
        if key not in live or live[key].decision_id != decision.pk:
            granted[key] = Certification(
                seller=seller,
                decision=decision,
                key=key,
                title=words[key].title.model_dump(),
                description=words[key].description.model_dump(),
                icon=words[key].icon,
                evidence_kind=line.requirement.evidence_kind,
                granted_at=decision.at,
                expires_at=decision.expires_at,
            )
    old = [live[key].pk for key in granted if key in live]
    Certification.objects.filter(pk__in=old).update(ended_at=at, published=False)
    Certification.objects.bulk_create(granted.values())
    record_all(CertificationGranted(seller=seller.pk, certification=key, by=by.id, at=at) for key in granted)
