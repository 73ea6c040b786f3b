"""Changing many offers at once, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.facts import record_all
from oportuno.kernel.isolation import acting_organisation
from oportuno.kernel.money import Money
from oportuno.offer.catalogue.actions.following import follow_offers, follow_products
from oportuno.offer.catalogue.actions.publishing import set_active
from oportuno.offer.catalogue.facts import PriceChanged, ProductChanged
from oportuno.offer.catalogue.models import BulkChange, Offer, OfferPrice, Product
from oportuno.offer.catalogue.queries.shelves import shelves
from oportuno.people.organisations.api import Organisation

MOST = 5_000
"""Offers in one change: what can be undone is remembered in one row."""
Kind = BulkChange.Kind


@transaction.atomic
def show_many(*, offers: Sequence[UUID], active: bool, by: UUID, at: datetime) -> BulkChange:
    """Show offers, or hide them; what already was so stays out of the change."""
    changed = set_active(offers=_bounded(offers), active=active, by=by, at=at)
    return BulkChange.objects.create(
        kind=Kind.PUBLISH if active else Kind.HIDE, before={str(pk): not active for pk in changed},
        after={str(pk): active for pk in changed}, count=len(changed), by_id=by, at=at,
    )  # fmt: skip


@transaction.atomic
def archive(*, offers: Sequence[UUID], by: UUID, at: datetime) -> BulkChange:
    """Put offers away: hidden from buyers, out of the seller's own lists, their history kept."""
    found = Offer.objects.filter(pk__in=_bounded(offers), organisation_id=acting_organisation(), archived=False)
    before = {str(pk): active for pk, active in found.values_list("pk", "active")}
    set_active(offers=[UUID(pk) for pk, active in before.items() if active], active=False, by=by, at=at)
    Offer.objects.filter(pk__in=list(before)).update(archived=True, updated_at=at)
    return BulkChange.objects.create(
        kind=Kind.ARCHIVE, before=before, after=dict.fromkeys(before, False), count=len(before), by_id=by, at=at
    )


@transaction.atomic
def change_category(*, offers: Sequence[UUID], category: str, by: UUID, at: datetime) -> BulkChange:
    """Put products that the organisation described into a category. Raises Refusal for one that the market does not have."""
    shelf = shelves().by_slug.get(category)
    if shelf is None or not shelf.active:
        raise Refusal(_("Choose a category of this market."), field="category")
    own = Product.objects.select_for_update().filter(
        organisation_id=acting_organisation(), pk__in=Offer.objects.filter(pk__in=_bounded(offers)).values("product_id")
    )
    before = {str(pk): was for pk, was in own.order_by("id").values_list("pk", "category_id") if was != shelf.id}
    _write_categories(dict.fromkeys(before, shelf.id), by, at)
    return BulkChange.objects.create(
        kind=Kind.CATEGORY, before=before, after=dict.fromkeys(before, shelf.id), count=len(before), by_id=by, at=at
    )


@transaction.atomic
def change_prices(*, offers: Sequence[UUID], percent: Decimal, by: UUID, at: datetime) -> BulkChange:
    """Raise prices by so many percent of themselves (lower, below zero), in all currencies, rounded half up to the smallest unit.

    Takes the variants of main offers with it. Raises Refusal beyond −90 … +900 %.
    """
    if not Decimal(-90) <= percent <= Decimal(900) or not percent:
        raise Refusal(_("Write by how many percent: from −90 to 900."), field="percent")
    prices = list(OfferPrice.objects.select_for_update().filter(offer_id__in=_with_variants(_bounded(offers))).order_by("id"))
    before = {str(one.pk): one.amount_minor for one in prices}
    factor = 1 + percent / 100
    after = {str(one.pk): Money(one.amount_minor, one.currency).times(factor, rounding=ROUND_HALF_UP).minor for one in prices}
    _write_prices(after, by, at)
    return BulkChange.objects.create(
        kind=Kind.PRICE, before=before, after=after, count=len({one.offer_id for one in prices}), by_id=by, at=at
    )


