"""Describing a product and offering it, by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation import acting_organisation, for_public
from oportuno.kernel.money import Money
from oportuno.offer.catalogue.actions.following import follow_offers, follow_products
from oportuno.offer.catalogue.actions.publishing import show
from oportuno.offer.catalogue.actions.stock import count_stock
from oportuno.offer.catalogue.facts import PriceChanged, ProductChanged
from oportuno.offer.catalogue.models import Offer, OfferPrice, Product, Variant
from oportuno.offer.catalogue.queries.foreign import variants_of
from oportuno.offer.catalogue.queries.places import is_on_show
from oportuno.offer.catalogue.queries.sentences import sentence
from oportuno.offer.catalogue.queries.shelves import shelves
from oportuno.offer.catalogue.rules import attributes, codes
from oportuno.people.organisations.api import Organisation

PAGE = re.compile(r"/productos/([a-z0-9-]{1,90})/?(?:[?#]|$)")
"""The public address of a product, with or without what stands before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a product is. `category` is a slug or empty; `attributes` as given, checked here against what it asks."""

    title_es: str = ""
    title_en: str = ""
    description_es: str = ""
    description_en: str = ""
    kind: str = "good"
    category: str = ""
    brand: str = ""
    gtin: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    tags: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """How a seller sells it. `prices`: without dates, one for each currency; `compare` is what the first cost before."""

    sku: str
    prices: Sequence[Money] = ()
    compare: Money | None = None
    active: bool = True
    quote_only: bool = False
    minimum: int = 1
    unit: str = ""
    lead_days: int | None = None
    condition: str = "new"
    tax: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One variant: its options, its own SKU, price and, if given, how many there are in the store room."""

    options: Mapping[str, str]
    sku: str
    price: Money | None = None
    on_hand: int | None = None


@transaction.atomic
def create_product(
    *, words: Words, listing: Listing, forms: Sequence[Form] = (), by: UUID, at: datetime, on_hand: int | None = None
) -> Offer:
    """A new product with its seller's offer. Raises Refusal, naming the field; Conflict for a SKU that is there."""
    identity = new_id()
    product = Product(id=identity, slug=codes.address(words.title_es or words.title_en, identity), created_at=at, updated_at=at)
    _describe(product, words)
    product.save(force_insert=True)
    offer = Offer(product_id=product.pk, created_at=at, updated_at=at)
    _list(offer, listing, at)
    put_forms(offer, forms, at)
    settle(offer, product, by, at)
    if on_hand is not None and not forms:
        count_stock(offer=offer.pk, on_hand=on_hand, at=at, by=by)
    _count_forms(offer, forms, by, at)
    return offer


@transaction.atomic
def edit_product(*, offer: Offer, words: Words | None, listing: Listing, forms: Sequence[Form] = (), by: UUID, at: datetime) -> Offer:
    """Change an offer and, where the organisation described the product itself, the product. `words` None: only the offer."""
    product = Product.objects.select_for_update().filter(pk=offer.product_id, organisation_id=acting_organisation()).first()
    if words is not None:
        if product is None:
            raise NotFound
        _describe(product, words)
        product.updated_at = at
        product.save()
    _list(offer, listing, at)
    put_forms(offer, forms, at)
    settle(offer, product, by, at)
    _count_forms(offer, forms, by, at)
    return offer


@transaction.atomic
def join_product(*, named: str, listing: Listing, forms: Sequence[Form] = (), by: UUID, at: datetime) -> Offer:
    """Offer a product that the market has already: `named` is the number under its barcode, or the address of its public page.

    Its words stay whose they are. Of one with variants, `forms` says which; without, all of them at the listing's price, hidden until
    the seller has said which he has. Raises NotFound, Refusal for a number whose check digit does not fit, or a variant it has not.
    """
    with for_public():
        product = _on_show(named)
    if product is None:
        raise NotFound(_("The market has no such product yet: describe it yourself."), field="gtin")
    offer = Offer(
        product_id=product.pk, title=product.title_es or product.title_en, category_id=product.category_id, created_at=at, updated_at=at
    )
    variants = variants_of([product.pk])
    if variants:
        price = next(iter(listing.prices), None)
        chosen = forms or [Form(options=dict(one.options), sku="", price=price) for one in variants]
        listing = replace(listing, prices=(), compare=None, active=listing.active and bool(forms))
    _list(offer, listing, at)
    put_forms(offer, chosen if variants else forms, at)
    settle(offer, None, by, at)
    _count_forms(offer, forms, by, at)
    return offer


