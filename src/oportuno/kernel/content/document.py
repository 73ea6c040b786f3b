"""Documents: read what was kept or typed, write it again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny, ValidationError

from oportuno.kernel.errors import Refusal

from .blocks.block import Block, Need, every
from .blocks.words import Text
from .inline import plain
from .kinds import AnyBlock

MOST_BLOCKS = 2_000
VERSION = 1


class Document(BaseModel):
    """Blocks in their order. Frozen. `version` is the shape of the JSON, for the day when it changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    version: Annotated[int, Field(ge=1, le=VERSION)] = VERSION
    blocks: Annotated[tuple[SerializeAsAny[AnyBlock], ...], Field(max_length=MOST_BLOCKS)] = ()

    def every(self) -> Iterator[Block]:
        """All blocks, also those inside of others."""
        return every(self.blocks)

    def needs(self) -> Iterator[Need]:
        """What it shows of others."""
        return (need for block in self.every() for need in block.needs())


EMPTY = Document()


def opening(document: Document, most: int) -> str:
    """Its first paragraphs as plain words on one line, cut at a word after at most so many characters. Lists and headings do not open."""
    words = ""
    for block in document.every():
        if isinstance(block, Text):
            words = f"{words} {' '.join(plain(block.text).split())}".strip()
            if len(words) >= most:
                break
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0].rstrip(".,;:") + "…"


def read(given: Any) -> Document:
    """A document from JSON's values: `{"version": 1, "blocks": […]}`. What people wrote is cleaned.

    Raises Refusal with one sentence that tells which block is wrong.
    """
    try:
        document = Document.model_validate(given)
    except ValidationError as error:
        raise Refusal(_sentence(given, error), field="content") from None
    if sum(1 for _block in document.every()) > MOST_BLOCKS:
        raise Refusal(_too_long(), field="content")
    return document


def write(document: Document) -> dict[str, Any]:
    """The same as JSON's values, without what is as usual."""
    return {"version": document.version, "blocks": [], **document.model_dump(mode="json", exclude_defaults=True)}


def _sentence(given: Any, error: ValidationError) -> str:
    """Where it is wrong: the first place is enough to begin with."""
    first = error.errors(include_url=False)[0]
    place = first["loc"]
    if first["type"] == "too_long" and place == ("blocks",):
        return _too_long()
    if len(place) < 2 or place[0] != "blocks" or not isinstance(place[1], int):
        return _("This is not a document of blocks.")
    block = given["blocks"][place[1]]
    kind = block.get("type", "") if isinstance(block, dict) else ""
    return _("Block %(number)s (%(kind)s) is not right.") % {"number": place[1] + 1, "kind": str(kind)[:40] or "?"}


def _too_long() -> str:
    return _("A piece has at most %(most)s blocks.") % {"most": MOST_BLOCKS}
