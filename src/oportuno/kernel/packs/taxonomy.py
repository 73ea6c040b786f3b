"""`taxonomy.yaml`: the tree of categories, and what is asked of a thing in each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, PrivateAttr, model_validator

from .words import Hex, Key, Noun, Number, Slug, Text

AttributeType = Literal["text", "number", "choice", "multi", "boolean", "colour", "date"]
Sells = Literal["good", "service", "course"]
Value = str | int | Decimal | bool | tuple[str, ...]
WITH_CHOICES = frozenset({"choice", "multi", "colour"})


class Choice(Noun):
    key: Slug
    label: Text
    swatch: Hex | None = None


class Attribute(Noun):
    """One thing that can be said of a product. `facet`: people may filter by it."""

    key: Key
    label: Text
    type: AttributeType
    unit: Text | None = None
    help: Text | None = None
    choices: tuple[Choice, ...] = ()
    min: Number | None = None
    max: Number | None = None
    facet: bool = False

    @model_validator(mode="after")
    def _fits_its_type(self) -> Attribute:
        if self.type in WITH_CHOICES and not self.choices:
            raise ValueError(f"“{self.key}” is a {self.type}, so it needs choices")
        if self.type not in WITH_CHOICES and self.choices:
            raise ValueError(f"“{self.key}” is a {self.type}, which has no choices")
        if self.type != "number" and (self.unit or self.min is not None or self.max is not None):
            raise ValueError(f"“{self.key}” is a {self.type}; only a number has a unit, a min or a max")
        if self.type == "colour" and not all(choice.swatch for choice in self.choices):
            raise ValueError(f"every colour of “{self.key}” needs a swatch, as #rrggbb")
        if repeated := _first_repeated(choice.key for choice in self.choices):
            raise ValueError(f"“{self.key}” has the choice “{repeated}” twice")
        return self

    def choice(self, key: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.key == key), None)

    def complaint(self, value: object) -> str | None:
        """Why `value` cannot be a value of this attribute, or None when it can."""
        match self.type:
            case "boolean":
                return None if isinstance(value, bool) else f"{self.key}: say true or false"
            case "number":
                return self._number_complaint(value)
            case "multi":
                keys = value if isinstance(value, (list, tuple)) else None
                if keys is None:
                    return f"{self.key}: give a list of choices"
                wrong = next((key for key in keys if self.choice(str(key)) is None), None)
                return None if wrong is None else f"{self.key}: “{wrong}” is not among its choices"
            case "choice" | "colour":
                known = isinstance(value, str) and self.choice(value) is not None
                return None if known else f"{self.key}: “{value}” is not among its choices"
            case "date":
                return self._date_complaint(value)
            case _:
                return None if isinstance(value, str) and value.strip() else f"{self.key}: write some words"

    def _number_complaint(self, value: object) -> str | None:
        if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
            return f"{self.key}: “{value}” is not a number"
        number = Decimal(str(value))
        if self.min is not None and number < self.min:
            return f"{self.key}: {number} is less than {self.min}"
        if self.max is not None and number > self.max:
            return f"{self.key}: {number} is more than {self.max}"
        return None

    def _date_complaint(self, value: object) -> str | None:
        try:
            date.fromisoformat(str(value))
        except ValueError:
            return f"{self.key}: “{value}” is not a date; write it as 2026-02-14"
        return None


class Use(Noun):
    """A category asks an attribute. `choices` narrows what fits here; all that inherit see the narrow list."""

    use: Key
    required: bool = False
    choices: tuple[Slug, ...] = ()


class Category(Noun):
    slug: Slug
    title: Text
    icon: str
    description: Text | None = None
    sells: Sells | None = None
    google: int | None = None
    attributes: tuple[Use, ...] = ()
    children: tuple[Category, ...] = ()


class Asked(Noun):
    """An attribute as one category asks it, inheritance and narrowing done."""

    attribute: Attribute
    required: bool
    inherited_from: Slug


class Placed(Noun):
    """A category in its tree."""

    category: Category
    path: tuple[Slug, ...]
    sells: Sells
    asks: tuple[Asked, ...]

    @property
    def slug(self) -> str:
        return self.category.slug

    @property
    def title(self) -> Text:
        return self.category.title

    @property
    def parent(self) -> str | None:
        return self.path[-2] if len(self.path) > 1 else None

    @property
    def depth(self) -> int:
        return len(self.path) - 1


class Taxonomy(Noun):
    attributes: tuple[Attribute, ...]
    categories: Annotated[tuple[Category, ...], Field(min_length=1)]
    _placed: dict[str, Placed] = PrivateAttr(default_factory=dict)

    @model_validator(mode="after")
    def _plant(self) -> Taxonomy:
        if repeated := _first_repeated(attribute.key for attribute in self.attributes):
            raise ValueError(f"the attribute “{repeated}” is defined twice")
        for placed in _plant(self.categories, {a.key: a for a in self.attributes}, (), (), None):
            if placed.slug in self._placed:
                raise ValueError(f"the category “{placed.slug}” is there twice; a slug names one category")
            self._placed[placed.slug] = placed
        return self

    @cached_property
    def attribute_by_key(self) -> Mapping[str, Attribute]:
        return {attribute.key: attribute for attribute in self.attributes}

    def walk(self) -> Iterator[Placed]:
        """Every category, parents before children, in the file's order."""
        return iter(self._placed.values())

    def find(self, slug: str) -> Placed | None:
        return self._placed.get(slug)

    def under(self, slug: str) -> frozenset[str]:
        """The slugs of a category and of all below it."""
        return frozenset(placed.slug for placed in self.walk() if slug in placed.path)

    def complaints(self, slug: str, values: Mapping[str, object]) -> list[str]:
        """What is wrong with a product's attributes in this category; empty when all is well."""
        placed = self.find(slug)
        if placed is None:
            return [f"there is no category “{slug}”"]
        asked = {one.attribute.key: one for one in placed.asks}
        found = [f"“{slug}” does not ask “{key}”" for key in values if key not in asked]
        for key, one in asked.items():
            if key in values:
                complaint = one.attribute.complaint(values[key])
                found += [complaint] if complaint else []
            elif one.required:
                found.append(f"“{slug}” needs “{key}”")
        return found


def _plant(
    categories: tuple[Category, ...],
    known: Mapping[str, Attribute],
    path: tuple[str, ...],
    inherited: tuple[Asked, ...],
    sells: Sells | None,
) -> Iterator[Placed]:
    for category in categories:
        here = (*path, category.slug)
        what = category.sells or sells or "good"
        asks = _asks(category, known, inherited)
        yield Placed(category=category, path=here, sells=what, asks=asks)
        yield from _plant(category.children, known, here, asks, what)


def _asks(category: Category, known: Mapping[str, Attribute], inherited: tuple[Asked, ...]) -> tuple[Asked, ...]:
    asked = {one.attribute.key: one for one in inherited}
    for use in category.attributes:
        attribute = known.get(use.use)
        if attribute is None:
            raise ValueError(f"the category “{category.slug}” asks “{use.use}”, which is not among the attributes")
        for key in use.choices:
            if attribute.choice(key) is None:
                raise ValueError(f"the category “{category.slug}” narrows “{use.use}” to “{key}”, which is not a choice")
        if use.choices:
            narrow = tuple(choice for choice in attribute.choices if choice.key in use.choices)
            attribute = attribute.model_copy(update={"choices": narrow})
        asked[use.use] = Asked(attribute=attribute, required=use.required, inherited_from=category.slug)
    return tuple(asked.values())


def _first_repeated(keys: Iterator[str] | map[str]) -> str | None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            return key
        seen.add(key)
    return None
