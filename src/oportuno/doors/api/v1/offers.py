"""The organisation's own offers: read, put, take off the market; and what is in stock where."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query as InQuery
from ninja import Router, Schema
from pydantic import Field, JsonValue, model_validator

from oportuno.doors.api import marks
from oportuno.doors.api.keys import KeyRequest, scoped
from oportuno.doors.api.pace import KEYED
from oportuno.doors.api.shapes import KEYS, WRITES, After, Amount, Body, Limit, Text, amount
from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.money import Money
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory

router = Router(tags=["offers"], throttle=[KEYED])
MOST_VARIANTS = 50
Sku = Annotated[Text, Field(max_length=80)]
Count = Annotated[int, Field(ge=0, le=10**9)]
State = Literal["active", "hidden", "no_picture", "no_price", "out_of_stock"]


class OfferLine(Schema):
    """`published`: seen now; `active` and not `published`: waits until its seller is on show."""

    sku: str
    title: str
    category: str | None
    price: Amount | None
    on_hand: int | None
    active: bool
    published: bool
    quote_only: bool
    has_variants: bool


class OffersOut(Schema):
    """`next` asks for the following page; null at the end."""

    offers: list[OfferLine]
    next: str | None


class StockOut(Schema):
    """`point_of_sale` null: the store room."""

    point_of_sale: UUID | None
    on_hand: int


class OfferWhole(Schema):
    """`product` is null where another organisation described it; `parent` is the SKU of the main product of a variant."""

    sku: str
    parent: str | None
    options: dict[str, str] | None
    active: bool
    published: bool
    quote_only: bool
    minimum: int
    unit: str
    lead_days: int | None
    condition: str
    tax: str
    link: str
    prices: list[Amount]
    stock: list[StockOut]
    product: ProductSaid | None


class ProductSaid(Schema):
    title_es: str
    title_en: str
    description_es: str
    description_en: str
    kind: str
    category: str
    brand: str
    gtin: str
    attributes: dict[str, Any]
    tags: list[str]


class AmountIn(Body):
    """A decimal number as text, with the decimals that its currency has."""

    amount: Text = Field(pattern=r"^[0-9]{1,15}(\.[0-9]{1,4})?$", examples=["18500.00"])
    currency: Text = Field(pattern=r"^[A-Z]{3}$", examples=["COP"])

    def money(self) -> Money:
        return Money.of(self.amount, self.currency)


class ProductIn(Body):
    """What the product is: a title in Spanish or English at least. `attributes` are those its category asks for."""

    title_es: Text = Field("", max_length=200, examples=["Rosa roja de 60 cm"])
    title_en: Text = Field("", max_length=200, examples=["Red rose, 60 cm"])
    description_es: Text = Field("", max_length=20_000)
    description_en: Text = Field("", max_length=20_000)
    kind: Literal["good", "service", "course"] = "good"
    category: Text = Field("", max_length=80)
    brand: Text = Field("", max_length=120)
    gtin: Text = Field("", max_length=14)
    attributes: dict[Text, JsonValue] = Field(default_factory=dict, max_length=50)
    tags: list[Annotated[Text, Field(max_length=60)]] = Field(default_factory=list, max_length=50)


class VariantIn(Body):
    sku: Sku = ""
    options: dict[Annotated[Text, Field(min_length=1, max_length=40)], Annotated[Text, Field(min_length=1, max_length=80)]] = Field(
        min_length=1, max_length=5, examples=[{"Color": "rojo"}]
    )
    price: AmountIn | None = None
    on_hand: Count | None = None


class OfferIn(Body):
    """How you sell it. Without `product`, `gtin` names one that the market has already: your offer joins it."""

    product: ProductIn | None = None
    gtin: Text = Field("", max_length=14, examples=["7702004003508"])
    prices: list[AmountIn] = Field(default_factory=list, max_length=10)
    compare: AmountIn | None = Field(None, description="what it cost before, shown struck through")
    active: bool = True
    quote_only: bool = False
    minimum: int = Field(1, ge=1, le=1_000_000)
    unit: Text = Field("", max_length=40)
    lead_days: int | None = Field(None, ge=0, le=365)
    condition: Literal["new", "used", "refurbished"] = "new"
    tax: Text = Field("", max_length=60)
    link: Text = Field("", max_length=500, pattern=r"^(https?://\S+)?$")
    on_hand: Count | None = Field(None, description="in the store room; only when the offer is new")
    variants: list[VariantIn] = Field(default_factory=list, max_length=MOST_VARIANTS)

    def listing(self, sku: str) -> catalogue.Listing:
        return catalogue.Listing(
            sku=sku,
            prices=[one.money() for one in self.prices],
            compare=self.compare.money() if self.compare else None,
            active=self.active,
            quote_only=self.quote_only,
            minimum=self.minimum,
            unit=self.unit,
            lead_days=self.lead_days,
            condition=self.condition,
            tax=self.tax,
            link=self.link,
        )

    def forms(self) -> list[catalogue.Form]:
        return [
            catalogue.Form(options=one.options, sku=one.sku, price=one.price.money() if one.price else None, on_hand=one.on_hand)
            for one in self.variants
        ]


class StockIn(Body):
    """Either `on_hand`, what was counted, or `change`, what came (or went, below zero)."""

    point_of_sale: UUID | None = Field(None, strict=False, description="null: the store room")
    on_hand: Count | None = None
    change: int | None = Field(None, ge=-(10**9), le=10**9, examples=[-3])
    reason: Literal["arrival", "sale", "return", "damage"] = "arrival"
    note: Text = Field("", max_length=200)

    @model_validator(mode="after")
    def _one_of_both(self) -> StockIn:
        if (self.on_hand is None) == (self.change is None):
            raise ValueError("send either on_hand or change")
        return self


class StockedOut(Schema):
    sku: str
    stock: list[StockOut]


@router.get("/offers", response={200: OffersOut, **KEYS}, url_name="offers", summary="List your offers")
@scoped("catalogue:read")
def offers(
    request: KeyRequest,
    state: Annotated[State | None, InQuery()] = None,
    category: Annotated[str, InQuery(max_length=80, description="slug of a category")] = "",
    q: Annotated[str, InQuery(max_length=200, description="words of the title, or the beginning of a SKU")] = "",
    after: After = "",
    limit: Limit = 50,
) -> OffersOut:
    """The organisation's offers, the latest first; a product with variants is one line."""
    place = marks.read(after, UUID)
    found = catalogue.offers_page(request.organisation.pk, catalogue.Filters(state or "", category, q), place[0] if place else None, limit)
    lines = [
        OfferLine(
            sku=x.sku, title=x.title, category=x.category.slug if x.category else None, price=amount(x.price), on_hand=x.on_hand,
            active=x.active, published=x.published, quote_only=x.quote_only, has_variants=x.has_variants,
        )
        for x in found.rows
    ]  # fmt: skip
    return OffersOut(offers=lines, next=marks.write(found.after) if found.after else None)


