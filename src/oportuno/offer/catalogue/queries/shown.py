"""Products as documents show them: those on show, in the language of the document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from oportuno.kernel import formats
from oportuno.offer.catalogue.models import Offer, Product
from oportuno.offer.catalogue.queries.cards import ProductCard, as_anybody, products_by_id
from oportuno.offer.sites.api.pieces import ShownCard, spoken
from oportuno.people.organisations.api import Organisation

MOST = 30


def shown_products(names: Sequence[str], language: str) -> Mapping[str, ShownCard]:
    """By the names that blocks give them; what nobody on show offers is left out. Four queries."""
    ids = [found for name in names if (found := _id(name))]
    with translation.override(spoken(language)):
        return {str(one.id): _card(one) for one in products_by_id(ids) if one.seller}


@as_anybody
def products_to_pick(organisation: Organisation, words: str) -> list[ProductCard]:
    """What the editor offers: products that the organisation has on show; to the operator any."""
    found = Product.objects.filter(published=True)
    if not organisation.is_operator:
        own = Offer.objects.filter(organisation_id=organisation.pk, published=True, variant_id__isnull=True)
        found = found.filter(pk__in=own.values("product_id"))
    if words:
        found = found.filter(Q(title_es__icontains=words) | Q(title_en__icontains=words))
    return products_by_id(list(found.order_by("-pk").values_list("pk", flat=True)[:MOST]))


def _card(one: ProductCard) -> ShownCard:
    locale = formats.locale_of(translation.get_language() or "es-co")
    price = formats.money(one.price, locale) if one.price else _("Price on request")
    note = _("from %(price)s") % {"price": price} if one.price and one.sellers > 1 else price
    english = (translation.get_language() or "").startswith("en")
    href = f"{settings.ORIGIN}{'/en' if english else ''}/productos/{one.slug}/"
    picture = one.picture
    return ShownCard(
        one.title, href, _("See the product"), lead=one.seller.name if one.seller else "", note=note,
        src=picture.address if picture else "", srcset=picture.srcset if picture else "", alt=(picture.alt or one.title) if picture else "",
    )  # fmt: skip


def _id(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None
