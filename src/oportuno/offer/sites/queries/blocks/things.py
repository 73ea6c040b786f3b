"""Blocks of things that others own: a product, a seller, a term. They are named here, and shown while their owners show them."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Annotated, Literal

from django.utils.translation import pgettext_lazy
from pydantic import StringConstraints

from oportuno.kernel.content import Block, Kind, Need, Part
from oportuno.kernel.content.rendering.page import Page
from oportuno.offer.glossary.api import ShownTerm
from oportuno.offer.sites.queries.blocks.cards import ShownCard, card_html, card_mjml, card_text

ThingId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{36}$")]
Look = Literal["", "row"]
LOOKS = (("", pgettext_lazy("editor", "Card")), ("row", pgettext_lazy("editor", "In one line")))


class Product(Block):
    """A product of the market, with its picture and its lowest price."""

    type: Literal["product"] = "product"
    product: ThingId
    look: Look = ""

    def needs(self) -> Iterator[Need]:
        yield ("product", self.product)


class Seller(Block):
    """A seller as the directory shows it."""

    type: Literal["seller"] = "seller"
    seller: ThingId
    look: Look = ""

    def needs(self) -> Iterator[Need]:
        yield ("seller", self.seller)


class Term(Block):
    """A word of the glossary, with what it means."""

    type: Literal["term"] = "term"
    term: ThingId

    def needs(self) -> Iterator[Need]:
        yield ("term", self.term)


def _card(one: Product | Seller, page: Page) -> ShownCard | None:
    found: ShownCard | None = page.shown(one.type, one.product if isinstance(one, Product) else one.seller)
    return found


def thing_html(one: Product | Seller, page: Page) -> str:
    card = _card(one, page)
    return card_html(card, one.type, one.look, page) if card else ""


def thing_mjml(one: Product | Seller, page: Page) -> str:
    card = _card(one, page)
    return card_mjml(card, page) if card else ""


def thing_text(one: Product | Seller, page: Page) -> str:
    card = _card(one, page)
    return card_text(card, page) if card else ""


def term_html(one: Term, page: Page) -> str:
    shown: ShownTerm | None = page.shown("term", one.term)
    if shown is None:
        return ""
    word = f"<dfn>{escape(shown.title)}</dfn>"
    linked = f'<a href="{page.address(shown.href)}">{word}</a>' if shown.href else word
    return f'<aside class="block-term"><p>{linked}</p><p>{escape(shown.meaning)}</p></aside>'


def term_mjml(one: Term, page: Page) -> str:
    shown: ShownTerm | None = page.shown("term", one.term)
    return f"<mj-text><p><strong>{escape(shown.title)}</strong>: {escape(shown.meaning)}</p></mj-text>" if shown else ""


def term_text(one: Term, page: Page) -> str:
    shown: ShownTerm | None = page.shown("term", one.term)
    return f"{shown.title}: {shown.meaning}" if shown else ""


LOOK = Part("look", "choice", pgettext_lazy("editor", "Look"), choices=LOOKS)
KINDS = [
    Kind(
        Product, thing_html, thing_mjml, thing_text, pgettext_lazy("editor", "Product"), "package",
        (Part("product", "pick", pgettext_lazy("editor", "Product"), required=True, of="product"), LOOK),
    ),
    Kind(
        Seller, thing_html, thing_mjml, thing_text, pgettext_lazy("editor", "Seller"), "building-store",
        (Part("seller", "pick", pgettext_lazy("editor", "Seller"), required=True, of="seller"), LOOK),
    ),
    Kind(
        Term, term_html, term_mjml, term_text, pgettext_lazy("editor", "Word of the glossary"), "language",
        (Part("term", "pick", pgettext_lazy("editor", "Word"), required=True, of="term"),),
    ),
]  # fmt: skip
