"""Fields of knowledge are the vertical's sectors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from oportuno.offer.directory import api as directory


@dataclass(frozen=True)
class Field:
    """A sector as somebody's field. `slug` is kept, `title` is shown."""

    slug: str
    title: str
    icon: str


def fields() -> list[Field]:
    """In the vertical's order and the reader's language; one query."""
    return [Field(one.slug, directory.said(one.title), one.icon) for one in directory.sectors()]


def fields_named(slugs: Iterable[str], known: list[Field] | None = None) -> list[Field]:
    """Those of these that there are, in the vertical's order."""
    wanted = set(slugs)
    return [one for one in (fields() if known is None else known) if one.slug in wanted]


def is_field(slug: str) -> bool:
    return any(one.slug == slug for one in directory.sectors())
