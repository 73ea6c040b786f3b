"""What a dossier tells: words of one language, as they were at one moment."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Noun(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Reason(Noun):
    """One criterion: what was asked and answered, why it matters, what it asks for, and where that is written."""

    ask: str
    answer: str
    why: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    """(title, address); the address may be empty."""


class Thing(Noun):
    """A product: its name, its seller, its address."""

    title: str
    seller: str
    address: str
    price: str = ""


class Value(Noun):
    """`note`: whose word it is and of which day. `vouched`: the market's."""

    words: str
    note: str = ""
    vouched: bool = False
    met: bool | None = None


class Line(Noun):
    label: str
    values: tuple[Value, ...]


class Section(Noun):
    title: str
    hint: str = ""
    lines: tuple[Line, ...]


class Told(Noun):
    """A whole dossier. `whole`: where the same is seen as it is now. `words` are its own headings and remarks, by name."""

    title: str
    market: str
    whole: str
    on: str
    day: str
    advice: str = ""
    reasons: tuple[Reason, ...] = ()
    things: tuple[Thing, ...] = ()
    sections: tuple[Section, ...] = ()
    words: dict[str, str]


def read(given: Any) -> Told:
    return Told.model_validate(given)
