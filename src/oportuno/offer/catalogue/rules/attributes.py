"""Typed attributes: what a category asks, and whether a value answers it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from oportuno.offer.catalogue.rules.codes import fold

YES = frozenset({"1", "true", "yes", "y", "si", "sí", "verdadero", "x"})
NO = frozenset({"0", "false", "no", "n", "falso"})
LONGEST_TEXT = 400
_BETWEEN = re.compile(r"\s*[,;|]\s*")


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    label_es: str
    label_en: str
    swatch: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """An attribute as one category asks it: inheritance and narrowing done."""

    key: str
    type: str
    label_es: str
    label_en: str
    unit_es: str = ""
    unit_en: str = ""
    help_es: str = ""
    help_en: str = ""
    choices: tuple[Choice, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    required: bool = False
    facet: bool = False

    def named(self, name: str) -> bool:
        """Whether people mean this attribute by `name`: its key or a label, however it is written."""
        return fold(name) in (fold(self.key), fold(self.label_es), fold(self.label_en))

    def choice(self, key: str) -> Choice | None:
        return next((one for one in self.choices if one.key == key), None)


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a value does not answer: a code and what its sentence needs."""

    key: str
    code: str
    data: Mapping[str, Any] = field(default_factory=dict)


def read(asked: Asked, given: Any) -> Any | Misfit:
    """The value as it is kept (text, int, float-free number as text …), from what a form or a file says.

    Numbers are kept as JSON numbers when whole, else as decimal text; choices by key; several choices as a list of keys.
    """
    match asked.type:
        case "boolean":
            return _boolean(asked, given)
        case "number":
            return _number(asked, given)
        case "choice" | "colour":
            return _choice(asked, given)
        case "multi":
            wanted = given if isinstance(given, list | tuple) else [part for part in _BETWEEN.split(str(given)) if part]
            found = [_choice(asked, one) for one in wanted]
            return next((one for one in found if isinstance(one, Misfit)), sorted(set(map(str, found))))
        case "date":
            return _date(asked, given)
        case _:
            text = str(given).strip()
            return text[:LONGEST_TEXT] if text else Misfit(asked.key, "attribute_empty")


def told(asked: Asked, own: Any, options: Iterable[tuple[str, str]]) -> list[Any]:
    """What a product answers to an attribute: its own answer, and those in which its forms (name, value) differ."""
    found = list(own) if isinstance(own, list) else [own] if own not in (None, "") else []
    found += [
        answer for name, value in sorted(options) if asked.named(name) and not isinstance(answer := read(asked, value), Misfit | list)
    ]
    return list(dict.fromkeys(found))


def missing(asked: Sequence[Asked], values: Mapping[str, Any]) -> list[Asked]:
    """Those that are required and have no answer."""
    return [one for one in asked if one.required and values.get(one.key) in (None, "", [])]


def _boolean(asked: Asked, given: Any) -> bool | Misfit:
    if isinstance(given, bool):
        return given
    said = str(given).strip().casefold()
    if said in YES | NO:
        return said in YES
    return Misfit(asked.key, "attribute_boolean", {"value": str(given)[:80]})


def _number(asked: Asked, given: Any) -> int | str | Misfit:
    text = re.sub(r"\s", "", str(given))
    for unit in (asked.unit_es, asked.unit_en):
        text = text.removesuffix(unit.replace(" ", "")) if unit else text
    try:
        number = Decimal(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except InvalidOperation:
        return Misfit(asked.key, "attribute_number", {"value": str(given)[:80]})
    if not number.is_finite() or abs(number) > Decimal(10) ** 12:
        return Misfit(asked.key, "attribute_number", {"value": str(given)[:80]})
    if asked.least is not None and number < asked.least:
        return Misfit(asked.key, "attribute_least", {"value": plain(number), "least": plain(asked.least)})
    if asked.most is not None and number > asked.most:
        return Misfit(asked.key, "attribute_most", {"value": plain(number), "most": plain(asked.most)})
    return int(number) if number == number.to_integral_value() else plain(number)


def _choice(asked: Asked, given: Any) -> str | Misfit:
    wanted = fold(str(given))
    for one in asked.choices:
        if wanted in (fold(one.key), fold(one.label_es), fold(one.label_en)):
            return one.key
    return Misfit(asked.key, "attribute_choice", {"value": str(given)[:80], "choices": [one.label_es for one in asked.choices][:12]})


def _date(asked: Asked, given: Any) -> str | Misfit:
    try:
        return date.fromisoformat(str(given).strip()[:10]).isoformat()
    except ValueError:
        return Misfit(asked.key, "attribute_date", {"value": str(given)[:80]})


def plain(number: Decimal) -> str:
    """Without exponent and trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
