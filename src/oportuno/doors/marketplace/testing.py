"""A small market made through the front doors: three sellers whom everybody sees, one whom nobody may, twelve products."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import LazySettings

from oportuno.doors.marketplace.api import show_pack
from oportuno.doors.marketplace.middleware import SHELF
from oportuno.doors.marketplace.queries.packs import forget_pack
from oportuno.kernel.clock import now
from oportuno.kernel.facts import buffer
from oportuno.kernel.facts.readers import READERS, read_once
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.money import Money
from oportuno.kernel.testing.packs import known_pack
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory
from oportuno.offer.directory.testing import fill_in, make_seller
from oportuno.offer.knowledge.testing import show_article
from oportuno.offer.search import api as search
from oportuno.people.audience import api as audience
from oportuno.people.organisations.api import Kind, Organisation
from oportuno.people.organisations.testing import Actor, make_organisation, make_person

SECRET = "Zafiro Prohibido"
"""In every word of the seller whom nobody may see."""
BARCODE = "7701234567897"
WEEK = {str(day): "8:00-18:00" for day in range(6)}


@dataclass
class SmallMarket:
    """The cast by name, products by SKU. Hugo applied and was never approved."""

    alba: Actor
    gala: Actor
    ines: Actor
    hugo: Actor
    dario: Actor
    products: dict[str, catalogue.Product]

    def product(self, sku: str) -> str:
        """The address of a product."""
        return f"/productos/{self.products[sku].slug}/"


def open_market(at: datetime | None = None) -> SmallMarket:
    """The flowers vertical with its small cast, found by search."""
    moment = at or now()
    pack = known_pack()
    directory.install_pack(pack, moment)
    catalogue.install_pack(pack, at=moment)
    search.install_synonyms(pack)
    show_pack(pack=pack, at=moment)
    dario = _owner("Darío", "El Mercado", kind=Kind.OPERATOR)
    alba, gala, ines = (
        _owner(*who) for who in (("Alba", "Flores de Alba"), ("Gala", "Viveros Gala", "MX"), ("Inés", "Taller de Inés", "EC"))
    )
    for actor, sectors in ((alba, ("floristerias",)), (gala, ("floristerias", "viveros")), (ines, ("escuelas",))):
        make_seller(actor, dario, moment, sectors=sectors)
    hugo = _owner("Hugo", f"{SECRET} Flores")
    fill_in(hugo.member, moment)
    market = SmallMarket(alba, gala, ines, hugo, dario, {})
    _stock(market, moment)
    for actor in (alba, gala, ines):
        with for_organisation(_of(actor).pk):
            directory.change_profile(
                by=actor.member, at=moment, difference_es=f"{actor.person.name} corta de madrugada.", difference_en="Cut at dawn."
            )
    _points(market, moment)
    _words(market, moment)
    refresh(market)
    return market


def refresh(market: SmallMarket) -> None:
    """Let search follow what happened, without waiting for the worker."""
    with for_market("a small market for tests"):
        rows = list(catalogue.Product.objects.all())
        market.products = {sku: one for one in rows for sku in _skus(one)}
        catalogue.feed_search([one.pk for one in rows])
        directory.index_sellers(directory.Seller.objects.values_list("pk", flat=True))
        search.learn(anew=True)


def react(*names: str) -> None:
    """Let these readers take what was told, now."""
    for waiting in buffer.buffers:
        waiting.flush()
    for name in names:
        while read_once(READERS[name], now()):
            continue


def _skus(product: catalogue.Product) -> list[str]:
    return list(catalogue.Offer.objects.filter(product_id=product.pk).values_list("sku", flat=True))


def _owner(name: str, organisation: str, country: str = "CO", kind: str = Kind.SELLER) -> Actor:
    person = make_person(name, f"{name.lower().replace('é', 'e').replace('í', 'i')}@example.com")
    return Actor(person, make_organisation(organisation, owner=person, country=country, kind=kind))


def _of(actor: Actor) -> Organisation:
    assert actor.organisation is not None
    return actor.organisation


def _stock(market: SmallMarket, at: datetime) -> None:
    """Twelve products on show, one of them offered by two; and two of Hugo's that nobody may see."""
    for number, (colour, hue) in enumerate((("roja", "rojo"), ("blanca", "blanco"), ("amarilla", "amarillo"), ("rosada", "rosado")), 1):
        words = catalogue.Words(
            title_es=f"Rosa {colour} Freedom {number}",
            title_en=f"Freedom rose {number}",
            description_es=f"Rosa {colour} de tallo largo.",
            category="rosas",
            gtin=BARCODE if number == 1 else "",
            attributes=_answers("rosas", colour=hue, stem_length=60),
        )
        _sell(market.alba, f"ROSA-{number}", words, [Money(4_500_000 + number * 100_000, "COP")], at, on_hand=number * 10)
    for number in range(1, 4):
        words = catalogue.Words(
            title_es=f"Clavel rojo {number}", title_en=f"Red carnation {number}", category="claveles", attributes=_answers("claveles")
        )
        _sell(market.alba, f"CLAVEL-{number}", words, [Money(2_000_000, "COP")], at, on_hand=0 if number == 3 else 5)
    for number in range(1, 4):
        words = catalogue.Words(title_es=f"Suculenta en maceta {number}", title_en=f"Potted succulent {number}")
        _sell(market.gala, f"SUCULENTA-{number}", words, [Money(15_000, "MXN")], at, on_hand=7)
    course = catalogue.Words(title_es="Taller de ramos de novia", title_en="Bridal bouquet workshop", kind="course")
    _sell(market.ines, "TALLER-1", course, [Money(7_500, "USD")], at, on_hand=12)
    service = catalogue.Words(title_es="Asesoría para tu boda", title_en="Advice for your wedding", kind="service")
    _sell(market.ines, "BODA-1", service, [], at, quote_only=True)
    with for_organisation(_of(market.gala).pk):
        listing = catalogue.Listing(sku="GALA-ROSA", prices=[Money(19_900, "MXN")])
        catalogue.join_product(named=BARCODE, listing=listing, by=market.gala.person.pk, at=at)
    for number in (1, 2):
        words = catalogue.Words(
            title_es=f"{SECRET} azul {number}", description_es=SECRET, category="rosas", attributes=_answers("rosas"), brand=SECRET
        )
        _sell(market.hugo, f"HUGO-{number}", words, [Money(1_000_000, "COP")], at, on_hand=3)


