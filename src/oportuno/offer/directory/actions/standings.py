"""Where a seller stands with the market: approved, suspended, expired, revoked. What anybody sees follows at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Conflict, Refusal
from oportuno.kernel.facts import record
from oportuno.offer.directory.actions.holding import take_standing
from oportuno.offer.directory.actions.staff import on_seller
from oportuno.offer.directory.facts import SellerExpired, SellerReinstated, SellerRevoked, SellerSuspended
from oportuno.offer.directory.models import Certification, PointOfSale, Seller, SellerPlace, SellerSector, Standing, StandingChange
from oportuno.offer.directory.queries.vetting import lapsed_requirements
from oportuno.offer.search.api import remove_of
from oportuno.offer.sites.api import allow_site
from oportuno.people.organisations.api import Member


@transaction.atomic
def suspend_seller(*, seller: UUID, reason: str, by: Member, at: datetime) -> Seller:
    """Take a seller, and all it offers, out of the public eye until somebody lifts it. The reason is told to the seller."""
    with on_seller(seller, by=by) as found:
        _must_stand(found, Standing.APPROVED, Standing.EXPIRED)
        change_standing(found, Standing.SUSPENDED, reason=_needed(reason), by=by.id, at=at)
        record(SellerSuspended(seller=found.pk, by=by.id, at=at))
        audit("seller.suspended", at=at, by=by.id, of=found, reason=reason, organisation=by.organisation.pk)
    return found


@transaction.atomic
def reinstate_seller(*, seller: UUID, reason: str, by: Member, at: datetime) -> Seller:
    """Lift a suspension. A seller whose compulsory evidence ran out meanwhile has to renew it first."""
    with on_seller(seller, by=by) as found:
        _must_stand(found, Standing.SUSPENDED)
        lapsed = lapsed_requirements(found, at)
        change_standing(found, Standing.EXPIRED if lapsed else Standing.APPROVED, reason=_needed(reason), by=by.id, at=at)
        if lapsed:
            record(SellerExpired(seller=found.pk, requirement=lapsed[0], by=by.id, at=at))
        else:
            record(SellerReinstated(seller=found.pk, by=by.id, at=at))
        audit("seller.reinstated", at=at, by=by.id, of=found, reason=reason, organisation=by.organisation.pk)
    return found


@transaction.atomic
def revoke_seller(*, seller: UUID, reason: str, by: Member, at: datetime) -> Seller:
    """Withdraw the approval. Certifications end; to sell again it must apply anew."""
    with on_seller(seller, by=by) as found:
        _must_stand(found, Standing.APPROVED, Standing.EXPIRED, Standing.SUSPENDED)
        Certification.objects.filter(seller=found, ended_at__isnull=True).update(ended_at=at)
        change_standing(found, Standing.REVOKED, reason=_needed(reason), by=by.id, at=at)
        record(SellerRevoked(seller=found.pk, by=by.id, at=at))
        audit("seller.revoked", at=at, by=by.id, of=found, reason=reason, organisation=by.organisation.pk)
    return found


def change_standing(seller: Seller, standing: Standing, *, reason: str, by: UUID | None, at: datetime) -> None:
    """Part of a larger action, which acts for the seller's organisation and tells the fact."""
    take_standing(seller.organisation_id)
    StandingChange.objects.create(seller=seller, standing=standing, reason=reason, by_id=by, at=at)
    seller.standing, seller.standing_since = standing, at
    seller.published = standing == Standing.APPROVED
    if seller.published and seller.approved_at is None:
        seller.approved_at = at
    seller.certified = Certification.objects.filter(seller=seller, ended_at__isnull=True).exists()
    seller.save(update_fields=["standing", "standing_since", "published", "approved_at", "certified"])
    show(seller)
    allow_site(organisation=seller.organisation_id, allowed=seller.published, at=at)
    if not seller.published:
        remove_of(seller.organisation_id)  # the index is public: what is hidden leaves it in this transaction


def show(seller: Seller) -> None:
    """Let everything that is seen with the seller follow it."""
    seen = Value(seller.published)
    SellerSector.objects.filter(seller=seller).update(published=F("vetted") if seller.published else seen)
    SellerPlace.objects.filter(seller=seller).update(published=seen)
    open_points = When(closed_at__isnull=True, then=F("shown") if seller.published else seen)
    PointOfSale.objects.filter(seller=seller).update(published=Case(open_points, default=Value(False)))
    live = When(ended_at__isnull=True, then=seen)
    Certification.objects.filter(seller=seller).update(published=Case(live, default=Value(False)))


def _must_stand(seller: Seller, *standings: Standing) -> None:
    if seller.standing not in standings:
        raise Conflict(_("That cannot be done now: this seller is “%(standing)s”.") % {"standing": Standing(seller.standing).label})


def _needed(reason: str) -> str:
    if not reason.strip():
        raise Refusal(_("Write the reason: the seller will read it, and so will whoever asks later."), field="reason")
    return reason.strip()
