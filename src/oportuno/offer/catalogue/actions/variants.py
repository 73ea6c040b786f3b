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
from oportuno.offer.catalogue.actions.products import Form, put_variants, settle
from oportuno.offer.catalogue.models import Offer, OfferPrice, Product, Variant
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
    """Prices in one currency and whether they show, by the offer of each variant. Those not named stay; others' are NotFound."""
    product = Product.objects.select_for_update().filter(pk=offer.product_id, organisation_id=acting_organisation()).first()
    forms = {
        one.pk: one for one in Offer.objects.filter(product_id=offer.product_id, organisation_id=acting_organisation()).exclude(pk=offer.pk)
    }
    if product is None or not {*prices, *shown} <= set(forms):
        raise NotFound
    for pk, amount in prices.items():
        always = OfferPrice.objects.filter(offer_id=pk, currency=currency, starts_at__isnull=True, ends_at__isnull=True)
        if amount is None:
            always.delete()
        elif not always.update(amount_minor=amount.minor):
            OfferPrice.objects.create(
                offer=forms[pk], organisation_id=forms[pk].organisation_id, published=forms[pk].published,
                currency=currency, amount_minor=amount.minor,
            )  # fmt: skip
    for wanted in (True, False):
        Offer.objects.filter(pk__in=[pk for pk, one in shown.items() if one is wanted]).update(active=wanted, updated_at=at)
    settle(offer, product, by, at)
