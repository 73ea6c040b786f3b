"""Pushing products down into search: what anybody may see of them, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from oportuno.kernel.isolation import for_public
from oportuno.kernel.money import Money
from oportuno.offer.catalogue.actions.following import follow_products
from oportuno.offer.catalogue.models import Offer, Product, Variant
from oportuno.offer.catalogue.queries.cards import first_pictures
from oportuno.offer.catalogue.queries.shelves import Shelf, Shelves, shelves
from oportuno.offer.catalogue.rules.attributes import Asked, told
from oportuno.offer.catalogue.rules.codes import bare_gtin
from oportuno.offer.directory import api as directory
from oportuno.offer.search import api as search

SET = 500
MOST_PLACES = 10
MOST_SERVED = 40
Answers = list[tuple[Asked, list[Any]]]
"""What a product answers to each attribute, as it is kept."""


@dataclass
class Offered:
    """Who offers a product, with which codes."""

    organisations: list[int] = field(default_factory=list)
    skus: list[str] = field(default_factory=list)
    options: set[tuple[str, str]] = field(default_factory=set)
    """What its forms differ in: (name, value) as the seller wrote them."""


def feed_search(products: Iterable[UUID]) -> int:
    """Put these products into search, take out those that are not on show; how many were put. In sets of five hundred.

    What lists show of them is brought up to date first: a sale does not lock the product's row, so that nobody waits for it.
    """
    wanted, done = list(products), 0
    for start in range(0, len(wanted), SET):
        part = wanted[start : start + SET]
        with transaction.atomic():
            directory.hold_standing(_sellers(part))
            follow_products(part)
            documents = _documents(part)
            shown = {document.key for document in documents}
            search.remove(key for one in part if (key := key_of(one)) not in shown)
            done += search.put(documents)
    return done


def feed_seller(organisation: int) -> int:
    """All that a seller shows: what the market vouches for of it has changed. How many were put."""
    with for_public():
        products = Offer.objects.filter(organisation_id=organisation, published=True).values_list("product_id", flat=True).distinct()
        wanted = list(products)
    return feed_search(wanted)


def _sellers(products: Sequence[UUID]) -> list[int]:
    """The organisations that show any of these products."""
    with for_public():
        return list(Offer.objects.filter(product_id__in=products, published=True).values_list("organisation_id", flat=True).distinct())


def key_of(product: UUID) -> str:
    return f"product:{product}"


def _documents(products: Sequence[UUID]) -> list[search.Document]:
    with for_public():
        found = list(Product.objects.filter(pk__in=products, published=True))
        offered: dict[UUID, Offered] = {}
        for product, organisation, sku in (
            Offer.objects.filter(product_id__in=products, published=True).order_by("id").values_list("product_id", "organisation_id", "sku")
        ):
            one = offered.setdefault(product, Offered())
            one.skus.append(sku)
            if organisation not in one.organisations:
                one.organisations.append(organisation)
        for product, options in Variant.objects.filter(product_id__in=offered, published=True).values_list("product_id", "options"):
            offered[product].options.update((str(name), str(value)) for name, value in options)
        owners = {organisation for one in offered.values() for organisation in one.organisations}
        sellers = {one.organisation_id: one for one in directory.Seller.objects.filter(organisation_id__in=owners, published=True)}
        points = _points(owners)
        vouched, served = _vouched(owners), _served(owners)
        pictures = {product: card.address for product, card in first_pictures([one.pk for one in found]).items()}
    tree = shelves()
    return [
        _document(one, offered[one.pk], sellers, points, vouched, served, pictures.get(one.pk, ""), tree)
        for one in found
        if one.pk in offered and any(organisation in sellers for organisation in offered[one.pk].organisations)
    ]


def _points(organisations: set[int]) -> dict[int, list[search.Place]]:
    found: dict[int, list[search.Place]] = {}
    shown = directory.PointOfSale.objects.filter(
        organisation_id__in=organisations, published=True, latitude__isnull=False, longitude__isnull=False
    )
    for point in shown.select_related("place").order_by("id"):
        places = found.setdefault(point.organisation_id, [])
        if len(places) < MOST_PLACES and point.latitude is not None and point.longitude is not None:
            places.append(search.Place(point.latitude, point.longitude, point.place.name_es if point.place else ""))
    return found


def _vouched(organisations: set[int]) -> dict[int, list[str]]:
    """What the market vouches for of each seller, by key."""
    found: dict[int, list[str]] = {}
    rows = directory.shown_certifications().filter(organisation_id__in=organisations).order_by("key")
    for organisation, key in rows.values_list("organisation_id", "key").distinct():
        found.setdefault(organisation, []).append(key)
    return found


def _served(organisations: set[int]) -> dict[int, list[str]]:
    """Where each seller delivers, by code, the widest first."""
    found: dict[int, list[str]] = {}
    for organisation, code in directory.served_places(organisations):
        codes = found.setdefault(organisation, [])
        if len(codes) < MOST_SERVED:
            codes.append(code)
    return found


def _document(
    one: Product,
    offered: Offered,
    sellers: dict[int, directory.Seller],
    points: dict[int, list[search.Place]],
    vouched: dict[int, list[str]],
    served: dict[int, list[str]],
    picture: str,
    tree: Shelves,
) -> search.Document:
    shelf = tree.by_id.get(one.category_id or 0)
    answers = _answers(one, shelf, offered.options)
    shown = [sellers[organisation] for organisation in offered.organisations if organisation in sellers]
    first = shown[0]
    places = [place for seller in shown for place in points.get(seller.organisation_id, [])]
    return search.Document(
        key=key_of(one.pk),
        kind="product",
        organisation=first.organisation_id,  # who wrote the product may be hidden meanwhile
        url=f"/productos/{one.slug}/",
        texts=_texts(one, tree.crumbs(shelf) if shelf else [], answers, sorted({value for _, value in offered.options})),
        updated_at=one.updated_at,
        published_at=one.created_at,
        sku=offered.skus[0],
        codes=tuple(dict.fromkeys([*offered.skus[1:20], *([bare_gtin(one.gtin)] if one.gtin else [])])),
        seller_slug=first.slug,
        seller_name=first.trade_name,
        categories=tuple(one.slug for one in tree.crumbs(shelf)) if shelf else (),
        facets=(
            *_facets(one, answers),
            *(f"certification={key}" for seller in shown for key in vouched.get(seller.organisation_id, ())),
            *(f"{search.SERVES}={code}" for seller in shown for code in served.get(seller.organisation_id, ())),
        ),
        price=Money(one.from_minor, one.from_currency) if one.from_minor is not None else None,
        in_stock=one.in_stock,
        certified=any(seller.certified for seller in shown),
        country=first.country,
        city=places[0].city if places else "",
        places=tuple(places[:MOST_PLACES]),
        picture=picture,
    )


def _texts(one: Product, way: Sequence[Shelf], answers: Answers, forms: Sequence[str]) -> dict[search.Language, search.Texts]:
    found: dict[search.Language, search.Texts] = {}
    for language, title, body in (("es", one.title_es, one.description_es), ("en", one.title_en, one.description_en)):
        if title:
            shelves_above = [str(getattr(shelf, f"title_{language}")) for shelf in reversed(way)]
            words = [one.brand, *shelves_above, *_words(answers, language), *forms, *one.tags]
            details = "\n".join(f"{label}: {value}" for label, value in one.details.items())
            found["es" if language == "es" else "en"] = search.Texts(
                title=title, keywords=tuple(dict.fromkeys(word for word in words if word)), body=f"{body}\n{details}".strip()
            )
    return found


def _answers(one: Product, shelf: Shelf | None, options: Iterable[tuple[str, str]]) -> Answers:
    """What it answers to each attribute of its category: its own answer, and those in which its forms differ."""
    return [(asked, told(asked, one.attributes.get(asked.key), options)) for asked in (shelf.asks if shelf else ())]


def _words(answers: Answers, language: str) -> Iterable[str]:
    """Attributes in words: "Aroma suave", "60 cm", "Segura para mascotas". What it has not ("Sin aroma") is no word to find it by."""
    for asked, values in answers:
        label = asked.label_en if language == "en" else asked.label_es
        for value in values:
            if choice := asked.choice(str(value)):
                said = choice.label_en if language == "en" else choice.label_es
                yield "" if choice.key.startswith(("sin-", "no-")) else f"{label} {said}"
            elif asked.type == "boolean":
                yield label if value else ""
            elif asked.type != "date":
                unit = asked.unit_en if language == "en" else asked.unit_es
                yield f"{value} {unit}".strip()


def _facets(one: Product, answers: Answers) -> Iterable[str]:
    for asked, values in answers:
        if asked.facet:
            yield from (f"{asked.key}={_plain(asked, value)}" for value in values)
    if one.brand:
        yield f"brand={one.brand}"


def _plain(asked: Asked, value: object) -> str:
    return ("yes" if value else "no") if asked.type == "boolean" else str(value)


IN_SEARCH = search.Feeder(name="products", edition=2, rows=Product, feed=feed_search)
"""`edition` is raised when what is found of the same thing changes."""
