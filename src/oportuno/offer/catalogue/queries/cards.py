"""What anybody may see of products, as frozen cards for pages. Each question is a few queries, however long the list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import acting, for_public
from oportuno.kernel.money import Money
from oportuno.offer.catalogue.models import Offer, Product
from oportuno.offer.catalogue.models.products import in_reader_language
from oportuno.offer.catalogue.queries.shelves import Shelf, shelves
from oportuno.offer.directory import api as directory
from oportuno.offer.media import api as media
from oportuno.people.organisations.api import Organisation

PAGE = 24
P = ParamSpec("P")
R = TypeVar("R")


def as_anybody(question: Callable[P, R]) -> Callable[P, R]:
    """A question is answered as anybody would see it, whoever asks. Costs nothing on a public page, which acts so already."""

    @wraps(question)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        if acting().role == "public":
            return question(*args, **kwargs)
        with for_public():
            return question(*args, **kwargs)

    return asked


@dataclass(frozen=True, slots=True)
class PictureCard:
    """`address` shows it; `srcset` and `avif` (the same, lighter) may be empty. `focus`: classes that keep its point of interest in sight."""

    address: str
    srcset: str
    alt: str
    avif: str = ""
    focus: str = ""


@dataclass(frozen=True, slots=True)
class SellerCard:
    slug: str
    name: str
    country: str
    certified: bool
    answer_hours: int | None


@dataclass(frozen=True, slots=True)
class ProductCard:
    """A product in a list. `price` is the lowest of all offers on show, None: ask for it. `sellers`: how many offer it."""

    id: UUID
    slug: str
    title: str
    kind: str
    brand: str
    category: Shelf | None
    picture: PictureCard | None
    price: Money | None
    in_stock: bool
    sellers: int
    seller: SellerCard | None


@dataclass(frozen=True, slots=True)
class CardPage:
    """`after` is where the next page begins, None on the last one."""

    cards: tuple[ProductCard, ...]
    after: UUID | None


@as_anybody
def newest(limit: int = 12) -> list[ProductCard]:
    """The latest products on show. Three queries more."""
    return cards_of(Product.objects.filter(published=True).order_by("-id")[:limit])


@as_anybody
def newest_of(organisation: int, limit: int = 12) -> list[ProductCard]:
    """The latest products that one organisation offers on show."""
    offers = Offer.objects.filter(organisation_id=organisation, published=True, variant_id__isnull=True)
    return products_by_id(list(offers.order_by("-product_id").values_list("product_id", flat=True)[:limit]))


@as_anybody
def newest_from_many(limit: int = 12, *, among: int = 200, currency: str = "") -> list[ProductCard]:
    """The latest product of each seller, the newest first: nobody fills the window alone. Looks at the `among` newest sellers.

    With a currency, what costs that comes before the rest: a window of prices in somebody else's money helps nobody.
    """
    own = Offer.objects.filter(organisation_id=OuterRef("organisation_id"), published=True, variant_id__isnull=True).order_by("-id")
    recent = directory.Seller.objects.filter(published=True).order_by("-approved_at", "-id")[:among]
    found = recent.annotate(latest=Subquery(own.values("product_id")[:1]), priced_in=Subquery(own.values("price_currency")[:1]))
    latest = {product: priced_in == currency for product, priced_in in found.values_list("latest", "priced_in") if product}
    ids = sorted(latest, key=lambda product: (latest[product], product), reverse=True)
    return products_by_id(ids[:limit])


@as_anybody
def products_by_id(ids: Sequence[UUID]) -> list[ProductCard]:
    """Cards in the order asked for; those not on show are left out."""
    sql = f"SELECT {', '.join(COLUMNS)} FROM product WHERE id = ANY(%s) AND published"
    found = {card.id: card for card in _cards(_rows(sql, ids))} if ids else {}
    return [found[one] for one in ids if one in found]


@as_anybody
def products_of_seller(slug: str, after: UUID | None = None, limit: int = PAGE) -> CardPage:
    """What a seller offers, the latest first. Empty for a seller who is not on show."""
    offers = Offer.objects.filter(organisation_id=_organisation(slug), published=True, variant_id__isnull=True)
    if after:
        offers = offers.filter(product_id__lt=after)
    ids = list(offers.order_by("-product_id").values_list("product_id", flat=True)[: limit + 1])
    return CardPage(tuple(products_by_id(ids[:limit])), ids[limit - 1] if len(ids) > limit else None)


@as_anybody
def products_in_category(
    path: str, filters: Mapping[str, Sequence[str]] | None = None, after: UUID | None = None, limit: int = PAGE
) -> CardPage:
    """Products of a category and all below it, the latest first. Empty for a path that is none.

    `filters`: {attribute key: [values]}, and "in_stock": ["1"], "price_from" / "price_to": [minor units], "seller": [slugs].
    """
    shelf = shelves().by_slug.get(path.rstrip("/").rpartition("/")[2])
    if shelf is None or not shelf.active:
        return CardPage((), None)
    found = _filtered(Product.objects.filter(published=True, category_id__in=shelves().under(shelf)), shelf, filters or {})
    if after:
        found = found.filter(pk__lt=after)
    cards = cards_of(found.order_by("-id")[: limit + 1])
    return CardPage(tuple(cards[:limit]), cards[limit - 1].id if len(cards) > limit else None)


def _filtered(found: QuerySet[Product], shelf: Shelf, filters: Mapping[str, Sequence[str]]) -> QuerySet[Product]:
    asked = {one.key: one for one in shelf.asks}
    for key, values in filters.items():
        given = [value for value in values if value][:20]
        if not given:
            continue
        if key == "in_stock":
            found = found.filter(in_stock=True)
        elif key in ("price_from", "price_to") and given[0].isdigit():
            found = found.filter(**{f"from_minor__{'gte' if key == 'price_from' else 'lte'}": int(given[0])})
        elif key == "seller":
            organisations = Organisation.objects.filter(slug__in=given).values("pk")
            found = found.filter(pk__in=Offer.objects.filter(published=True, organisation_id__in=organisations).values("product_id"))
        elif key in asked:
            several = asked[key].type == "multi"
            any_of = Q()
            for value in given:
                any_of |= Q(attributes__contains={key: [value] if several else _typed(asked[key].type, value)})
            found = found.filter(any_of)
    return found


def _typed(kind: str, value: str) -> Any:
    if kind == "boolean":
        return value in ("1", "true")
    return int(value) if kind == "number" and value.lstrip("-").isdigit() else value


COLUMNS = ("id", "slug", "title_es", "title_en", "kind", "brand", "category_id", "from_minor", "from_currency", "in_stock")


def cards_of(products: QuerySet[Product]) -> list[ProductCard]:
    """Cards of what a query finds: the query and three more, of no more columns than a card shows."""
    return _cards(list(products.values_list(*COLUMNS)))


def _rows(sql: str, *asked: Any) -> list[tuple[Any, ...]]:
    """A small question that most pages ask: a query set around it would cost more than the query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(one) if isinstance(one, Sequence) else one for one in asked])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _cards(found: Sequence[tuple[Any, ...]]) -> list[ProductCard]:
    ids = [row[0] for row in found]
    pictures, sellers, tree = first_pictures(ids), sellers_of(ids), shelves()
    return [
        ProductCard(
            pk, slug, in_reader_language(es, en), kind, brand, tree.in_use(category), pictures.get(pk),
            Money(minor, currency) if minor is not None else None, in_stock, len(sellers.get(pk, ())), next(iter(sellers.get(pk, ())), None),
        )
        for pk, slug, es, en, kind, brand, category, minor, currency, in_stock in found
    ]  # fmt: skip