def _sell(
    actor: Actor,
    sku: str,
    words: catalogue.Words,
    prices: Sequence[Money],
    at: datetime,
    *,
    on_hand: int | None = None,
    quote_only: bool = False,
) -> None:
    with for_organisation(_of(actor).pk):
        listing = catalogue.Listing(sku=sku, prices=prices, quote_only=quote_only, lead_days=1)
        catalogue.create_product(words=words, listing=listing, by=actor.person.pk, at=at, on_hand=on_hand)


def _answers(category: str, **said: Any) -> dict[str, Any]:
    """What the category insists on, with its first choice where the test does not care."""
    asked = catalogue.shelves().by_slug[category].asks
    usual = {one.key: one.choices[0].key if one.choices else 1 for one in asked if one.required}
    return {**usual, **said}


def _points(market: SmallMarket, at: datetime) -> None:
    for actor, latitude, longitude in (
        (market.alba, "6.1530", "-75.3740"),
        (market.gala, "20.6736", "-103.3440"),
        (market.hugo, "6.2", "-75.5"),
    ):
        name = f"{SECRET} punto" if actor is market.hugo else f"Punto de {actor.person.name}"
        said = directory.SaidPoint(name=name, address="Calle 1 # 2-3", latitude=latitude, longitude=longitude, hours=WEEK)
        with for_organisation(_of(actor).pk):
            directory.open_point(said=said, by=actor.member, at=at)


def _words(market: SmallMarket, at: datetime) -> None:
    """An article, and an answer for everybody."""
    show_article(
        slug="cuidar-rosas",
        seller=_of(market.alba).slug,
        title={"es": "Cómo cuidar rosas", "en": "How to care for roses"},
        body={"es": ["Agua fresca cada dos días.", "Corte en diagonal."], "en": ["Fresh water every other day.", "Cut at an angle."]},
        tags=["rosas", "cuidado"],
        at=at,
    )
    with for_market("the product that the question is about"):
        rose = catalogue.Offer.objects.get(sku="ROSA-1").product_id
    answered(market.alba, rose, "¿Llegan abiertas?", "Llegan cerradas, en punto de corte dos.", at)


def answered(actor: Actor, product: UUID, asked: str, answer: str, at: datetime) -> None:
    """Somebody asked about a product, and the seller shows the answer to everybody."""
    email = audience.addresses.email("pregunta@example.com")
    assert email
    how = audience.Circumstances("question form")
    with for_organisation(_of(actor).pk):
        question = audience.ask(
            organisation=_of(actor),
            email=email,
            text=asked,
            circumstances=how,
            at=at,
            proven=True,
            about_kind="product",
            about_id=str(product),
        )
        question.refresh_from_db()
        question = audience.answer_question(question=question, text=answer, by=actor.member, at=at)
        audience.publish_answer(question=question, asked=asked, answered=answer, by=actor.member, at=at)


@pytest.fixture
def small_market(db: None, settings: LazySettings, tmp_path: Path) -> Iterator[SmallMarket]:
    """The small market, seen fresh, its files in a folder of the test's own."""
    settings.PRIVATE_ROOT = settings.MEDIA_ROOT = tmp_path
    forget_pack()
    yield open_market()
    forget_pack()


@pytest.fixture
def open_shelf() -> Iterator[Callable[[], None]]:
    """Pages are kept in this test, as they are in life; call it to let the four seconds pass."""
    SHELF.clear()
    SHELF.is_open = True
    yield SHELF.clear
    SHELF.is_open = False
    SHELF.clear()
