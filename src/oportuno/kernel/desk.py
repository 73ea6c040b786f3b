"""The workbench's map: apps list their pages here, the workbench draws its navigation from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Section = Literal["work", "offer", "people", "market", "house"]
SECTIONS: tuple[Section, ...] = ("work", "offer", "people", "market", "house")


@dataclass(frozen=True)
class DeskPage:
    """A page of the workbench. `url` is a URL name that takes the organisation's slug as `organisation`.

    `permission` is one of organisations.rules.CAN; `operator_only` pages show only in the operator's workbench.
    `count` may answer a number to show beside the word (None: nothing), in at most one quick query.
    """

    section: Section
    url: str
    label: Any
    icon: str
    permission: str = ""
    operator_only: bool = False
    seller_only: bool = False
    order: int = 100
    count: Callable[[], int | None] | None = None


_pages: dict[str, DeskPage] = {}


def list_page(page: DeskPage) -> None:
    """Put a page on the map. Called in config.wiring."""
    _pages[page.url] = page


def pages() -> list[DeskPage]:
    """All pages, in the order of sections and their own."""
    return sorted(_pages.values(), key=lambda p: (SECTIONS.index(p.section), p.order, p.url))
