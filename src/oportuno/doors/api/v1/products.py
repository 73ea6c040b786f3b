"""Categories and products of the market, as anybody sees them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, cast
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query as InQuery
from ninja import Router, Schema
from pydantic import Field

from oportuno.doors.api import marks
from oportuno.doors.api.keys import anybody
from oportuno.doors.api.pace import ANYBODY
from oportuno.doors.api.shapes import PUBLIC, After, Amount, Limit, amount, problems
from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory.api import said

router = Router(tags=["products"], auth=None, throttle=[ANYBODY])
Kind = Literal["good", "service", "course"]
AttributeType = Literal["text", "number", "choice", "multi", "boolean", "colour", "date"]


class ChoiceOut(Schema):
    key: str
    label: str


class AskedOut(Schema):
    """What a category asks of a product."""

    key: str
    type: AttributeType
    label: str
    unit: str
    required: bool
    choices: list[ChoiceOut]


class CategoryOut(Schema):
    """`path` holds the slugs from the root: `flores-cortadas/rosas`. `attributes` has what it inherits, too."""

    slug: str
    path: str
    title: str
    depth: int
    sells: str
    attributes: list[AskedOut]


class CategoriesOut(Schema):
    """Parents before their children."""

    categories: list[CategoryOut]


class ProductOut(Schema):
    """`price` is the lowest of all offers on show; null: ask for it. `sellers`: how many offer it."""

    slug: str = Field(examples=["rosa-roja-60-cm-7x2k"])
    title: str
    url: str
    kind: Kind
    brand: str
    category: str | None
    picture: str | None
    price: Amount | None
    in_stock: bool
    sellers: int
    seller: str | None


class ProductsOut(Schema):
    """`next` asks for the following page; null at the end."""

    products: list[ProductOut]
    next: str | None


class OfferOut(Schema):
    """One seller's listing, of the product or of a variant. `on_hand` null: stock is not counted."""

    sku: str
    seller: str
    variant: UUID | None
    prices: list[Amount]
    quote_only: bool
    minimum: int
    unit: str
    lead_days: int | None
    condition: str
    on_hand: int | None


class VariantOut(Schema):
    id: UUID
    options: dict[str, str]


class AttributeOut(Schema):
    key: str
    label: str
    value: str


class ProductWhole(Schema):
    """A product with all its offers on show, the cheapest first."""

    slug: str
    title: str
    url: str
    description: str
    kind: Kind
    brand: str
    gtin: str
    category: str | None
    tags: list[str]
    pictures: list[str]
    attributes: list[AttributeOut]
    variants: list[VariantOut]
    offers: list[OfferOut]
    price: Amount | None
    in_stock: bool
    updated_at: datetime


@router.get("/categories", response={200: CategoriesOut, **problems(422, 429)}, url_name="categories", summary="List the categories")
@anybody
def categories(request: HttpRequest) -> CategoriesOut:
    """The whole tree of this market, with the attributes that each category asks for."""
    return CategoriesOut(categories=[_category(one) for one in catalogue.categories_tree().tree()])


@router.get("/products", response={200: ProductsOut, **PUBLIC}, url_name="products", summary="List products")
@anybody
def products(
    request: HttpRequest,
    category: Annotated[str, InQuery(max_length=80, description="slug of a category; all below it count")] = "",
    seller: Annotated[str, InQuery(max_length=60, description="slug of a seller")] = "",
    in_stock: Annotated[bool, InQuery(description="only what can be had now; together with a category")] = False,
    after: After = "",
    limit: Limit = 24,
) -> ProductsOut:
    """Products on show, the latest first. To look for words, use the search."""
    place = marks.read(after, UUID)
    last = place[0] if place else None
    if category:
        if category not in catalogue.categories_tree().by_slug:
            raise Refusal(_("Choose a category of this market."), field="category")
        wanted = {"seller": [seller] if seller else [], "in_stock": ["1"] if in_stock else []}
        found = catalogue.products_in_category(category, wanted, last, limit)
    elif in_stock:
        raise Refusal(_("Choose a category, too."), field="in_stock")
    else:
        found = catalogue.products_of_seller(seller, last, limit) if seller else catalogue.products_on_show(last, limit)
    shown = [card for card in found.cards if card.seller]  # a seller who was hidden a moment ago takes along what only he offers
    return ProductsOut(products=[_product(card) for card in shown], next=marks.write(found.after) if found.after else None)


@router.get("/products/{slug}", response={200: ProductWhole, **problems(404, 422, 429)}, url_name="product", summary="Read a product")
@anybody
def product(request: HttpRequest, slug: str) -> ProductWhole:
    """One product with its offers. 404 for one that nobody on show offers."""
    if len(slug) > 90:
        raise NotFound
    one = catalogue.product_page(slug, now())
    if not one.offers:
        raise NotFound
    return ProductWhole(
        slug=one.slug,
        title=one.title,
        url=f"/productos/{one.slug}/",
        description=one.description,
        kind=cast(Kind, one.kind),
        brand=one.brand,
        gtin=one.gtin,
        category=one.category.slug if one.category else None,
        tags=list(one.tags),
        pictures=[picture.address for picture in one.pictures],
        attributes=[AttributeOut(key=x.key, label=x.label, value=x.value) for x in one.attributes],
        variants=[VariantOut(id=x.id, options={k: str(v) for k, v in x.options.items()}) for x in one.variants],
        offers=[_offer(offer) for offer in one.offers],
        price=amount(one.price),
        in_stock=one.in_stock,
        updated_at=one.updated_at,
    )


def _offer(one: catalogue.OfferCard) -> OfferOut:
    return OfferOut(
        sku=one.sku,
        seller=one.seller.slug,
        variant=one.variant,
        prices=[Amount(amount=f"{x.amount.decimal:f}", currency=x.amount.currency) for x in one.prices],
        quote_only=one.quote_only,
        minimum=one.minimum,
        unit=one.unit,
        lead_days=one.lead_days,
        condition=one.condition,
        on_hand=one.on_hand,
    )


def _product(card: catalogue.ProductCard) -> ProductOut:
    return ProductOut(
        slug=card.slug,
        title=card.title,
        url=f"/productos/{card.slug}/",
        kind=cast(Kind, card.kind),
        brand=card.brand,
        category=card.category.slug if card.category else None,
        picture=card.picture.address if card.picture else None,
        price=amount(card.price),
        in_stock=card.in_stock,
        sellers=card.sellers,
        seller=card.seller.slug if card.seller else None,
    )


def _category(one: catalogue.Shelf) -> CategoryOut:
    asked = [
        AskedOut(
            key=x.key,
            type=cast(AttributeType, x.type),
            label=said({"es": x.label_es, "en": x.label_en}),
            unit=said({"es": x.unit_es, "en": x.unit_en}),
            required=x.required,
            choices=[ChoiceOut(key=c.key, label=said({"es": c.label_es, "en": c.label_en})) for c in x.choices],
        )
        for x in one.asks
    ]
    return CategoryOut(slug=one.slug, path=one.path, title=one.title, depth=one.depth, sells=one.sells, attributes=asked)
