"""The demo market of a pack: sellers, products, people and their year, the same each time.

    demo = demo_of(load("flores"))

Nothing here touches a database; whoever seeds one walks these tuples.
"""

from functools import cache
from pathlib import Path

from ..pack import Pack
from ..reading import load, read_as
from .cast import articles, contacts, organisations, people, people_file, pieces, questions, searches, voices
from .judging import DemoQuery, graded_queries, relevance
from .making import Kitchen
from .nouns import (
    Demo,
    DemoArticle,
    DemoContact,
    DemoHours,
    DemoOffer,
    DemoOrganisation,
    DemoPerson,
    DemoPicture,
    DemoPoint,
    DemoProduct,
    DemoQuestion,
    DemoRole,
    DemoSearch,
    DemoSeller,
    DemoVariant,
)
from .sellers import sellers
from .shapes import ProductsFile

__all__ = [
    "Demo",
    "DemoArticle",
    "DemoContact",
    "DemoHours",
    "DemoOffer",
    "DemoOrganisation",
    "DemoPerson",
    "DemoPicture",
    "DemoPoint",
    "DemoProduct",
    "DemoQuery",
    "DemoQuestion",
    "DemoRole",
    "DemoSearch",
    "DemoSeller",
    "DemoVariant",
    "demo_of",
    "graded_queries",
    "has_demo",
    "relevance",
]


def has_demo(pack: Pack) -> bool:
    return (pack.folder / "demo" / "sellers.yaml").is_file()


def demo_of(pack: Pack) -> Demo:
    """The whole demo market of a pack; made once per process."""
    return _demo(pack.folder)


@cache
def _demo(folder: Path) -> Demo:
    pack = load(folder)
    kitchen = Kitchen(pack, read_as(folder / "demo" / "products.yaml", ProductsFile))
    everyone = sellers(pack)
    made = [pair for seller in everyone for pair in kitchen.make(seller)]
    cast = people_file(pack)
    return Demo(
        sellers=everyone,
        products=tuple({product.key: product for product, _ in made}.values()),
        offers=tuple(offer for _, offer in made),
        organisations=organisations(cast),
        people=people(cast),
        contacts=contacts(pack, cast, everyone),
        searches=searches(cast),
        questions=questions(cast),
        articles=articles(pack),
        pieces=pieces(pack),
        voices=voices(pack),
        tags=cast.contacts.tags,
        notes=cast.contacts.notes,
    )
