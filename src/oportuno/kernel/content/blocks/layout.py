"""Blocks that hold others: columns and accordion. They may lie in each other, not deeper than DEEPEST."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny

from ..kinds import AnyBlock
from .block import Block
from .words import Line

Inside = Annotated[tuple[SerializeAsAny[AnyBlock], ...], Field(max_length=100)]


class Column(BaseModel):
    """`share` of the width, in twelfths; 0: what is left, shared equally."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    blocks: Inside = ()
    share: Annotated[int, Field(ge=0, le=12)] = 0


class Columns(Block):
    """Side by side where there is room, one below the other on a phone."""

    type: Literal["columns"] = "columns"
    columns: Annotated[tuple[Column, ...], Field(min_length=1, max_length=4)]

    def below(self) -> Iterator[Block]:
        return (block for column in self.columns for block in column.blocks)


class Fold(BaseModel):
    """A title that opens what is below it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: Line
    blocks: Inside = ()
    open: bool = False


class Accordion(Block):
    """Questions with their answers, say."""

    type: Literal["accordion"] = "accordion"
    folds: Annotated[tuple[Fold, ...], Field(min_length=1, max_length=100)]

    def below(self) -> Iterator[Block]:
        return (block for fold in self.folds for block in fold.blocks)
