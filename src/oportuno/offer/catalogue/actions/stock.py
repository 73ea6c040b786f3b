"""Counting what there is. One conditional statement per change: two who sell the last one never both succeed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation import acting_organisation
from oportuno.offer.catalogue.actions.following import follow_products
from oportuno.offer.catalogue.facts import StockChanged
from oportuno.offer.catalogue.models import Offer, StockMovement
from oportuno.offer.catalogue.queries.places import own_place

MOST = 10**9
REASONS = frozenset(StockMovement.Reason.values)

CHANGE = """
WITH moved AS (
    UPDATE stock SET on_hand = on_hand + %(change)s
    WHERE organisation_id = %(organisation)s AND offer_id = %(offer)s AND point_of_sale_id IS NOT DISTINCT FROM %(place)s
        AND on_hand + %(change)s >= 0
    RETURNING id, on_hand
), told AS (
    INSERT INTO stock_movement (id, organisation_id, stock_id, offer_id, point_of_sale_id, change, after, reason, note, by_id, at)
    SELECT %(movement)s, %(organisation)s, moved.id, %(offer)s, %(place)s, %(change)s, moved.on_hand, %(reason)s, %(note)s, %(by)s, %(at)s FROM moved
)
SELECT on_hand FROM moved
"""
BEGIN = """
INSERT INTO stock (id, organisation_id, offer_id, published, point_of_sale_id, on_hand)
SELECT %(stock)s, organisation_id, id, published, %(place)s, 0 FROM offer WHERE id = %(offer)s AND organisation_id = %(organisation)s
ON CONFLICT ON CONSTRAINT stock_once DO NOTHING
"""
COUNTED = """
SELECT on_hand FROM stock WHERE organisation_id = %(organisation)s AND offer_id = %(offer)s
    AND point_of_sale_id IS NOT DISTINCT FROM %(place)s FOR UPDATE
"""
SUM = """
UPDATE offer SET on_hand = COALESCE(on_hand, 0) + %(change)s
WHERE organisation_id = %(organisation)s AND id IN (SELECT id FROM offer
    WHERE organisation_id = %(organisation)s AND (id = %(offer)s OR (product_id = %(product)s AND variant_id IS NULL)) ORDER BY id FOR UPDATE)
"""


@transaction.atomic
def adjust_stock(
    *, offer: UUID, change: int, reason: str, at: datetime, place: UUID | None = None, by: UUID | None = None, note: str = ""
) -> int:
    """Add to the stock of an offer at a place, or take from it (`change` below zero); how much is there now.

    Raises NotFound for an offer or a place that is not the organisation's, Conflict when there is less than is taken, and changes nothing.
    """
    found = _offer(offer)
    own_place(place)
    if not change or abs(change) > MOST:
        raise Refusal(_("Write how many units came or went."), field="change")
    if reason not in REASONS:
        raise Refusal(_("Choose why the stock changes."), field="reason")
    known = _known(found, change, reason, at, place, by, note)
    with connection.cursor() as cursor:
        cursor.execute(CHANGE, known)
        row = cursor.fetchone()
        if row is None:
            cursor.execute(BEGIN, known)
            cursor.execute(CHANGE, known)
            row = cursor.fetchone()
        if row is None:
            raise Conflict(_("There are not so many left."), field="change")
        cursor.execute(SUM, known)
    after = int(row[0])
    if 0 in (after, after - change):  # the last one went, or the first came: lists say so at once
        follow_products([found.product_id])
    record(StockChanged(offer=offer, product=found.product_id, change=change, after=after, reason=reason, place=place, by=by, at=at))
    return after


@transaction.atomic
def count_stock(*, offer: UUID, on_hand: int, at: datetime, place: UUID | None = None, by: UUID | None = None, note: str = "") -> int:
    """Somebody counted: so many are there. The difference becomes a movement; none when it fits.

    Raises NotFound for an offer or a place that is not the organisation's.
    """
    found = _offer(offer)
    own_place(place)
    if not 0 <= on_hand <= MOST:
        raise Refusal(_("Write a whole number, zero or more."), field="on_hand")
    known = _known(found, 0, StockMovement.Reason.COUNT, at, place, by, note)
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, known)
        cursor.execute(COUNTED, known)
        row = cursor.fetchone()
        if found.on_hand is None:  # from now on it is counted, even if there is none
            cursor.execute(SUM, {**known, "change": 0})
            follow_products([found.product_id])
    before = int(row[0]) if row else 0
    if before == on_hand:
        return on_hand
    return adjust_stock(offer=offer, change=on_hand - before, reason=StockMovement.Reason.COUNT, at=at, place=place, by=by, note=note)


def _offer(offer: UUID) -> Offer:
    found = Offer.objects.filter(pk=offer, organisation_id=acting_organisation()).first()
    if found is None:
        raise NotFound
    if found.has_variants:
        raise Refusal(_("Count its variants: the product itself only shows their sum."))
    return found


def _known(found: Offer, change: int, reason: str, at: datetime, place: UUID | None, by: UUID | None, note: str) -> dict[str, Any]:
    return {
        "organisation": found.organisation_id, "offer": found.pk, "product": found.product_id, "place": place, "change": change,
        "reason": str(reason), "note": note[:200], "by": by, "at": at, "stock": new_id(), "movement": new_id(),
    }  # fmt: skip
