"""What a print is made of. Plain frozen data; `house.typ` says how each looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

Strength = Literal["strong", "em", "u", "s", "code", "mark", "sub", "sup"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike. `href` leads out (http, https, mailto, tel), `to` to a piece's `anchor` in the same print."""

    text: str
    looks: tuple[Strength, ...] = ()
    href: str = ""
    to: str = ""


Runs = tuple[Run, ...]
"""A line or a paragraph. Made by `plain_runs("words")` or `inline("words with <em>HTML</em>")`."""


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 begins a chapter. A level that jumps is taken as the next: readers by ear count them."""

    named: ClassVar[str] = "heading"
    words: Runs
    level: int = 1
    anchor: str = ""
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. `small` is for sources and remarks; `anchor` lets runs lead here."""

    named: ClassVar[str] = "text"
    words: Runs
    lead: bool = False
    small: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list; `level` 0 is the outermost."""

    words: Runs
    level: int = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class List:
    named: ClassVar[str] = "list"
    items: tuple[Item, ...]
    numbered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Quote:
    named: ClassVar[str] = "quote"
    words: Runs
    by: Runs = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """`name`: its key in `pictures`; one that is not there, or that nobody can read, is left out. `alt` empty: it only decorates.

    `width`: share of the column, 0 to 1.
    """

    named: ClassVar[str] = "picture"
    name: str
    alt: str = ""
    caption: Runs = ()
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of equally many cells. `widths`: shares of the columns; without them they are equal."""

    named: ClassVar[str] = "table"
    rows: tuple[tuple[Runs, ...], ...]
    head_row: bool = True
    head_column: bool = False
    caption: Runs = ()
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Words and what they are: "Date: 3 May"."""

    named: ClassVar[str] = "facts"
    pairs: tuple[tuple[str, Runs], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something apart from the text. Its sort is told by `title`, never by colour alone."""

    named: ClassVar[str] = "note"
    words: Runs
    title: str = ""
    kind: Literal["info", "good", "warning", "bad"] = "info"


@dataclass(frozen=True, slots=True)
class Code:
    named: ClassVar[str] = "code"
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A pause: a thin line."""

    named: ClassVar[str] = "rule"


@dataclass(frozen=True, slots=True)
class Break:
    """What follows begins a page."""

    named: ClassVar[str] = "break"


@dataclass(frozen=True, slots=True)
class Contents:
    """Headings with their pages, down to a level."""

    named: ClassVar[str] = "contents"
    title: str
    deepest: int = 2


Piece = Heading | Text | List | Quote | Picture | Table | Facts | Note | Code | Rule | Break | Contents


@dataclass(frozen=True, slots=True)
class Print:
    """A whole print. Titles, names and notes are plain words; `brand` and `on_brand` are colours as #rrggbb.

    `cover`: a page of its own in the colours of the theme, with `above` (what it is), title, subtitle, authors and `below` (whose, which
    version); without it the title heads the first page. `foot` stands at the foot of each page beside its number. `on`: the file's date.
    """

    title: str
    pieces: tuple[Piece, ...]
    language: Literal["es", "en"]
    on: date
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    above: str = ""
    below: tuple[str, ...] = ()
    foot: str = ""
    cover: bool = False
    cover_picture: str = ""
    wide: bool = False
    brand: str = "#1f5c46"
    on_brand: str = "#ffffff"
    keywords: tuple[str, ...] = ()