def _on_show(named: str) -> Product | None:
    shown = Product.objects.filter(published=True).order_by("id")
    if page := PAGE.search(named):
        return shown.filter(slug=page[1]).first()
    padded = codes.gtin(named)
    if padded is None:
        raise Refusal(_("This is neither the address of a product here nor a valid barcode number."), field="gtin")
    return shown.filter(gtin=padded).first()


@transaction.atomic
def put_variant(*, offer: Offer, form: Form, by: UUID, at: datetime) -> None:
    """One more variant of a product of one's own, or a change of the one with the same options."""
    put_variants(offer=offer, forms=[form], by=by, at=at)


@transaction.atomic
def put_variants(*, offer: Offer, forms: Sequence[Form], by: UUID, at: datetime) -> None:
    """Several variants at once; those with the same options change. Raises NotFound for another organisation's product."""
    product = Product.objects.select_for_update().filter(pk=offer.product_id, organisation_id=acting_organisation()).first()
    if product is None:
        raise NotFound
    put_forms(offer, forms, at)
    settle(offer, product, by, at)
    _count_forms(offer, forms, by, at)


@transaction.atomic
def put_price(*, offer: Offer, amount: Money, starts: datetime | None, ends: datetime | None, by: UUID, at: datetime) -> None:
    """A price in a currency for a time (aware; None: always). One for the same time is replaced."""
    if starts and ends and ends <= starts:
        raise Refusal(_("It ends before it starts."), field="ends_on")
    same: dict[str, Any] = {"offer": offer, "currency": amount.currency, "starts_at": starts, "ends_at": ends}
    before = OfferPrice.objects.filter(offer=offer, currency=amount.currency, starts_at__isnull=True, ends_at__isnull=True).first()
    compare = before.amount_minor if before and (starts or ends) and before.amount_minor > amount.minor else None
    OfferPrice.objects.update_or_create(
        **same, defaults={"amount_minor": amount.minor, "compare_minor": compare, "published": offer.published}
    )
    settle(offer, None, by, at)


@transaction.atomic
def remove_price(*, offer: Offer, price: UUID, by: UUID, at: datetime) -> None:
    """One price less. Raises NotFound for one that is not the offer's."""
    if not OfferPrice.objects.filter(offer=offer, pk=price).delete()[0]:
        raise NotFound
    settle(offer, None, by, at)


def _describe(product: Product, words: Words) -> None:
    title_es, title_en = words.title_es.strip(), words.title_en.strip()
    if not (title_es or title_en):
        raise Refusal(_("Write a title, in Spanish or in English."), field="title_es")
    shelf = shelves().by_slug.get(words.category) if words.category else None
    if words.category and shelf is None:
        raise Refusal(_("Choose a category of this market."), field="category")
    gtin = codes.gtin(words.gtin) if words.gtin.strip() else ""
    if gtin is None:
        raise Refusal(_("This is not a valid barcode number: its check digit does not fit."), field="gtin")
    kept: dict[str, Any] = {}
    for asked in shelf.asks if shelf else ():
        given = words.attributes.get(asked.key)
        if given in (None, "", []):
            if asked.required:
                raise Refusal(_("This category asks for “%(name)s”.") % {"name": asked.label_es}, field=f"attribute_{asked.key}")
            continue
        answer = attributes.read(asked, given)
        if isinstance(answer, attributes.Misfit):
            raise Refusal(sentence(answer.code, asked.key, {"attribute": asked.label_es, **answer.data}), field=f"attribute_{asked.key}")
        kept[asked.key] = answer
    product.title_es, product.title_en = title_es[:200], title_en[:200]
    product.description_es, product.description_en = words.description_es.strip(), words.description_en.strip()
    product.kind = words.kind if words.kind in Product.Kind.values else (shelf.sells if shelf else "good")
    product.category_id = shelf.id if shelf else None
    product.brand, product.gtin, product.attributes = words.brand.strip()[:120], gtin, kept
    product.tags = list(dict.fromkeys(tag.strip()[:60] for tag in words.tags if tag.strip()))[:50]


def _list(offer: Offer, listing: Listing, at: datetime) -> None:
    sku = listing.sku.strip()
    if not sku or len(sku) > codes.SKU_LONGEST:
        raise Refusal(_("Give it a SKU, at most 80 characters: your own code for it."), field="sku")
    tax = shelves().taxes.get(listing.tax) if listing.tax else None
    offer.sku, offer.active, offer.quote_only = sku, listing.active, listing.quote_only
    offer.minimum, offer.unit, offer.lead_days = max(1, listing.minimum), listing.unit.strip()[:40], listing.lead_days
    offer.condition, offer.tax_id, offer.link = listing.condition, tax.id if tax else None, listing.link.strip()
    offer.updated_at = at
    try:
        with transaction.atomic():
            offer.save()
    except IntegrityError as error:
        if "offer_once" in str(error):
            raise Conflict(_("You offer this product already.")) from error
        raise Conflict(_("You have another product with this SKU."), field="sku") from error
    set_prices(offer, listing.prices, compare=listing.compare)


