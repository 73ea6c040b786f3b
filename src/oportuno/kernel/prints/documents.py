"""Documents of blocks as pieces of a print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import singledispatch
from typing import Any

from django.utils.translation import gettext as _

from oportuno.kernel.content.blocks import layout, media, words
from oportuno.kernel.content.blocks.block import Block
from oportuno.kernel.content.document import Document
from oportuno.kernel.content.kinds import kind_of
from oportuno.kernel.content.rendering.page import Page
from oportuno.kernel.content.sources import look_up

from .pieces import Code, Heading, Item, List, Picture, Piece, Quote, Rule, Table, Text
from .running import inline, plain_runs

SMALL = 0.5
"""Share of the column of a picture that is to be small."""


def pieces_of(document: Document, *, language: str, base: str, below: int = 0) -> list[Piece]:
    """A document as pieces. `base` makes our addresses whole; headings go `below` so many levels. Kinds of other apps come as their text."""
    page = Page(language, look_up(document.needs(), language), base)
    return list(_all(document.blocks, page, below))


def picture_ids(document: Document) -> list[str]:
    """Which pictures of the library it shows, each once: what `pdf` is to be given under these names."""
    return list(dict.fromkeys(name for source, name in document.needs() if source == "picture"))


def _all(blocks: Iterable[Block], page: Page, below: int) -> Iterator[Piece]:
    for block in blocks:
        yield from drawn(block, page, below)


@singledispatch
def drawn(block: Any, page: Page, below: int) -> Iterator[Piece]:
    """One block. What is of another app says itself in plain text."""
    for part in kind_of(block).text(block, page).split("\n\n"):
        if part.strip():
            yield Text(plain_runs(part))


@drawn.register
def _heading(block: words.Heading, page: Page, below: int) -> Iterator[Piece]:
    yield Heading(inline(block.text, page.base), block.level - 1 + below)


@drawn.register
def _text(block: words.Text, page: Page, below: int) -> Iterator[Piece]:
    if block.text:
        yield Text(inline(block.text, page.base), lead=block.lead)


@drawn.register
def _list(block: words.List, page: Page, below: int) -> Iterator[Piece]:
    items = tuple(Item(inline(one.text, page.base), one.level) for one in block.items)
    yield List(items, block.numbered, block.start)


@drawn.register
def _quote(block: words.Quote, page: Page, below: int) -> Iterator[Piece]:
    yield Quote(inline(block.text, page.base), inline(block.by, page.base))


@drawn.register
def _table(block: words.Table, page: Page, below: int) -> Iterator[Piece]:
    rows = tuple(tuple(inline(cell, page.base) for cell in row) for row in block.rows)
    yield Table(rows, block.head_row, block.head_column, inline(block.caption, page.base))


@drawn.register
def _divider(block: words.Divider, page: Page, below: int) -> Iterator[Piece]:
    yield Rule()


@drawn.register
def _code(block: words.Code, page: Page, below: int) -> Iterator[Piece]:
    yield Code(block.text)


@drawn.register
def _image(block: media.Image, page: Page, below: int) -> Iterator[Piece]:
    yield _picture(block, page, SMALL if block.width == "small" else 1.0)


@drawn.register
def _gallery(block: media.Gallery, page: Page, below: int) -> Iterator[Piece]:
    for one in block.pictures:
        yield _picture(one, page, SMALL)


def _picture(one: media.Image | media.Picture, page: Page, width: float) -> Picture:
    shown = page.shown("picture", one.picture)
    return Picture(one.picture, one.alt or (shown.alt if shown else ""), inline(one.caption, page.base), width)


@drawn.register
def _columns(block: layout.Columns, page: Page, below: int) -> Iterator[Piece]:
    """Paper is narrow: one below the other."""
    yield from _all(block.below(), page, below)


@drawn.register
def _accordion(block: layout.Accordion, page: Page, below: int) -> Iterator[Piece]:
    """Paper cannot fold: everything is open."""
    for fold in block.folds:
        yield Heading(plain_runs(fold.title or _("More")), 2 + below, listed=False)
        yield from _all(fold.blocks, page, below)
