"""What every block is, and what it may need of others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, StringConstraints, model_serializer

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{0,24}$")]
Need = tuple[str, str]
"""Of which source, and what: ("picture", its id)."""


class Block(BaseModel):
    """One piece of a document. Frozen; unknown fields are refused. `id` is the editor's: it tells versions of one block from each other."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
    type: Any
    id: Id = ""

    @model_serializer(mode="wrap")
    def _with_its_kind(self, others: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Its kind is written even where all that is as usual is left out."""
        return {"type": self.type, **others(self)}

    def needs(self) -> Iterator[Need]:
        """What it shows of others."""
        return iter(())

    def below(self) -> Iterator[Block]:
        """The blocks inside of it."""
        return iter(())


def every(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """All blocks of a document, those inside of others after what holds them."""
    for block in blocks:
        yield block
        yield from every(tuple(block.below()))
