"""Everything the page of one product shows, and the comparison of several."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound
from oportuno.kernel.money import Money
from oportuno.kernel.statements import Statement
from oportuno.offer.catalogue.models import Offer, OfferPrice, Product, ProductFile, Stock, Variant
from oportuno.offer.catalogue.models.products import in_reader_language
from oportuno.offer.catalogue.queries.cards import (
    PictureCard,
    SellerCard,
    all_pictures,
    as_anybody,
    sellers_by_organisation,
)
from oportuno.offer.catalogue.queries.shelves import Shelf, Tax, shelves
from oportuno.offer.catalogue.rules.attributes import Asked
from oportuno.offer.catalogue.rules.codes import bare_gtin
from oportuno.offer.catalogue.rules.units import unit_in_both
from oportuno.offer.directory import api as directory

AT: Statement[Product] = Statement(lambda slug: Product.objects.filter(slug=slug, published=True)[:1])
VARIANTS: Statement[Variant] = Statement(lambda product: Variant.objects.filter(product_id=product).order_by("position", "id"))
FILES: Statement[ProductFile] = Statement(
    lambda product: ProductFile.objects.filter(product_id=product).order_by("position").only("name", "address")
)
OFFERS: Statement[Offer] = Statement(lambda product: Offer.objects.filter(product_id=product, published=True))
PRICES: Statement[OfferPrice] = Statement(
    lambda offers: OfferPrice.objects.filter(offer__pk__among=offers).order_by("offer_id", "currency", "starts_at")
)
STOCK: Statement[Stock] = Statement(lambda offers: Stock.objects.filter(offer__pk__among=offers))


@dataclass(frozen=True, slots=True)
class PriceCard:
    """`before` is struck through; `until`: the last moment of an offer with an end."""

    amount: Money
    before: Money | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class StockCard:
    """`place` None: the store room. `name`, `city` and coordinates are the point of sale's."""

    place: UUID | None
    name: str
    on_hand: int
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class OfferCard:
    """One seller's listing of the product or of a variant. `on_hand` None: stock is not counted; `prices` is empty when one must ask."""

    id: UUID
    variant: UUID | None
    sku: str
    seller: SellerCard
    organisation: int
    prices: tuple[PriceCard, ...]
    tax: Tax | None
    quote_only: bool
    has_variants: bool
    minimum: int
    unit: str
    lead_days: int | None
    condition: str
    link: str
    on_hand: int | None
    stock: tuple[StockCard, ...]

    @property
    def price(self) -> PriceCard | None:
        return self.prices[0] if self.prices else None

    @property
    def in_stock(self) -> bool:
        return self.on_hand is None or self.on_hand > 0


@dataclass(frozen=True, slots=True)
class VariantCard:
    id: UUID
    options: dict[str, str]
    label: str


@dataclass(frozen=True, slots=True)
class AttributeCard:
    """`label` and `value` in the reader's language, the unit within the value. `swatch`: #rrggbb of a colour."""

    key: str
    label: str
    value: str
    swatch: str = ""


@dataclass(frozen=True, slots=True)
class ProductPage:
    """`offers` by price; those of variants name their variant. `available` languages have a title."""

    id: UUID
    slug: str
    kind: str
    title: str
    description: str
    brand: str
    gtin: str
    category: Shelf | None
    crumbs: tuple[Shelf, ...]
    tags: tuple[str, ...]
    pictures: tuple[PictureCard, ...]
    files: tuple[tuple[str, str], ...]
    attributes: tuple[AttributeCard, ...]
    variants: tuple[VariantCard, ...]
    offers: tuple[OfferCard, ...]
    price: Money | None
    in_stock: bool
    updated_at: datetime


@as_anybody
def product_page(slug: str, at: datetime) -> ProductPage:
    """The product at a public address. Raises NotFound: absent and not on show look the same. About nine queries."""
    product = AT.first(slug=slug)
    if product is None:
        raise NotFound
    tree = shelves()
    shelf = tree.by_id.get(product.category_id or 0)
    variants = VARIANTS.all(product=product.pk)
    return ProductPage(
        id=product.pk,
        slug=product.slug,
        kind=product.kind,
        title=product.title,
        description=product.description,
        brand=product.brand,
        gtin=bare_gtin(product.gtin) if product.gtin else "",
        category=tree.in_use(product.category_id),
        crumbs=tuple(tree.crumbs(shelf)) if shelf else (),
        tags=tuple(product.tags),
        pictures=tuple(all_pictures(product.pk)),
        files=tuple((one.name, one.address) for one in FILES.all(product=product.pk)),
        attributes=tuple(attributes_of(product, shelf)),
        variants=tuple(VariantCard(one.pk, dict(one.options), str(one)) for one in variants),
        offers=tuple(offers_of(product.pk, at, shelf)),
        price=Money(product.from_minor, product.from_currency) if product.from_minor is not None else None,
        in_stock=product.in_stock,
        updated_at=product.updated_at,
    )