@transaction.atomic
def undo(*, change: UUID, by: UUID, at: datetime) -> int:
    """Take a change back where things still are as it left them; how many were. Raises NotFound, Conflict when undone already."""
    found = BulkChange.objects.select_for_update().filter(pk=change).first()
    if found is None:
        raise NotFound
    if found.undone_at:
        raise Conflict(_("This change was undone already."))
    if found.kind == Kind.PRICE:
        kept = OfferPrice.objects.filter(pk__in=list(found.after)).values_list("pk", "amount_minor")
        still = {str(pk): found.before[str(pk)] for pk, amount in kept if found.after[str(pk)] == amount}
        _write_prices(still, by, at)
        count = len(still)
    elif found.kind == Kind.CATEGORY:
        placed = Product.objects.filter(organisation_id=acting_organisation(), pk__in=list(found.after)).values_list("pk", "category_id")
        moved = {str(pk): found.before[str(pk)] for pk, category in placed if found.after[str(pk)] == category}
        _write_categories(moved, by, at)
        count = len(moved)
    elif found.kind == Kind.ARCHIVE:
        still_away = Offer.objects.filter(pk__in=list(found.before), organisation_id=acting_organisation(), archived=True)
        back = [str(pk) for pk in still_away.values_list("pk", flat=True)]
        Offer.objects.filter(pk__in=back).update(archived=False, updated_at=at)
        set_active(offers=[UUID(pk) for pk in back if found.before[pk]], active=True, by=by, at=at)
        count = len(back)
    else:
        count = len(set_active(offers=[UUID(pk) for pk in found.before], active=found.kind == Kind.HIDE, by=by, at=at))
    found.undone_at = at
    found.save(update_fields=["undone_at"])
    return count


def last_change() -> BulkChange | None:
    """The latest change of the organisation that can still be undone."""
    latest = BulkChange.objects.order_by("-id").first()
    return latest if latest and not latest.undone_at and latest.count else None


def _bounded(offers: Sequence[UUID]) -> list[UUID]:
    if not offers:
        raise Refusal(_("Choose the products first."))
    if len(offers) > MOST:
        raise Refusal(_("At most 5,000 products can be changed at once: narrow the list down, or import a file."))
    return list(offers)


def _with_variants(offers: list[UUID]) -> list[UUID]:
    products = Offer.objects.filter(pk__in=offers, variant_id__isnull=True).values("product_id")
    forms = Offer.objects.filter(organisation_id=acting_organisation(), product_id__in=products, variant_id__isnull=False)
    return [*offers, *forms.values_list("pk", flat=True)]


def _write_categories(categories: dict[str, int | None], by: UUID, at: datetime) -> None:
    """Categories by id of product, then what lists show, then a fact for each."""
    organisation = Organisation.objects.get(pk=acting_organisation())
    for category in set(categories.values()):
        ids = [pk for pk, wanted in categories.items() if wanted == category]
        Product.objects.filter(pk__in=ids, organisation_id=organisation.pk).update(category_id=category, updated_at=at)
    products = [UUID(pk) for pk in categories]
    follow_offers(organisation.pk, products, currency=organisation.currency, at=at)
    record_all(ProductChanged(product=product, by=by, at=at) for product in products)


def _write_prices(amounts: dict[str, int], by: UUID, at: datetime) -> None:
    """Amounts by id of price, then what lists show, then a fact for each offer."""
    organisation = Organisation.objects.get(pk=acting_organisation())
    known: dict[str, Any] = {"ids": list(amounts), "amounts": list(amounts.values()), "organisation": organisation.pk}
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE offer_price p SET amount_minor = given.amount FROM unnest(%(ids)s::uuid[], %(amounts)s::bigint[]) AS given(id, amount)
               WHERE p.id = given.id AND p.organisation_id = %(organisation)s RETURNING p.offer_id""",
            known,
        )
        offers = {offer for (offer,) in cursor.fetchall()}
    products = set(Offer.objects.filter(pk__in=offers).values_list("product_id", flat=True))
    follow_offers(organisation.pk, products, currency=organisation.currency, at=at)
    follow_products(products)
    record_all(
        PriceChanged(offer=one.pk, product=one.product_id, currency=one.price_currency, minor=one.price_minor, by=by, at=at)
        for one in Offer.objects.filter(pk__in=offers)
    )
