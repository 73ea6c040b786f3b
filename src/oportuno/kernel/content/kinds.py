"""Which kinds of blocks there are. The kernel's own are added in `content/__init__`, those of higher apps in `config.wiring`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, ValidationInfo

from oportuno.kernel.errors import Broken

from .blocks.block import Block

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

    from .rendering.page import Page

Render = Callable[[Any, "Page"], str]
DEEPEST = 4
"""Blocks inside of blocks: columns in an accordion in a column, and an end."""


Sort = Literal["line", "words", "address", "number", "choice", "yes", "pick", "picks"]


@dataclass(frozen=True)
class Part:
    """A field of a card's form. `of` names whose things one picks from ("picture", "product"); of several, each is an object whose

    `key` holds what was picked and whose `alt` takes its words.
    """

    name: str
    sort: Sort
    label: StrPromise | str
    hint: StrPromise | str = ""
    required: bool = False
    choices: tuple[tuple[str, StrPromise | str], ...] = ()
    usual: str | int = ""
    least: int | None = None
    most: int | None = None
    of: str = ""
    key: str = ""
    alt: str = ""


@dataclass(frozen=True)
class Kind:
    """How one kind of block is read, and how it looks. `mjml` answers elements of a column; `text` whole lines.

    `plain`: its HTML depends on nothing but its fields, on what it needs of others, and on the language; so it may be kept.
    `title`, `icon` and `parts` are what the editor shows of a kind that is a card; kinds of words have none, they are edited in place.
    """

    model: type[Block]
    html: Render
    mjml: Render
    text: Render
    title: StrPromise | str = ""
    icon: str = "box"
    parts: tuple[Part, ...] = ()
    plain: bool = False

    @property
    def name(self) -> str:
        return str(self.model.model_fields["type"].default)


_kinds: dict[str, Kind] = {}


def add_kind(kind: Kind) -> None:
    """Bring a kind of block. Bringing the same twice is once; two of one name are a defect."""
    if _kinds.setdefault(kind.name, kind).model is not kind.model:
        raise Broken(f"Two kinds of blocks are called {kind.name!r}")


def kind_of(block: Block) -> Kind:
    """How a block looks."""
    return _kinds[block.type]


def all_kinds() -> list[Kind]:
    """Every kind, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def read_block(given: Any, info: ValidationInfo) -> Block:
    """A block from what was kept or typed. Its `type` says its kind."""
    if isinstance(given, Block):
        return given
    kind = _kinds.get(given.get("type", "")) if isinstance(given, dict) and isinstance(given.get("type"), str) else None
    depth = (info.context or {}).get("depth", 1)
    if kind is None:
        raise ValueError("type")
    if depth > DEEPEST:
        raise ValueError("depth")
    return kind.model.model_validate(given, context={"depth": depth + 1})


AnyBlock = Annotated[Block, BeforeValidator(read_block)]