def offers_of(product: UUID, at: datetime, shelf: Shelf | None) -> list[OfferCard]:
    """All offers of a product on show, the cheapest first within a currency, that of most offers before others. Five queries."""
    offers = OFFERS.all(product=product)
    ids = [one.pk for one in offers]
    sellers = sellers_by_organisation({one.organisation_id for one in offers})
    prices = _prices(ids, at)
    stock = _stock(ids)
    taxes = {tax.id: tax for tax in shelves().taxes.values()}
    asked = shelf.asks if shelf else ()
    cards = [
        OfferCard(
            one.pk, one.variant_id, one.sku, sellers[one.organisation_id], one.organisation_id, tuple(prices.get(one.pk, [])),
            taxes.get(one.tax_id or 0), one.quote_only, one.has_variants, one.minimum, in_reader_language(*unit_in_both(one.unit, asked)),
            one.lead_days, one.condition, one.link, one.on_hand, tuple(stock.get(one.pk, [])),
        )
        for one in offers
        if one.organisation_id in sellers
    ]  # fmt: skip
    common = Counter(card.price.amount.currency for card in cards if card.price)
    return sorted(cards, key=lambda card: (*_rank(card.price, common), str(card.id)))


def _rank(price: PriceCard | None, common: Counter[str]) -> tuple[bool, int, str, int]:
    """Amounts in two currencies are not compared."""
    return (False, -common[price.amount.currency], price.amount.currency, price.amount.minor) if price else (True, 0, "", 0)


def _prices(offers: list[UUID], at: datetime) -> dict[UUID, list[PriceCard]]:
    """The price that holds now in each currency: one with dates goes before one without."""
    found: dict[UUID, dict[str, PriceCard]] = {}
    for one in PRICES.all(offers=offers):
        if (one.starts_at and one.starts_at > at) or (one.ends_at and one.ends_at <= at):
            continue
        now = found.setdefault(one.offer_id, {})
        if one.currency not in now or one.starts_at or one.ends_at:
            before = Money(one.compare_minor, one.currency) if one.compare_minor is not None else None
            now[one.currency] = PriceCard(Money(one.amount_minor, one.currency), before, one.ends_at)
    return {offer: list(now.values()) for offer, now in found.items()}


def _stock(offers: list[UUID]) -> dict[UUID, list[StockCard]]:
    rows = STOCK.all(offers=offers)
    points = directory.points_by_id([row.point_of_sale_id for row in rows if row.point_of_sale_id])
    found: dict[UUID, list[StockCard]] = {}
    for row in rows:
        point = points.get(row.point_of_sale_id) if row.point_of_sale_id else None
        if row.point_of_sale_id and point is None:
            continue  # closed, or not shown: what it has is in the sum
        card = (
            StockCard(point.pk, point.name, row.on_hand, point.latitude, point.longitude)
            if point
            else StockCard(None, _("Store room"), row.on_hand)
        )
        found.setdefault(row.offer_id, []).append(card)
    return found


def attributes_of(product: Product, shelf: Shelf | None) -> list[AttributeCard]:
    """What the category asks, in its order, then free details."""
    asked = [one for one in (shelf.asks if shelf else ()) if product.attributes.get(one.key) not in (None, "", [])]
    cards = [_attribute(one, product.attributes[one.key]) for one in asked]
    return cards + [AttributeCard("", label, str(value)) for label, value in sorted(product.details.items())]


def _attribute(asked: Asked, value: Any) -> AttributeCard:
    label = in_reader_language(asked.label_es, asked.label_en)
    if asked.type == "boolean":
        return AttributeCard(asked.key, label, _("Yes") if value else _("No"))
    chosen = [choice for key in (value if isinstance(value, list) else [value]) if (choice := asked.choice(str(key)))]
    if chosen:
        return AttributeCard(asked.key, label, ", ".join(in_reader_language(c.label_es, c.label_en) for c in chosen), chosen[0].swatch)
    unit = in_reader_language(asked.unit_es, asked.unit_en)
    return AttributeCard(asked.key, label, f"{value} {unit}".strip())
