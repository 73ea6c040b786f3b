"""Blocks of words: heading, text, list, quote, table, button, divider."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from ..address import Address
from ..inline import Inline
from .block import Block

Line = Annotated[str, StringConstraints(max_length=300)]
"""Plain words, no HTML."""
Alignment = Literal["", "center", "right"]
MOST_ITEMS = 500
MOST_ROWS, MOST_CELLS = 300, 12


class Heading(Block):
    """A title inside of a piece: the piece's own title is the first level."""

    type: Literal["heading"] = "heading"
    text: Inline
    level: Annotated[int, Field(ge=2, le=4)] = 2
    align: Alignment = ""


class Text(Block):
    """A paragraph. `lead`: larger, at the beginning of a piece."""

    type: Literal["text"] = "text"
    text: Inline
    align: Alignment = ""
    lead: bool = False


class Item(BaseModel):
    """A line of a list; `level` 0 is the outermost."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    text: Inline
    level: Annotated[int, Field(ge=0, le=4)] = 0


class List(Block):
    """Lines in order (`numbered`) or not."""

    type: Literal["list"] = "list"
    items: Annotated[tuple[Item, ...], Field(max_length=MOST_ITEMS)]
    numbered: bool = False
    start: Annotated[int, Field(ge=0, le=100_000)] = 1


class Quote(Block):
    """Somebody's words, and whose."""

    type: Literal["quote"] = "quote"
    text: Inline
    by: Inline = ""


class Button(Block):
    """A link that asks to be followed."""

    type: Literal["button"] = "button"
    label: Line
    href: Address
    look: Literal["solid", "outline"] = "solid"
    align: Alignment = ""


class Table(Block):
    """Rows of equally many cells. The first row and the first column may be headings."""

    type: Literal["table"] = "table"
    rows: Annotated[
        tuple[Annotated[tuple[Inline, ...], Field(min_length=1, max_length=MOST_CELLS)], ...], Field(min_length=1, max_length=MOST_ROWS)
    ]
    head_row: bool = True
    head_column: bool = False
    caption: Inline = ""

    @model_validator(mode="after")
    def _is_even(self) -> Table:
        if len({len(row) for row in self.rows}) > 1:
            raise ValueError("rows")
        return self


class Divider(Block):
    """A pause."""

    type: Literal["divider"] = "divider"


class Code(Block):
    """Words exactly as they are typed."""

    type: Literal["code"] = "code"
    text: Annotated[str, StringConstraints(max_length=50_000, strip_whitespace=False)]
