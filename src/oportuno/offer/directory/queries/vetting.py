"""Applications: what is asked, what was shown, what was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from oportuno.offer.directory.models import (
    Application,
    Certification,
    Decision,
    Evidence,
    Requirement,
    Seller,
    Standing,
    StandingChange,
    Turn,
    Verdict,
)
from oportuno.offer.directory.queries.sellers import sector_slugs
from oportuno.offer.directory.queries.verticals import requirements_for, said
from oportuno.offer.directory.rules.vetting import RENEW_WITHIN, Asked, Waits


@dataclass(frozen=True)
class Line:
    """One requirement of an application, with what was shown and decided.

    `decisions`: all of the seller's on it, newest first; `counts`: the one that counts for this application.
    """

    requirement: Requirement
    asked: Asked
    waits: Waits
    renewable: bool
    evidence: Sequence[Evidence]
    decisions: Sequence[Decision]
    counts: Decision | None
    application_id: UUID

    @property
    def last(self) -> Decision | None:
        return self.decisions[0] if self.decisions else None

    @property
    def seen(self) -> int:
        """How many decisions of this application stand here: what a reviewer answers with, so that two do not decide at once."""
        return sum(1 for one in self.decisions if one.application_id == self.application_id)


def open_application(organisation: int) -> Application | None:
    """The application of the organisation that is not closed yet."""
    return Application.objects.filter(organisation_id=organisation, closed_at__isnull=True).select_related("seller__home").first()


def last_application(organisation: int) -> Application | None:
    """The open application, else the one closed last."""
    return Application.objects.filter(organisation_id=organisation).select_related("seller__home").order_by("-created_at").first()


def lines(application: Application, at: datetime) -> list[Line]:
    """Every requirement the application meets, in the pack's order. Four queries."""
    seller = application.seller
    requirements = requirements_for(country=seller.country, sectors=sector_slugs(seller))
    shown: dict[str, list[Evidence]] = defaultdict(list)
    for piece in (
        Evidence.objects.filter(application=application, withdrawn_at__isnull=True).select_related("requirement", "document").order_by("at")
    ):
        shown[piece.requirement.key].append(piece)
    decided: dict[str, list[Decision]] = defaultdict(list)
    for decision in Decision.objects.filter(seller=seller).select_related("requirement").order_by("-at", "-number"):
        decided[decision.requirement.key].append(decision)
    return [_line(application, one, shown[one.key], decided[one.key], at) for one in requirements]


def _line(application: Application, requirement: Requirement, shown: list[Evidence], decided: list[Decision], at: datetime) -> Line:
    last = next((one for one in decided if one.application_id == application.pk or _stands(one)), None)
    asked = Asked(
        key=requirement.key,
        kind=requirement.evidence_kind,
        required=requirement.required,
        how_many=requirement.how_many,
        shown=len(shown),
        shown_at=shown[-1].at if shown else None,
        verdict=last.verdict if last else "",
        here=bool(last and last.application_id == application.pk),
        decided_at=last.at if last else None,
        expires_at=last.expires_at if last else None,
    )
    return Line(requirement, asked, asked.waits(at), asked.renewable(at), shown, decided, last, application.pk)


def _stands(decision: Decision) -> bool:
    return decision.verdict == Verdict.APPROVE and decision.superseded_at is None


def turns(application: Application) -> list[Turn]:
    """The application's history, oldest first."""
    return list(Turn.objects.filter(application=application).order_by("at", "id"))


def certifications_of(seller: Seller) -> list[Certification]:
    """What the market vouches for now, oldest first."""
    return list(Certification.objects.filter(seller=seller, ended_at__isnull=True).order_by("granted_at", "id"))


def standing_changes(seller: Seller) -> list[StandingChange]:
    """Where the seller stood and why, newest first. What the clock ended names its requirement by title, not by key."""
    changes = list(StandingChange.objects.filter(seller=seller).order_by("-at", "-id"))
    ended = {one.reason for one in changes if one.standing == Standing.EXPIRED}
    titles = {one.key: said(one.title) for one in Requirement.objects.filter(key__in=ended).order_by("version")} if ended else {}
    for one in changes:
        one.reason = titles.get(one.reason, one.reason) if one.standing == Standing.EXPIRED else one.reason
    return changes


def lapsed_requirements(seller: Seller, at: datetime) -> list[str]:
    """Keys of compulsory requirements whose approval ran out and was not renewed."""
    asked = requirements_for(country=seller.country, sectors=sector_slugs(seller))
    over = Decision.objects.filter(seller=seller, verdict="approve", superseded_at__isnull=True, expires_at__lte=at)
    lapsed = set(over.values_list("requirement__key", flat=True))
    return [one.key for one in asked if one.required and one.key in lapsed]


def ending(seller: Seller, at: datetime, within: timedelta = RENEW_WITHIN) -> list[Decision]:
    """Approvals that end within a time from a moment, or ended before it and were not renewed; the first to end first."""
    standing = Decision.objects.filter(seller=seller, verdict=Verdict.APPROVE, superseded_at__isnull=True, expires_at__lte=at + within)
    return list(standing.select_related("requirement").order_by("expires_at", "requirement__order"))


def in_order(seller: Seller, at: datetime) -> frozenset[str]:
    """Keys of the requirements whose approval stands now."""
    standing = Decision.objects.filter(seller=seller, verdict=Verdict.APPROVE, superseded_at__isnull=True)
    rows = standing.values_list("requirement__key", "expires_at")
    return frozenset(key for key, expires_at in rows if expires_at is None or at < expires_at)
