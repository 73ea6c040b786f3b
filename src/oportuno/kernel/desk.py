"""The workbench's map: apps list their pages here, the workbench draws its navigation from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

Section = Literal["work", "offer", "site", "people", "market", "house"]
SECTIONS: tuple[Section, ...] = ("work", "offer", "site", "people", "market", "house")


@dataclass(frozen=True)
class DeskPage:
    """A page of the workbench. `url` is a URL name that takes the organisation's slug as `organisation`.

    `permission` is one of organisations.rules.CAN; `operator_only` pages show only in the operator's workbench,
    those of a `kind` only in workbenches of organisations of that kind.
    `count` may answer a number to show beside the word (None: nothing), in at most one quick query.
    """

    section: Section
    url: str
    label: Any
    icon: str
    permission: str = ""
    operator_only: bool = False
    seller_only: bool = False
    kind: str = ""
    order: int = 100
    count: Callable[[], int | None] | None = None


_pages: dict[str, DeskPage] = {}


def list_page(page: DeskPage) -> None:
    """Put a page on the map. Called in config.wiring."""
    _pages[page.url] = page


def pages() -> list[DeskPage]:
    """All pages, in the order of sections and their own."""
    return sorted(_pages.values(), key=lambda p: (SECTIONS.index(p.section), p.order, p.url))


@dataclass(frozen=True)
class Task:
    """Something to do today, doable from its link. Lower `rank` comes first; `due` is aware, None: no date."""

    label: Any
    href: str
    icon: str
    rank: int = 100
    due: datetime | None = None
    why: Any = ""


TaskSource = Callable[[Any, datetime], Iterable[Task]]
_task_sources: list[TaskSource] = []


def add_tasks(source: TaskSource) -> None:
    """Let an application say what is to be done: `source(member, at)`, in a few quick queries. Called in config.wiring."""
    if source not in _task_sources:
        _task_sources.append(source)


def tasks(member: Any, at: datetime, *, most: int = 7) -> list[Task]:
    """What this member does first today: at most seven things, in order."""
    found = [task for source in _task_sources for task in source(member, at)]
    return sorted(found, key=lambda t: (t.rank, t.due or datetime.max.replace(tzinfo=UTC)))[:most]
