"""What a guide says: questions in an order, their options, and what each option asks of a product."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

MOST_QUESTIONS, MOST_OPTIONS, MOST_CONDITIONS = 20, 12, 6
LARGEST = 200_000
"""Characters of a guide in JSON."""
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
END = "-"
"""Where an option leads when it leads straight to the result."""
Kind = Literal["category", "attribute", "range", "price", "place", "delivery", "country", "certification", "certified", "in_stock"]
NUMBERS = ("range", "price")
KEYED = ("category", "attribute", "range", "place", "delivery", "country", "certification")


class Unreadable(ValueError):
    """What is given is no guide: `place` says where in it, `why` in words of the format."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"{place}: {why}" if place else why)
        self.place, self.why = place, why


def _key(value: str) -> str:
    if not KEY.fullmatch(value):
        raise ValueError("small letters, digits and hyphens")
    return value


def _https(value: str) -> str:
    if value and (urlsplit(value).scheme != "https" or not urlsplit(value).hostname):
        raise ValueError("an address that begins with https://")
    return value


Key = Annotated[str, AfterValidator(_key)]
Short = Annotated[str, Field(max_length=160)]
Long = Annotated[str, Field(max_length=1200)]


class Noun(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Said(Noun):
    """Words in Spanish, and in English if somebody wrote them."""

    es: Long = ""
    en: Long = ""

    def in_(self, language: str) -> str:
        """In `language`; in the other one where there is nothing."""
        return (self.en or self.es) if language.lower().startswith("en") else (self.es or self.en)

    def __bool__(self) -> bool:
        return bool(self.es or self.en)


class Source(Noun):
    """Where it is said: a publication, a standard, a law. `address` may be empty: not everything lies on the web."""

    title: Short = ""
    address: Annotated[str, Field(max_length=500), AfterValidator(_https)] = ""

    def __bool__(self) -> bool:
        return bool(self.title)


class Condition(Noun):
    """What a product must be. `key`: a category's slug, an attribute, a certification, a city or a country's two letters;

    of a delivery the code of a place (`CO`, `CO-05`, `CO-05-001`), to which somebody delivers who serves it or what it lies in.

    `values` are choices of an attribute, any of which will do ("yes" and "no" of a boolean one). `least` and `most` are of a range
    or a price, whose `currency` stands beside it.
    """

    kind: Kind
    key: Annotated[str, Field(max_length=80)] = ""
    values: Annotated[tuple[Annotated[str, Field(max_length=80)], ...], Field(max_length=20)] = ()
    least: Annotated[Decimal, Field(allow_inf_nan=False, ge=0, le=10**12)] | None = None
    most: Annotated[Decimal, Field(allow_inf_nan=False, ge=0, le=10**12)] | None = None
    currency: Annotated[str, Field(max_length=3)] = ""

    @property
    def places(self) -> tuple[str, ...]:
        """Of a delivery: what one must serve, any of these; the widest first."""
        parts = self.key.split("-")
        return tuple("-".join(parts[: number + 1]) for number in range(len(parts)))

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.kind in KEYED and not self.key:
            raise ValueError("a condition says what it is about")
        if self.kind == "attribute" and not self.values:
            raise ValueError("an attribute has values")
        if self.kind in NUMBERS and self.least is None and self.most is None:
            raise ValueError("a range has a beginning or an end")
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError("a range begins before it ends")
        if self.kind == "price" and not re.fullmatch(r"[A-Z]{3}", self.currency):
            raise ValueError("a price has a currency")
        return self


class Option(Noun):
    """One answer. `why` explains what it means for the choice; `next`: a later question's key, END, or empty for the next in order."""

    key: Key
    label: Said
    why: Said = Said()
    source: Source = Source()
    conditions: Annotated[tuple[Condition, ...], Field(max_length=MOST_CONDITIONS)] = ()
    next: Annotated[str, Field(max_length=40)] = ""


class Question(Noun):
    """`several`: more than one option may be chosen, and any of them will do."""

    key: Key
    ask: Said
    hint: Said = Said()
    several: bool = False
    options: Annotated[tuple[Option, ...], Field(max_length=MOST_OPTIONS)] = ()

    def option(self, key: str) -> Option | None:
        return next((one for one in self.options if one.key == key), None)


class Content(Noun):
    """A whole guide. `advice` stands above what it finds."""

    questions: Annotated[tuple[Question, ...], Field(max_length=MOST_QUESTIONS)] = ()
    advice: Said = Said()

    def question(self, key: str) -> Question | None:
        return next((one for one in self.questions if one.key == key), None)

    def place(self, key: str) -> int:
        """Its number from 0; how many there are for END, and for none."""
        return next((number for number, one in enumerate(self.questions) if one.key == key), len(self.questions))

    @model_validator(mode="after")
    def _once(self) -> Self:
        keys = [one.key for one in self.questions]
        if len(set(keys)) != len(keys) or any(len({o.key for o in one.options}) != len(one.options) for one in self.questions):
            raise ValueError("every question, and every option of a question, has a key of its own")
        return self


def read(given: Any) -> Content:
    """A guide out of its JSON. Raises Unreadable."""
    try:
        return Content.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise Unreadable(".".join(str(part) for part in first["loc"]), str(first["msg"])) from error


def written(content: Content) -> dict[str, Any]:
    """As it is kept: what is empty is not there."""
    return content.model_dump(mode="json", exclude_defaults=True)


def free_key(taken: list[str], wanted: str) -> str:
    """`wanted` as a key that nobody has yet."""
    base = re.sub(r"[^a-z0-9]+", "-", wanted.lower()).strip("-")[:34] or "p"
    return next(key for key in (base, *(f"{base}-{n}" for n in range(2, 1000))) if key not in taken)
