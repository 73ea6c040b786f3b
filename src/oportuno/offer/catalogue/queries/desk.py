"""The seller's own lists in the workbench: products and stock, by keyset, quick with a million rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_public
from oportuno.kernel.money import Money
from oportuno.offer.catalogue.models import Offer, Product, Stock, StockMovement
from oportuno.offer.catalogue.queries.cards import PictureCard, first_pictures
from oportuno.offer.catalogue.queries.foreign import others_product, variants_by_id
from oportuno.offer.catalogue.queries.places import Place, places_of
from oportuno.offer.catalogue.queries.shelves import Shelf, shelves

PAGE = 40
COUNTED = 1_000
"""Counting stops here: "1,000+" answers the question, and the database rests."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to. `state`: "", active, hidden, no_picture, no_price, out_of_stock, archived; only the last shows what was put away."""

    state: str = ""
    category: str = ""
    text: str = ""

    @property
    def any(self) -> bool:
        return bool(self.state or self.category or self.text)

    def asked(self) -> dict[str, str]:
        """As parameters of an address."""
        return {name: said for name, said in (("state", self.state), ("category", self.category), ("q", self.text)) if said}


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One line of the list. `published`: shown now; `active` and not `published`: waits for the seller's approval."""

    id: UUID
    sku: str
    title: str
    category: Shelf | None
    picture: PictureCard | None
    price: Money | None
    on_hand: int | None
    active: bool
    published: bool
    quote_only: bool
    has_variants: bool


@dataclass(frozen=True, slots=True)
class OfferPage:
    rows: tuple[OfferRow, ...]
    after: UUID | None


def offers_page(organisation: int, filters: Filters, after: UUID | None = None, limit: int = PAGE) -> OfferPage:
    """A page of the seller's products, the latest first. Three queries; one more for who reads English."""
    found = filtered(organisation, filters)
    if after:
        found = found.filter(pk__lt=after)
    rows = list(found.order_by("-pk")[: limit + 1])
    page = rows[:limit]
    pictures, called = _pictures([one.product_id for one in page]), _called(page)
    tree = shelves()
    return OfferPage(
        tuple(
            OfferRow(
                one.pk, one.sku, called.get(one.product_id) or one.title or one.sku, tree.by_id.get(one.category_id or 0), pictures.get(one.product_id),
                Money(one.price_minor, one.price_currency) if one.price_minor is not None else None, one.on_hand,
                one.active, one.published, one.quote_only, one.has_variants,
            )
            for one in page
        ),
        page[-1].pk if len(rows) > limit else None,
    )  # fmt: skip


def _pictures(products: list[UUID]) -> dict[UUID, PictureCard]:
    """First pictures of our own products, and of others' products as anybody sees them."""
    found = first_pictures(products)
    if missing := [one for one in products if one not in found]:
        with for_public():
            found |= first_pictures(missing)
    return found


def _called(offers: Iterable[Offer]) -> dict[UUID, str]:
    """English titles by product, for who reads English: an offer keeps one title, the Spanish one where there is one."""
    if not (get_language() or "").startswith("en"):
        return {}
    wanted = {one.product_id for one in offers}
    found = dict(Product.objects.filter(pk__in=wanted).values_list("pk", "title_en"))
    if missing := wanted - found.keys():
        with for_public():
            found |= dict(Product.objects.filter(pk__in=missing).values_list("pk", "title_en"))
    return found


def everything(organisation: int) -> QuerySet[Offer]:
    """Main offers of the organisation, also those it put away."""
    return Offer.objects.filter(organisation_id=organisation, variant_id__isnull=True)


def filtered(organisation: int, filters: Filters) -> QuerySet[Offer]:
    """Main offers of the organisation that fit."""
    found = everything(organisation).filter(archived=filters.state == "archived")
    match filters.state:
        case "active":
            found = found.filter(active=True)
        case "hidden":
            found = found.filter(active=False)
        case "no_picture":
            found = found.filter(has_picture=False)
        case "no_price":
            found = found.filter(price_minor__isnull=True, quote_only=False)
        case "out_of_stock":
            found = found.filter(on_hand=0)
    if filters.category and (shelf := shelves().by_slug.get(filters.category)):
        found = found.filter(category_id__in=shelves().under(shelf))
    for word in filters.text.split()[:6]:
        found = found.filter(Q(sku__istartswith=word) | Q(title__icontains=word))
    return found


