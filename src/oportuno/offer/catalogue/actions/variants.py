"""Forms of a product: all combinations at once, and what each costs and whether it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.isolation import acting_organisation
from oportuno.kernel.money import Money
from oportuno.offer.catalogue.actions.products import Form, put_forms, put_variants, settle
from oportuno.offer.catalogue.models import Offer, OfferPrice, Product, Variant
from oportuno.offer.catalogue.queries.foreign import variants_of
from oportuno.offer.catalogue.rules import codes, combining


@transaction.atomic
def combine(*, offer: Offer, options: Mapping[str, Sequence[str]], price: Money | None, by: UUID, at: datetime) -> int:
    """Make every combination of options that is not there yet; how many. Raises Refusal for none, or too many at once."""
    try:
        wanted = combining.combinations(options)
    except ValueError as error:
        raise Refusal(
            _("That would be %(count)s variants; at most %(most)s can be made at once.") % {"count": error.args[0], "most": combining.MOST},
            field="combinations",
        ) from error
    if not wanted:
        raise Refusal(_("Write one option a line, such as “Color: rojo, blanco”."), field="combinations")
    there = set(Variant.objects.filter(product_id=offer.product_id).values_list("key", flat=True))
    fresh = [Form(options=one, sku="", price=price) for one in wanted if codes.variant_key(one) not in there]
    if fresh:
        put_variants(offer=offer, forms=fresh, by=by, at=at)
    return len(fresh)


@transaction.atomic
def arrange_variants(
    *, offer: Offer, prices: Mapping[UUID, Money | None], shown: Mapping[UUID, bool], currency: str, by: UUID, at: datetime
) -> None:
    """Prices in one currency and whether they show, by variant; who describes the product may be another organisation.

    A variant that was not offered yet is, once it is to show. Those not named stay; others are NotFound.
    """
    product = Product.objects.select_for_update().filter(pk=offer.product_id, organisation_id=acting_organisation()).first()
    there = {one.pk: one for one in variants_of([offer.product_id])}
    if not {*prices, *shown} <= there.keys():
        raise NotFound
    offered = _offered(offer)
    put_forms(offer, [Form(options=dict(there[pk].options), sku="") for pk, one in shown.items() if one and pk not in offered], at)
    offered = _offered(offer)
    for one, amount in ((offered[pk], amount) for pk, amount in prices.items() if pk in offered):
        always = OfferPrice.objects.filter(offer=one, currency=currency, starts_at__isnull=True, ends_at__isnull=True)
        if amount is None:
            always.delete()
        elif not always.update(amount_minor=amount.minor):
            OfferPrice.objects.create(
                offer=one, organisation_id=one.organisation_id, published=one.published, currency=currency, amount_minor=amount.minor
            )
    for wanted in (True, False):
        those = [offered[pk].pk for pk, one in shown.items() if one is wanted and pk in offered]
        Offer.objects.filter(pk__in=those).update(active=wanted, updated_at=at)
    settle(offer, product, by, at)


def _offered(main: Offer) -> dict[UUID, Offer]:
    """The organisation's offers of the product's variants, by variant."""
    found = Offer.objects.filter(product_id=main.product_id, organisation_id=acting_organisation(), variant_id__isnull=False)
    return {one.variant_id: one for one in found if one.variant_id}
