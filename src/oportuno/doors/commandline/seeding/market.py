"""The whole demo, step by step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from oportuno.doors.commandline.seeding import (
    books,
    bulletins,
    experts,
    glossary,
    goods,
    guides,
    knowledge,
    pieces,
    relations,
    segments,
    sellers,
    voices,
)
from oportuno.doors.commandline.seeding.cast import Cast, gather
from oportuno.doors.commandline.seeding.packs import install
from oportuno.kernel.facts.loop import read_all
from oportuno.kernel.isolation import for_public
from oportuno.kernel.packs import Pack
from oportuno.kernel.packs.demo import Demo, DemoOffer, demo_of
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.search import api as search

Tell = Callable[[str], None]


def seed(pack: Pack, *, at: datetime, tell: Tell) -> None:
    """Install the pack and fill the market. Everything goes through front doors; the readers then do their part."""
    demo = demo_of(pack)
    tell("the vertical")
    install(pack, at=at)
    relations.make_partitions(at)
    tell(f"{len(demo.people)} people and {len(demo.organisations) + len(demo.sellers)} organisations")
    with transaction.atomic():
        cast = gather(demo, at)
        for one in demo.sellers:
            sellers.vet(pack, one, cast, at)
    tell(f"{len(demo.products):,} products, {len(demo.offers):,} offers")
    _fill_shelves(pack, demo, cast, at)
    tell(f"{len(demo.contacts)} contacts, {len(demo.questions)} questions, a year of visits")
    with transaction.atomic():
        met = relations.meet(demo, cast, at)
        relations.talk(demo.questions, demo, cast, at)
    relations.visit(_pages(demo, cast), met, demo, cast, at)
    relations.look_for(demo, cast, at)
    tell(f"{len(demo.articles)} articles, and {len(pack.knowledge.pieces) + len(demo.pieces)} with sources or figures")
    knowledge.teach_vertical(pack, at=at)
    knowledge.teach(pack, demo, cast, at)
    tell(f"{len(demo.voices)} sites with {sum(len(one.posts) for one in demo.voices)} posts")
    for voice in demo.voices:
        voices.speak(voice, cast, at)
    pieces.teach(pack, demo, cast, at)
    tell(f"{len(pack.glossary.terms)} terms of the trade")
    glossary.explain(pack, cast, at)
    books.propose(pack, cast, at)
    books.bind(pack, cast, at)
    tell(f"{len(pack.guides.guides)} guides")
    guides.lead(pack, cast, at)
    tell("experts, and what is asked of them")
    experts.know(pack, cast, at)
    segments.cut_segments(cast, at)
    tell("bulletins")
    bulletins.write_to_many(cast, at)
    tell("the search index")
    read_all(lambda: at)
    search.learn(anew=True)


def _fill_shelves(pack: Pack, demo: Demo, cast: Cast, at: datetime) -> None:
    of_seller: dict[str, list[DemoOffer]] = {}
    for offer in demo.offers:
        of_seller.setdefault(offer.seller, []).append(offer)
    products = {product.key: product for product in demo.products}
    labels = {attribute.key: attribute.label.es for attribute in pack.taxonomy.attributes}
    for one in demo.sellers:
        if one.slug in of_seller:
            goods.stock_shelves(one, of_seller[one.slug], products, labels, cast.owners[one.slug], at)


def _pages(demo: Demo, cast: Cast) -> list[tuple[int, str, UUID | None]]:
    """Addresses that visitors looked at: each vetted seller's page and its newest products."""
    pages: list[tuple[int, str, UUID | None]] = []
    with for_public():
        for seller in demo.sellers:
            if seller.vetting == "approved":
                organisation = cast.organisations[seller.slug].pk
                pages.append((organisation, f"/v/{seller.slug}/", None))
                pages += [(organisation, f"/productos/{one.slug}/", one.id) for one in catalogue.newest_of(organisation, limit=40)]
    return pages