def counts(organisation: int) -> dict[str, int]:
    """How many fit each state, up to a thousand; each is one look into a small index."""
    states = ("", "hidden", "no_picture", "no_price", "out_of_stock", "archived")
    return {state: filtered(organisation, Filters(state)).order_by()[: COUNTED + 1].count() for state in states}


def offer_for(organisation: int, offer: UUID) -> Offer:
    """A main offer of the organisation. Raises NotFound: absent and another's look the same."""
    found = everything(organisation).filter(pk=offer).first()
    if found is None:
        raise NotFound
    return found


def product_of(offer: Offer) -> tuple[Product, bool]:
    """The product of an offer, and whether the organisation described it itself."""
    own = Product.objects.filter(pk=offer.product_id, organisation_id=offer.organisation_id).first()
    if own:
        return own, True
    return others_product(offer.product_id), False


@dataclass(frozen=True, slots=True)
class Cell:
    """Stock of one offer at one place; None: never counted there."""

    place: Place
    on_hand: int | None


@dataclass(frozen=True, slots=True)
class StockRow:
    offer: UUID
    sku: str
    title: str
    variant: str
    cells: tuple[Cell, ...]
    total: int | None


def stock_page(
    organisation: int, text: str = "", after: UUID | None = None, limit: int = PAGE
) -> tuple[list[Place], list[StockRow], UUID | None]:
    """The grid: what is for sale, the latest first, by point of sale. Five queries."""
    places = places_of(organisation)
    away = everything(organisation).filter(archived=True).values("product_id")
    found = Offer.objects.filter(organisation_id=organisation, has_variants=False, archived=False).exclude(
        variant_id__isnull=False, product_id__in=away
    )
    for word in text.split()[:6]:
        found = found.filter(Q(sku__istartswith=word) | Q(title__icontains=word))
    if after:
        found = found.filter(pk__lt=after)
    offers = list(found.order_by("-pk")[: limit + 1])
    return places, stock_rows(organisation, offers[:limit], places), offers[limit - 1].pk if len(offers) > limit else None


def stock_rows(organisation: int, offers: Iterable[Offer], places: list[Place]) -> list[StockRow]:
    shown = list(offers)
    called = _called(shown)
    counted = {
        (offer, place): on_hand
        for offer, place, on_hand in Stock.objects.filter(organisation_id=organisation, offer_id__in=[one.pk for one in shown]).values_list(
            "offer_id", "point_of_sale_id", "on_hand"
        )
    }
    variants = variants_by_id(one.variant_id for one in shown)
    return [
        StockRow(
            one.pk, one.sku, called.get(one.product_id) or one.title or one.sku, str(variants.get(one.variant_id, "")) if one.variant_id else "",
            tuple(Cell(place, counted.get((one.pk, place.id))) for place in places), one.on_hand,
        )
        for one in shown
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class MovementRow:
    movement: StockMovement
    sku: str
    title: str
    place: str


def movements_page(
    organisation: int, after: UUID | None = None, limit: int = PAGE, offer: UUID | None = None
) -> tuple[list[MovementRow], UUID | None]:
    """What came and went (of one offer, or of all), the latest first; keyset by time and identity."""
    found = StockMovement.objects.filter(organisation_id=organisation, **({"offer_id": offer} if offer else {}))
    if after and (last := found.filter(pk=after).first()):
        found = found.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    rows = list(found.order_by("-at", "-pk")[: limit + 1])
    offers = Offer.objects.in_bulk({one.offer_id for one in rows})
    names, called = {place.id: place.name for place in places_of(organisation)}, _called(offers.values())
    page = [
        MovementRow(one, of.sku, called.get(of.product_id) or of.title, names.get(one.point_of_sale_id, "—"))
        for one in rows[:limit]
        if (of := offers.get(one.offer_id))
    ]
    return page, rows[limit - 1].pk if len(rows) > limit else None
