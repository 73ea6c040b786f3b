"""The market's side: applications that wait, and how all sellers are doing. Acts for the market."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_market
from oportuno.offer.directory.models import (
    Application,
    Certification,
    Evidence,
    PlanStep,
    Seller,
    SellerSector,
    Standing,
    StandingChange,
    State,
    TaxNumber,
    Turn,
)
from oportuno.offer.directory.queries.cards import SectorMark, place_name, sector_mark
from oportuno.offer.directory.queries.vetting import Line, lines, standing_changes, turns
from oportuno.offer.directory.rules import dates, marks
from oportuno.offer.directory.rules.places import plain

WHY = "the market's vetting queue and its overview of all sellers"
PAGE = 30
WAITING = (State.SUBMITTED, State.IN_REVIEW)
SOON = timedelta(days=30)


@dataclass(frozen=True)
class QueueRow:
    """An application in the queue. `late`: the market promised to answer by now."""

    id: UUID
    name: str
    country: str
    city: str
    sectors: Sequence[SectorMark]
    state: str
    state_label: str
    renewal: bool
    submitted_at: datetime
    late: bool
    reviewer: str


@dataclass(frozen=True)
class Queue:
    rows: Sequence[QueueRow]
    after: str


@dataclass(frozen=True)
class Case:
    """One application as a reviewer sees it. `twins`: other sellers that gave the same tax number."""

    application: Application
    seller: Seller
    sectors: Sequence[SectorMark]
    lines: Sequence[Line]
    turns: Sequence[Turn]
    standings: Sequence[StandingChange]
    tax_numbers: Sequence[TaxNumber]
    twins: Sequence[str]


@dataclass(frozen=True)
class SellerRow:
    """A seller in the operator's overview."""

    id: UUID
    slug: str
    name: str
    country: str
    city: str
    standing: str
    standing_label: str
    standing_since: datetime
    certifications: int
    expires_at: datetime | None
    plan_share: float
    plan_begun: bool
    active_at: datetime


@dataclass(frozen=True)
class Overview:
    rows: Sequence[SellerRow]
    after: str


def queue(*, state: str = "waiting", country: str = "", after: str = "", answer_days: int = 0, at: datetime, limit: int = PAGE) -> Queue:
    """Applications handed in, oldest first, a page at a time. `state`: waiting (both kinds), one state, or all."""
    mark = marks.read(after, "queue", datetime.fromisoformat)
    with for_market(WHY):
        found = Application.objects.filter(submitted_at__isnull=False)
        if state != "all":
            found = found.filter(state__in=WAITING if state == "waiting" else [state])
        if country:
            found = found.filter(seller__country=country)
        if mark:
            found = found.filter(Q(submitted_at__gt=mark[0]) | Q(submitted_at=mark[0], pk__gt=mark[1]))
        rows = list(found.select_related("seller__home").order_by("submitted_at", "id")[: limit + 1])
        shown = rows[:limit]
        sectors, reviewers = _sectors_of(shown), _reviewers_of(shown)
        promised = dates.working_days_before(at, answer_days)
        after = (
            marks.write("queue", shown[-1].submitted_at.isoformat(), shown[-1].pk) if len(rows) > limit and shown[-1].submitted_at else ""
        )
        return Queue([_queue_row(one, sectors[one.seller_id], reviewers.get(one.pk, ""), promised) for one in shown], after)


def waiting_count() -> int:
    """How many applications wait for the market, up to 100: what stands beside the word in the navigation."""
    with for_market(WHY):
        return len(Application.objects.filter(state__in=WAITING, submitted_at__isnull=False).values_list("pk")[:100])


def case(application: UUID, at: datetime) -> Case:
    """An application handed in, with all a reviewer needs. Raises NotFound; drafts nobody handed in stay the seller's."""
    with for_market(WHY):
        found = (
            Application.objects.filter(pk=application, submitted_at__isnull=False)
            .select_related("seller__home__parent", "seller__emblem")
            .first()
        )
        if found is None:
            raise NotFound
        seller = found.seller
        numbers = list(TaxNumber.objects.filter(seller=seller))
        same = Q(pk__in=[])
        for one in numbers:
            same |= Q(kind=one.kind, number=one.number)
        twins = TaxNumber.objects.filter(same).exclude(seller=seller).select_related("seller").order_by("at")
        return Case(
            application=found,
            seller=seller,
            sectors=_sectors_of([found])[seller.pk],
            lines=lines(found, at),
            turns=turns(found),
            standings=standing_changes(seller),
            tax_numbers=numbers,
            twins=[one.seller.trade_name for one in twins],
        )