def sellers_of(products: Sequence[UUID]) -> dict[UUID, list[SellerCard]]:
    """Who offers each product, those on show. One query."""
    found: dict[UUID, list[SellerCard]] = {}
    for product, *seller in _rows(OFFERED_BY, now(), products) if products else ():
        found.setdefault(product, []).append(SellerCard(*seller))
    return found


OFFERED_BY = f"""
SELECT o.product_id, s.slug, s.trade_name, s.country,
       EXISTS (SELECT FROM certification c WHERE c.seller_id = s.id AND {directory.SHOWN_CERTIFICATION.format("c")}), s.answer_hours
FROM offer o JOIN seller s ON s.organisation_id = o.organisation_id AND s.published
WHERE o.product_id = ANY(%s) AND o.published AND o.variant_id IS NULL ORDER BY o.id
"""


def first_pictures(products: Iterable[UUID]) -> dict[UUID, PictureCard]:
    """The first picture of each product. Two queries; one where nothing has a picture."""
    return dict(_pictured(f"SELECT DISTINCT ON (product_id) {PICTURED} ORDER BY product_id, position, product_picture.id", list(products)))


def all_pictures(product: UUID) -> list[PictureCard]:
    return [card for _, card in _pictured(f"SELECT {PICTURED} ORDER BY position, product_picture.id", [product])]


PICTURED = """product_id, picture_id, alt, title_es, title_en FROM product_picture
    LEFT JOIN product ON product.id = product_id WHERE product_id = ANY(%s)"""


def _pictured(sql: str, products: Sequence[UUID]) -> list[tuple[UUID, PictureCard]]:
    """Pictures that are kept, each with its product; those still on their way are not shown from foreign addresses.

    What only repeats a title says nothing: the page knows the title in its reader's language.
    """
    rows = [row for row in _rows(sql, products) if row[1]]
    kept = media.pictures(row[1] for row in rows) if rows else {}
    found = [(product, kept.get(key), alt, titles) for product, key, alt, *titles in rows]
    return [
        (product, PictureCard(one.url(640), one.srcset(), "" if (said := alt or one.alt) in titles else said, one.avif_srcset(), one.focus))
        for product, one, alt, titles in found
        if one
    ]


def sellers_by_organisation(organisations: Iterable[int]) -> dict[int, SellerCard]:
    """Sellers on show, by their organisation. One query."""
    return {one[0]: SellerCard(*one[1:]) for one in _rows(SELLERS, now(), list(organisations))}


SELLERS = f"""
SELECT s.organisation_id, s.slug, s.trade_name, s.country,
       EXISTS (SELECT FROM certification c WHERE c.seller_id = s.id AND {directory.SHOWN_CERTIFICATION.format("c")}), s.answer_hours
FROM seller s WHERE s.organisation_id = ANY(%s) AND s.published
"""


def _organisation(slug: str) -> Subquery:
    """Of a seller on show. As one value, not as a list of one: so the offers are read in the order of their index."""
    return Subquery(directory.Seller.objects.filter(slug=slug, published=True).values("organisation_id")[:1])