def set_prices(offer: Offer, prices: Sequence[Money], *, compare: Money | None = None) -> None:
    """The prices without dates, one for each currency; others of the offer without dates go. Raises Refusal below zero."""
    if any(price.minor < 0 for price in prices) or (compare and compare.minor < 0):
        raise Refusal(_("An amount cannot be less than zero."), field="price")
    OfferPrice.objects.filter(offer=offer, starts_at__isnull=True, ends_at__isnull=True).delete()
    OfferPrice.objects.bulk_create(
        OfferPrice(
            offer=offer, organisation_id=offer.organisation_id, published=offer.published, currency=price.currency, amount_minor=price.minor,
            compare_minor=compare.minor if compare and compare.currency == price.currency and compare.minor > price.minor else None,
        )
        for price in {price.currency: price for price in prices}.values()
    )  # fmt: skip


def put_forms(main: Offer, forms: Sequence[Form], at: datetime) -> None:
    """Variants as given; those there already and not named stay, hidden ones too. A new one without a price costs what the product does.

    Raises Refusal for a new one of another's product.
    """
    if not forms:
        return
    existing = {one.key: one for one in variants_of([main.product_id])}
    own = Product.objects.filter(pk=main.product_id, organisation_id=main.organisation_id).exists()
    offers = {
        one.variant_id: one
        for one in Offer.objects.filter(product_id=main.product_id, organisation_id=main.organisation_id, variant_id__isnull=False)
    }
    published = bool(Product.objects.filter(pk=main.product_id).values_list("published", flat=True).first())
    always = OfferPrice.objects.filter(offer=main, starts_at__isnull=True, ends_at__isnull=True).order_by("currency")
    main_prices = [Money(*pair) for pair in always.values_list("amount_minor", "currency")]
    for position, form in enumerate(forms, 1 + max((one.position for one in existing.values()), default=0)):
        key = codes.variant_key(dict(form.options))
        variant = existing.get(key)
        if variant is None and not own:
            told = " · ".join(form.options.values())
            raise Refusal(
                _("The product has no variant “%(options)s”: who described it adds variants.") % {"options": told}, field="variants"
            )
        if variant is None:
            variant = existing[key] = Variant.objects.create(
                product_id=main.product_id,
                published=published,
                position=position,
                options=[list(pair) for pair in form.options.items()],
                key=key,
            )
        offer = offers.get(variant.pk) or Offer(
            product_id=main.product_id, variant_id=variant.pk, active=True, created_at=at, title=main.title, category_id=main.category_id
        )  # fmt: skip
        offer.sku, offer.updated_at = form.sku.strip() or f"{main.sku}-{codes.slugged(' '.join(form.options.values()))}"[:80], at
        try:
            with transaction.atomic():
                offer.save()
        except IntegrityError as error:
            raise Conflict(_("You have another product with the SKU “%(sku)s”.") % {"sku": offer.sku}, field="variants") from error
        usual = [] if variant.pk in offers else main_prices
        set_prices(offer, [form.price] if form.price else usual)
        offers[variant.pk] = offer


def _count_forms(main: Offer, forms: Sequence[Form], by: UUID, at: datetime) -> None:
    counted = {codes.variant_key(dict(form.options)): form.on_hand for form in forms if form.on_hand is not None}
    if counted:
        variants = {one.pk: one.key for one in variants_of([main.product_id]) if one.key in counted}
        mine = Offer.objects.filter(organisation_id=main.organisation_id, product_id=main.product_id, variant_id__in=variants)
        for pk, variant in mine.values_list("pk", "variant_id"):
            if variant:
                count_stock(offer=pk, on_hand=counted[variants[variant]] or 0, at=at, by=by)


def settle(offer: Offer, product: Product | None, by: UUID, at: datetime) -> None:
    """Lists, publication and facts after a change by hand."""
    organisation = Organisation.objects.get(pk=offer.organisation_id)
    before = (offer.price_currency, offer.price_minor)
    follow_offers(organisation.pk, [offer.product_id], currency=organisation.currency, at=at)
    show(organisation.pk, [offer.product_id], on_show=is_on_show(organisation.pk), by=by, at=at)
    follow_products([offer.product_id])
    offer.refresh_from_db()
    if product is not None:
        record(ProductChanged(product=product.pk, by=by, at=at))
    if before != (offer.price_currency, offer.price_minor):
        record(PriceChanged(offer=offer.pk, product=offer.product_id, currency=offer.price_currency, minor=offer.price_minor, by=by, at=at))
