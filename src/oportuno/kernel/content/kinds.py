"""Which kinds of blocks there are. The kernel's own are added in `content/__init__`, those of higher apps in `config.wiring`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, ValidationInfo

from oportuno.kernel.errors import Broken

from .blocks.block import Block

if TYPE_CHECKING:
    from .rendering.page import Page

Render = Callable[[Any, "Page"], str]
DEEPEST = 4
"""Blocks inside of blocks: columns in an accordion in a column, and an end."""


@dataclass(frozen=True)
class Kind:
    """How one kind of block is read, and how it looks. `mjml` answers elements of a column; `text` whole lines."""

    model: type[Block]
    html: Render
    mjml: Render
    text: Render

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
