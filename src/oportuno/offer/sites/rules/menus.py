"""The menus of a site, as they are kept: a tree of two levels."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

Name = Literal["main", "footer"]
NAMES: tuple[Name, ...] = ("main", "footer")
MOST = 40


class Item(BaseModel):
    """A line: to an entry of ours, to the blog, or to an address. Below it perhaps others."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
    label: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    entry: UUID | None = None
    blog: bool = False
    address: Annotated[str, StringConstraints(max_length=500, pattern=r"^(https?://[^\s]+|mailto:[^\s]+|tel:[^\s]+|/[^\s]*|)$")] = ""
    items: Annotated[tuple[Item, ...], Field(max_length=MOST)] = ()

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Item:
        if sum((self.entry is not None, self.blog, bool(self.address))) > 1:
            raise ValueError("one target")
        if any(one.items for one in self.items):
            raise ValueError("two levels")
        return self


class Menus(BaseModel):
    """Both menus of a site."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    main: Annotated[tuple[Item, ...], Field(max_length=MOST)] = ()
    footer: Annotated[tuple[Item, ...], Field(max_length=MOST)] = ()

    def entries(self) -> set[UUID]:
        """The entries that lines lead to."""
        return {one.entry for top in (*self.main, *self.footer) for one in (top, *top.items) if one.entry}


def read_menus(given: Any) -> Menus:
    """Raises ValueError for what is none."""
    try:
        return Menus.model_validate(given or {})
    except ValidationError as error:
        raise ValueError(str(error)) from None


def write_menus(menus: Menus) -> dict[str, Any]:
    return menus.model_dump(mode="json", exclude_defaults=True)
