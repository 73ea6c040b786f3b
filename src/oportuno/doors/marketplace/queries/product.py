"""The page of a product: what the catalogue knows, in the words of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from oportuno.doors.marketplace.queries.addresses import absolute
from oportuno.doors.marketplace.rules.schema_org import Offered
from oportuno.kernel.money import Money
from oportuno.kernel.ui.cards import Place
from oportuno.offer.catalogue import api as catalogue
from oportuno.people.audience import api as audience

CURRENCIES = {"es-co": "COP", "es-mx": "MXN"}
"""What readers of a language pay in at home."""


@dataclass(frozen=True)
class OfferLine:
    """One seller's offer, ready to be read. `variant` is empty for the product itself."""

    seller: str
    href: str
    certified: bool
    variant: str
    price: Money | None
    before: Money | None
    until: object
    unit: str
    tax: str
    stock: str
    state: str
    lead: str
    minimum: int
    ask: str
    sku: str


def offer_lines(page: catalogue.ProductPage) -> list[OfferLine]:
    """All that can be bought, in the reader's own currency first, there the cheapest; a sum of variants is not itself for sale."""
    variants = {one.id: one.label for one in page.variants}
    tree = catalogue.shelves()
    return [
        _line(page, one, variants.get(one.variant, "") if one.variant else "", one.tax or tree.tax_for(one.seller.country, page.category))
        for one in in_own_currency_first(page.offers)
        if not one.has_variants
    ]


def by_variant(page: catalogue.ProductPage, lines: Sequence[OfferLine]) -> list[OfferLine]:
    """For a table: all sellers of one variant beside each other, the variants in their order."""
    places = {one.label: place for place, one in enumerate(page.variants)}
    return sorted(lines, key=lambda one: places.get(one.variant, -1))


def in_own_currency_first(offers: Sequence[catalogue.OfferCard]) -> list[catalogue.OfferCard]:
    """Prices in several currencies have no cheapest: what one pays in at home comes first, else the order stays."""
    own = CURRENCIES.get(get_language() or "", "")
    return sorted(offers, key=lambda one: one.price is None or one.price.amount.currency != own)


def answers_of(page: catalogue.ProductPage, *, limit: int) -> list[audience.PublishedAnswer]:
    """What any of its sellers answered for everybody about it, the newest first; one query."""
    shown = audience.PublishedAnswer.objects.filter(organisation_id__in={one.organisation for one in page.offers}, published=True)
    return list(shown.filter(about_kind="product", about_id=str(page.id)).order_by("-at")[:limit])


def _line(page: catalogue.ProductPage, offer: catalogue.OfferCard, variant: str, tax: catalogue.Tax | None) -> OfferLine:
    return OfferLine(
        seller=offer.seller.name,
        href=reverse("market:seller", args=[offer.seller.slug]),
        certified=offer.seller.certified,
        variant=variant,
        price=offer.price.amount if offer.price and not offer.quote_only else None,
        before=offer.price.before if offer.price else None,
        until=offer.price.until if offer.price else None,
        unit=offer.unit,
        tax=tax_words(tax),
        stock=stock_words(page.kind, offer),
        state="good" if offer.in_stock else "warning",
        lead=lead_words(offer.lead_days),
        minimum=offer.minimum,
        ask=reverse("audience:asking", args=[offer.seller.slug]),
        sku=offer.sku,
    )


def tax_words(tax: catalogue.Tax | None) -> str:
    """What the state takes, said plainly: prices are as the buyer pays them."""
    if tax is None:
        return ""
    if tax.percent is None:
        return tax.title
    return _("%(tax)s included") % {"tax": tax.title} if tax.percent else tax.title


def stock_words(kind: str, offer: catalogue.OfferCard) -> str:
    """How many, as far as it is counted."""
    if kind == "course":
        return (
            ngettext("%(count)d place left", "%(count)d places left", offer.on_hand) % {"count": offer.on_hand}
            if offer.on_hand
            else _("Full for now")
            if offer.on_hand == 0
            else _("Places available")
        )
    if kind == "service":
        return _("By appointment")
    if offer.on_hand is None:
        return _("Available")
    return _("%(count)d in stock") % {"count": offer.on_hand} if offer.on_hand else _("Sold out for now")


def lead_words(days: int | None) -> str:
    if days is None:
        return ""
    if days == 0:
        return _("Ready the same day")
    return ngettext("Ready in %(days)d day", "Ready in %(days)d days", days) % {"days": days}


def where(page: catalogue.ProductPage) -> list[Place]:
    """Points of sale that have it now, with how many."""
    found: dict[str, Place] = {}
    for offer in page.offers:
        if offer.has_variants:
            continue
        for stock in offer.stock:
            if stock.latitude is not None and stock.longitude is not None and stock.on_hand > 0:
                line = _("%(count)d in stock") % {"count": stock.on_hand}
                variant = next((one.label for one in page.variants if one.id == offer.variant), "")
                words = f"{variant}: {line}" if variant else line
                name = f"{offer.seller.name} · {stock.name}"
                before = found.get(name)
                lines: Sequence[str] = [*(before.lines if before else ()), words]
                found[name] = Place(name, stock.latitude, stock.longitude, reverse("market:seller", args=[offer.seller.slug]), lines)
    return list(found.values())


def offered(page: catalogue.ProductPage) -> list[Offered]:
    """Offers for machines."""
    return [
        Offered(
            seller=one.seller.name,
            seller_url=absolute(reverse("market:seller", args=[one.seller.slug])),
            amount=str(one.price.amount.decimal) if one.price and not one.quote_only else None,
            currency=one.price.amount.currency if one.price else "",
            in_stock=one.in_stock,
            until=one.price.until if one.price else None,
        )
        for one in page.offers
        if not one.has_variants
    ]
