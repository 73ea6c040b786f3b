"""What the clock does to vetting: end what expires, remind before it does. In sets, a batch per transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from oportuno.kernel.facts import Fact, record_all
from oportuno.kernel.isolation import for_market
from oportuno.offer.directory.actions.standings import change_standing
from oportuno.offer.directory.facts import CertificationExpired, RequirementExpiring, SellerExpired
from oportuno.offer.directory.models import Certification, Decision, Reminder, Requirement, Seller, Standing, Verdict
from oportuno.offer.directory.queries.vetting import lapsed_requirements
from oportuno.offer.directory.rules import vetting

BATCH = 500


@transaction.atomic
def expire_due(at: datetime) -> int:
    """End up to 500 approvals whose time has come, with what they granted; how many. Call again until 0.

    A seller whose compulsory evidence ran out is not seen in public any more. Acts for the market.
    """
    due = _standing().filter(lapsed_at__isnull=True, expires_at__lte=at)
    lapsed = list(due.select_for_update(skip_locked=True, of=("self",)).order_by("expires_at", "id")[:BATCH])
    Decision.objects.filter(pk__in=[one.pk for one in lapsed]).update(lapsed_at=at)
    ended = list(Certification.objects.filter(decision__in=lapsed, ended_at__isnull=True))
    Certification.objects.filter(pk__in=[one.pk for one in ended]).update(ended_at=at, published=False)
    _tell((one.organisation_id, CertificationExpired(seller=one.seller_id, certification=one.key, at=at)) for one in ended)
    for seller in Seller.objects.select_for_update().filter(pk__in={one.seller_id for one in lapsed}).order_by("pk"):
        _follow(seller, at)
    return len(lapsed)


@transaction.atomic
def remind_due(at: datetime) -> int:
    """Tell, once each, of approvals that end soon, as many days before as their requirement says; how many were told.

    Only facts: who writes to the seller follows them. Acts for the market.
    """
    furthest = max((max(days) for days in Requirement.objects.values_list("remind_days", flat=True) if days), default=0)
    soon = _standing().filter(lapsed_at__isnull=True, expires_at__gt=at, expires_at__lte=at + timedelta(days=furthest))
    told = 0
    for batch in _batches(soon.select_related("requirement").order_by("expires_at", "id").iterator(BATCH)):
        told += _remind(batch, at)
    return told


def _remind(batch: list[Decision], at: datetime) -> int:
    nearest: dict[object, int] = {}
    for decision, days in Reminder.objects.filter(decision__in=batch).values_list("decision_id", "days"):
        nearest[decision] = min(days, nearest.get(decision, days))
    fresh: list[tuple[Decision, int]] = []
    for one in batch:
        due = vetting.reminders_due(one.expires_at, one.requirement.remind_days, at) if one.expires_at else []
        if due and due[0] < nearest.get(one.pk, due[0] + 1):
            fresh.append((one, due[0]))
    Reminder.objects.bulk_create(
        (Reminder(organisation_id=one.organisation_id, decision=one, days=days, at=at) for one, days in fresh), ignore_conflicts=True
    )
    _tell(
        (one.organisation_id, RequirementExpiring(seller=one.seller_id, requirement=one.requirement.key, days=d, at=at)) for one, d in fresh
    )
    return len(fresh)


def _follow(seller: Seller, at: datetime) -> None:
    """The seller whose evidence ran out: one at a time, for each is few and each has its own rules."""
    with for_market("the clock ends what expires", organisation=seller.organisation_id):
        lapsed = lapsed_requirements(seller, at)
        if lapsed and seller.standing == Standing.APPROVED:
            change_standing(seller, Standing.EXPIRED, reason=lapsed[0], by=None, at=at)
            record_all([SellerExpired(seller=seller.pk, requirement=lapsed[0], at=at)])
            return
        seller.certified = Certification.objects.filter(seller=seller, ended_at__isnull=True).exists()
        seller.save(update_fields=["certified"])


def _standing() -> QuerySet[Decision]:
    return Decision.objects.filter(verdict=Verdict.APPROVE, superseded_at__isnull=True)


def _tell(facts: Iterable[tuple[int, Fact]]) -> None:
    by_owner: dict[int, list[Fact]] = defaultdict(list)
    for owner, fact in facts:
        by_owner[owner].append(fact)
    for owner, own in by_owner.items():
        record_all(own, organisation=owner)


def _batches(rows: Iterable[Decision]) -> Iterable[list[Decision]]:
    batch: list[Decision] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
