"""What is new, for bulletins that make themselves: a port, and how a piece of news stands in a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from itertools import islice, zip_longest
from typing import Annotated, Any, Literal

from django.utils.translation import pgettext_lazy
from pydantic import StringConstraints

from oportuno.kernel.content import Block, Kind
from oportuno.kernel.content.address import Address
from oportuno.kernel.content.rendering.cards import mail_card
from oportuno.kernel.content.rendering.page import Page
from oportuno.people.organisations.api import Organisation

KINDS_OF_NEWS = (
    ("posts", pgettext_lazy("news", "Posts of blogs")),
    ("products", pgettext_lazy("news", "Products")),
    ("articles", pgettext_lazy("news", "Articles of the knowledge centre")),
)


@dataclass(frozen=True)
class Asked:
    """News of an organisation itself, or of the whole market when it is the operator's; of `sectors` only, where there are any.

    `skipped` are the addresses of pieces that nobody is told of.
    """

    organisation: Organisation
    kinds: Sequence[str]
    sectors: Sequence[str]
    since: datetime
    most: int
    language: str
    skipped: Sequence[str] = ()


@dataclass(frozen=True)
class Piece:
    """`href` is whole, `src` a picture's address or empty, `action` what the link says; `sectors` are those it is of, if any is known."""

    kind: str
    title: str
    href: str
    action: str
    at: datetime
    lead: str = ""
    note: str = ""
    src: str = ""
    alt: str = ""
    sectors: tuple[str, ...] = ()


News = Callable[[Asked], Sequence[Piece]]
Sectors = Callable[[str], Sequence[tuple[str, str]]]
_news: list[News] = []
_sectors: list[Sectors] = []


def connect_news(news: News, sectors: Sectors) -> None:
    """Who knows what is new, and the vertical's sectors (slug, name) in a language. Called in config.wiring."""
    _news[:], _sectors[:] = [news], [sectors]


def news_of(asked: Asked) -> list[Piece]:
    """The newest of each kind in turn, each address once, at most so many; the newest first."""
    wider = replace(asked, most=asked.most + len(asked.skipped))
    found = list({one.href: one for source in _news for one in source(wider) if one.href not in asked.skipped}.values())
    return in_turn(sorted(found, key=lambda one: one.at, reverse=True), asked.most)


def in_turn(newest: Sequence[Piece], most: int) -> list[Piece]:
    """So many of them, kind after kind: a seller who brings a hundred products leaves room for what others wrote."""
    kinds: dict[str, list[Piece]] = defaultdict(list)
    for one in newest:
        kinds[one.kind].append(one)
    rounds = (one for turn in zip_longest(*kinds.values()) for one in turn if one is not None)
    chosen = set(map(id, islice(rounds, most)))
    return [one for one in newest if id(one) in chosen]


def sectors(language: str) -> list[tuple[str, str]]:
    return [one for source in _sectors for one in source(language)]


Words = Annotated[str, StringConstraints(max_length=600)]


class NewsCard(Block):
    """One piece of news with its picture, as it was when the bulletin was made."""

    type: Literal["news_card"] = "news_card"
    title: Words
    href: Address
    action: Words
    lead: Words = ""
    note: Words = ""
    src: Address | Literal[""] = ""
    alt: Words = ""


def card_of(piece: Piece) -> dict[str, Any]:
    """As JSON's values of a block. What others wrote holds no field of ours (threat T10)."""
    said = {name: getattr(piece, name).replace("{{", "{ {")[:600] for name in ("title", "action", "lead", "note", "alt")}
    return {"type": "news_card", "href": piece.href, "src": piece.src, **said}


def card_html(one: NewsCard, page: Page) -> str:
    picture = f'<img src="{page.address(one.src)}" alt="{escape(one.alt)}" loading="lazy" decoding="async">' if one.src else ""
    lines = "".join(f"<p>{escape(words)}</p>" for words in (one.lead, one.note) if words)
    return f'<div class="block-card">{picture}<h3><a href="{page.address(one.href)}">{escape(one.title)}</a></h3>{lines}</div>'


def card_mjml(one: NewsCard, page: Page) -> str:
    return mail_card(page, title=one.title, href=one.href, action=one.action, lines=[one.lead], note=one.note, src=one.src, alt=one.alt)


def card_text(one: NewsCard, page: Page) -> str:
    href = f"{page.base}{one.href}" if one.href.startswith("/") else one.href
    return "\n".join(part for part in (one.title, one.lead, one.note, f"{one.action}: {href}") if part)


NEWS_KINDS = [Kind(NewsCard, card_html, card_mjml, card_text)]
