"""A site that is not there: what a theme looks like with everything in it, before one has written anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.templatetags.static import static

from oportuno.kernel.clock import now
from oportuno.kernel.content import ShownPicture, read
from oportuno.kernel.content.rendering.page import Page
from oportuno.offer.sites.queries.frame import Frame, Line
from oportuno.offer.sites.queries.themes.sheets import Worn
from oportuno.offer.sites.queries.themes.shipped import FOLDER

PAGES = ("pagina", "entrada", "blog", "perdida")
COVERS = ("cover-taller", "cover-boda", "cover-finca")
FLOWERS = ("roses", "hydrangea", "gerbera", "orchid", "sunflower", "arrangement")
HERE = "#"


@dataclass(frozen=True)
class Photo:
    """A picture as templates ask for it."""

    url: str
    width: int
    height: int
    alt: str = ""
    srcset: str = ""


@dataclass(frozen=True)
class Writer:
    name: str
    role: str
    bio: str
    picture: Photo | None = None
    links: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True)
class Piece:
    """A page or a post as templates ask for it."""

    title: str
    excerpt: str = ""
    picture: Photo | None = None
    author: Writer | None = None
    published_at: datetime | None = None
    pinned: bool = False


@dataclass(frozen=True)
class Named:
    name: str


@lru_cache(maxsize=2)
def _said(language: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"sample.{language}.json").read_text("utf-8"))
    return found


def sample_frame(look: Worn, stylesheet: str, language: str, page: str) -> Frame:
    """The frame of the site that is not there."""
    said = _said(language)
    menu = tuple(
        Line(words, HERE, number == {"pagina": 2, "blog": 1, "entrada": 1}.get(page), ()) for number, words in enumerate(said["menu"])
    )
    below = tuple(Line(words, HERE, False) for words in said["below"])
    menu = tuple(Line(one.label, one.address, one.here, below) if number == 2 else one for number, one in enumerate(menu))
    return Frame(
        title=said["title"],
        tagline=said["tagline"],
        logo=None,
        home=HERE,
        menu=menu,
        footer=tuple(Line(words, HERE, False) for words in said["footer"]),
        language=language,
        stylesheet=stylesheet,
        preload=look.preload,
        classes=look.classes,
        ground=look.ground,
        market=HERE,
        blog=HERE,
        feed=HERE,
    )


def sample_page(page: str, language: str) -> tuple[str, dict[str, Any]]:
    """(template, context) of one of PAGES."""
    said = _said(language)
    cards = _cards(said)
    if page == "blog":
        ways = {
            "categories": [(Named(name), 7 - number, HERE) for number, name in enumerate(said["categories"])],
            "tags": [(Named(name), 2, HERE) for name in said["tags"]],
            "months": [],
        }
        context = {"title": said["blog"], "description": said["about"], "cards": cards, "aside": ways, "next": HERE, "first": ""}
        return "sites/blog.html", context
    if page == "perdida":
        return "sites/lost.html", {"near": cards[1:4], "blog": HERE}
    body = _body(said["blocks"], language)
    if page == "pagina":
        return "sites/page.html", {"entry": Piece(said["page"]), "body": body, "is_home": False}
    writer = Writer(**said["author"], picture=_flower(3))
    post = Piece(said["post"], picture=_cover(2), author=writer, published_at=cards[0]["entry"].published_at)
    return "sites/post.html", {
        "entry": post,
        "body": body,
        "minutes": 5,
        "author": writer,
        "author_address": HERE,
        "categories": [(Named(said["categories"][0]), HERE)],
        "tags": [(Named(name), HERE) for name in said["tags"]],
        "earlier": cards[2],
        "later": cards[1],
        "related": [],
    }


def _cards(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    writer = Writer(**said["author"])
    made = []
    for card in said["cards"]:
        at = now().replace(year=2026, month=int(card["at"][5:7]), day=int(card["at"][8:]))
        picture = None if not card["picture"] else _cover(card["picture"]) if card["picture"] <= 3 else _flower(card["picture"] - 4)
        made.append({"entry": Piece(card["title"], card["excerpt"], picture, writer, at), "address": HERE, "minutes": card["minutes"]})
    return made


def _body(blocks: list[Any], language: str) -> str:
    document = read({"version": 1, "blocks": blocks})
    shown = {need: _shown(int(need[1][-12:])) for need in document.needs()}
    return "\n".join(Page(language, shown).html(document.blocks))


def _shown(number: int) -> ShownPicture:
    photo = _cover(number) if number <= 3 else _flower(number - 4)
    return ShownPicture(photo.url, photo.width, photo.height)


def _cover(number: int) -> Photo:
    return Photo(static(f"ui/sample/{COVERS[(number - 1) % 3]}.svg"), 1200, 675)


def _flower(number: int) -> Photo:
    return Photo(static(f"ui/sample/{FLOWERS[number % len(FLOWERS)]}.svg"), 800, 800)