def lines_for_market(application: UUID, at: datetime) -> list[Line]:
    """Every requirement of an application that was handed in. Raises NotFound."""
    return list(case(application, at).lines)


def evidence_owner(evidence: UUID) -> tuple[int, UUID]:
    """Organisation and document of a piece of evidence that was handed in, for a reviewer. Raises NotFound."""
    with for_market(WHY):
        piece = Evidence.objects.filter(pk=evidence, document__isnull=False, application__submitted_at__isnull=False).first()
    if piece is None or piece.document_id is None:
        raise NotFound
    return piece.organisation_id, piece.document_id


def overview(*, standing: str = "", text: str = "", expiring: bool = False, after: str = "", at: datetime, limit: int = PAGE) -> Overview:
    """All sellers, the longest in their standing last, a page at a time."""
    mark = marks.read(after, "overview", datetime.fromisoformat)
    with for_market(WHY):
        found = Seller.objects.all()
        if standing:
            found = found.filter(standing=standing)
        for word in plain(text).split()[:6]:
            found = found.filter(plain__contains=word)
        if expiring:
            soon = Certification.objects.filter(ended_at__isnull=True, expires_at__lte=at + SOON)
            found = found.filter(pk__in=soon.values("seller_id"))
        if mark:
            found = found.filter(Q(standing_since__lt=mark[0]) | Q(standing_since=mark[0], pk__lt=mark[1]))
        rows = list(found.select_related("home").order_by("-standing_since", "-id")[: limit + 1])
        shown = rows[:limit]
        after = marks.write("overview", shown[-1].standing_since.isoformat(), shown[-1].pk) if len(rows) > limit else ""
        return Overview(_overview_rows(shown), after)


def standing_counts() -> dict[str, int]:
    """How many sellers stand where."""
    with for_market(WHY):
        return dict(Seller.objects.values_list("standing").annotate(n=Count("id")))


def seller_for_market(seller: UUID) -> Seller:
    """Raises NotFound."""
    with for_market(WHY):
        found = Seller.objects.filter(pk=seller).select_related("home").first()
    if found is None:
        raise NotFound
    return found


def _queue_row(one: Application, sectors: Sequence[SectorMark], reviewer: str, promised: datetime) -> QueueRow:
    assert one.submitted_at is not None
    return QueueRow(
        id=one.pk,
        name=one.seller.trade_name,
        country=one.seller.country,
        city=place_name(one.seller.home),
        sectors=sectors,
        state=one.state,
        state_label=str(State(one.state).label),
        renewal=one.renewal,
        submitted_at=one.submitted_at,
        late=one.state in WAITING and one.submitted_at < promised,
        reviewer=reviewer,
    )


def _sectors_of(applications: Sequence[Application]) -> dict[UUID, list[SectorMark]]:
    found: dict[UUID, list[SectorMark]] = {one.seller_id: [] for one in applications}
    for one in SellerSector.objects.filter(seller__in=list(found)).select_related("sector").order_by("sector__order"):
        found[one.seller_id].append(sector_mark(one.sector))
    return found


def _reviewers_of(applications: Sequence[Application]) -> dict[UUID, str]:
    begun = Turn.objects.filter(application__in=[one.pk for one in applications], state=State.IN_REVIEW).order_by("at")
    return {one.application_id: one.by_name for one in begun}


def _overview_rows(sellers: Sequence[Seller]) -> list[SellerRow]:
    ids = [one.pk for one in sellers]
    held: dict[UUID, list[datetime | None]] = {pk: [] for pk in ids}
    for seller, expires_at in Certification.objects.filter(seller__in=ids, ended_at__isnull=True).values_list("seller_id", "expires_at"):
        held[seller].append(expires_at)
    steps = PlanStep.objects.filter(seller__in=ids).values_list("seller_id")
    plans = {seller: numbers for seller, *numbers in steps.annotate(all=Count("id"), done=Count("done_at"), dated=Count("due_on"))}
    return [_overview_row(one, held[one.pk], plans.get(one.pk, [0, 0, 0])) for one in sellers]


def _overview_row(one: Seller, held: Sequence[datetime | None], plan: Sequence[int]) -> SellerRow:
    return SellerRow(
        id=one.pk,
        slug=one.slug,
        name=one.trade_name,
        country=one.country,
        city=place_name(one.home),
        standing=one.standing,
        standing_label=str(Standing(one.standing).label),
        standing_since=one.standing_since,
        certifications=len(held),
        expires_at=min((when for when in held if when), default=None),
        plan_share=plan[1] / plan[0] if plan[0] else 0.0,
        plan_begun=plan[2] > 0,
        active_at=one.changed_at,
    )