@router.get("/offers/{path:sku}", response={200: OfferWhole, **KEYS}, url_name="offer", summary="Read an offer")
@scoped("catalogue:read")
def offer(request: KeyRequest, sku: str) -> OfferWhole:
    """One of your offers by its SKU, of a product or of a variant."""
    return _whole(_own(request, sku))


@router.put(
    "/offers/{path:sku}", response={200: OfferWhole, 201: OfferWhole, **WRITES}, url_name="offer", summary="Create or change an offer"
)
@scoped("catalogue:write")
def put(request: KeyRequest, sku: str, body: OfferIn) -> tuple[int, OfferWhole]:
    """Like one row of an import: 201 makes the product and its offer (or joins a product by `gtin`), 200 changes them.

    What you leave out takes its default. A product that others described cannot be changed: leave `product` out.
    Variants not named stay as they are.
    """
    at, by = now(), request.member.id
    words = catalogue.Words(**body.product.model_dump()) if body.product else None
    try:
        known = _own(request, sku)
    except NotFound:
        if words is None:
            made = catalogue.join_product(named=body.gtin, listing=body.listing(sku), by=by, at=at)
        else:
            made = catalogue.create_product(words=words, listing=body.listing(sku), forms=body.forms(), by=by, at=at, on_hand=body.on_hand)
        return 201, _whole(made)
    if known.variant_id:
        raise Refusal(_("This is the SKU of a variant: put its main product, with its variants."), field="sku")
    return 200, _whole(catalogue.edit_product(offer=known, words=words, listing=body.listing(sku), forms=body.forms(), by=by, at=at))


@router.delete("/offers/{path:sku}", response={204: None, **WRITES}, url_name="offer", summary="Take an offer off the market")
@scoped("catalogue:write")
def remove(request: KeyRequest, sku: str) -> None:
    """Nobody sees it any more. It stays in your workbench, hidden, with its history; put it again to show it."""
    catalogue.set_active(offers=[_own(request, sku).pk], active=False, by=request.member.id, at=now())


@router.put("/stock/{path:sku}", response={200: StockedOut, **WRITES}, url_name="stock", summary="Count or move stock")
@scoped("stock:write")
def stock(request: KeyRequest, sku: str, body: StockIn) -> StockedOut:
    """Set what was counted at a point of sale, or add and take. 409 when more is taken than there is; then nothing changes."""
    one, at = _own(request, sku), now()
    if body.point_of_sale:
        directory.point_for(request.organisation.pk, body.point_of_sale)
    told: dict[str, Any] = {"offer": one.pk, "place": body.point_of_sale, "by": request.member.id, "note": body.note, "at": at}
    if body.on_hand is not None:
        catalogue.count_stock(on_hand=body.on_hand, **told)
    else:
        catalogue.adjust_stock(change=body.change or 0, reason=body.reason, **told)
    return StockedOut(sku=one.sku, stock=_stock(catalogue.record_of(one)))


def _own(request: KeyRequest, sku: str) -> catalogue.Offer:
    if len(sku) > 80:
        raise NotFound
    return catalogue.offer_by_sku(request.organisation.pk, sku)


def _stock(record: dict[str, Any]) -> list[StockOut]:
    return [StockOut(point_of_sale=UUID(place) if place else None, on_hand=n) for place, n in sorted(record["stock"].items())]


def _whole(one: catalogue.Offer) -> OfferWhole:
    record = catalogue.record_of(one)
    lasting = [
        (currency, minor) for currency, rows in record["prices"].items() for minor, _compare, starts, ends in rows if not (starts or ends)
    ]
    return OfferWhole(
        **{name: record[name] for name in ("sku", "active", "quote_only", "minimum", "unit", "lead_days", "condition", "tax", "link")},
        parent=record.get("parent"),
        options=record.get("options"),
        published=one.published,
        prices=[Amount(amount=f"{Money(minor, currency).decimal:f}", currency=currency) for currency, minor in lasting],
        stock=_stock(record),
        product=ProductSaid(**{name: record[name] for name in ProductSaid.model_fields}) if "title_es" in record else None,
    )
