"""What the vertical knows of people: its personas, its sectors, and what is written for whom. config.wiring says who tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Choices = Callable[[str], Sequence[tuple[str, str]]]
"""Takes a language, answers (key, words)."""


@dataclass(frozen=True)
class Text:
    """Something written, for a persona and a stage of her way."""

    title: str
    href: str
    persona: str
    stage: str


@dataclass(frozen=True)
class Hole:
    """Where to write what is missing: words of the button, and where it leads, or what is sent there with it."""

    label: Any
    href: str
    sends: Mapping[str, str] = field(default_factory=dict)


Written = Callable[[int, str], Sequence[Text]]
Asked = Callable[[str, str, str], str]
"""Takes a persona, a stage and a language; answers what best answers it, in words."""


@dataclass
class Ports:
    personas: Choices = lambda language: ()
    topics: Choices = lambda language: ()
    stages: Choices = lambda language: ()
    written: Written = lambda organisation, slug: ()
    asked: Asked = lambda persona, stage, language: ""
    write: Callable[[str, str, str], Sequence[Hole]] = lambda slug, persona, stage: ()


_ports = Ports()


def connect(
    *, personas: Choices, topics: Choices, stages: Choices, written: Written, asked: Asked, write: Callable[[str, str, str], Sequence[Hole]]
) -> None:
    """Who knows it. Called in config.wiring."""
    _ports.personas, _ports.topics, _ports.stages = personas, topics, stages
    _ports.written, _ports.asked, _ports.write = written, asked, write


def personas(language: str) -> Sequence[tuple[str, str]]:
    """Typical buyers: key, and how one calls them."""
    return _ports.personas(language)


def topics(language: str) -> Sequence[tuple[str, str]]:
    """What the bulletin may be about: the vertical's sectors."""
    return _ports.topics(language)


@dataclass(frozen=True)
class Cell:
    """`stage` in words; `asked`: what would answer best."""

    key: str
    stage: str
    texts: Sequence[Text]
    asked: str


@dataclass(frozen=True)
class Row:
    key: str
    persona: str
    cells: Sequence[Cell]


def holes(slug: str, persona: str, stage: str) -> Sequence[Hole]:
    """Where what answers a persona at a stage can be written."""
    return _ports.write(slug, persona, stage)


def coverage(organisation: int, slug: str, language: str) -> tuple[Sequence[tuple[str, str]], list[Row]]:
    """Stages, and of each persona what is written for each of them."""
    stages, texts = _ports.stages(language), _ports.written(organisation, slug)
    rows = []
    for key, words in personas(language):
        cells = []
        for stage, stage_words in stages:
            found = [one for one in texts if (one.persona, one.stage) == (key, stage)]
            cells.append(Cell(stage, stage_words, found, _ports.asked(key, stage, language)))
        rows.append(Row(key, words, cells))
    return stages, rows
