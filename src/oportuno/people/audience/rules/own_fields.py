"""Values of fields that an organisation made: how they are read, kept and compared. One rule for forms, files and programs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal

from oportuno.people.audience.rules.addresses import CONTROL, fold

Kind = Literal["text", "number", "date", "choice", "yesno"]
Value = str | int | float | bool
KINDS: tuple[Kind, ...] = ("text", "number", "date", "choice", "yesno")
LONGEST_TEXT = 1_000
MOST_CHOICES, LONGEST_CHOICE = 60, 80
BIGGEST = Decimal(10) ** 15  # what a number of JSON holds exactly
YES = frozenset({"si", "s", "yes", "y", "true", "1", "x", "verdadero", "ok"})
NO = frozenset({"no", "n", "false", "0", "falso"})
GROUPED = re.compile(r"[+-]?\d{1,3}([.,' \u00a0])\d{3}(?:\1\d{3})*")
DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[T ].*)?")


@dataclass(frozen=True)
class OwnField:
    """`choices` are what a field of the kind "choice" may be, in their order; of others it is empty."""

    key: str
    label: str
    kind: Kind
    choices: tuple[str, ...] = ()


class Unfit(ValueError):
    """The text is no value of the field. `code` is one of number, date, choice, yesno, long."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def read(field: OwnField, said: object) -> Value | None:
    """What somebody said as the value that is kept: str, number, ISO date, one of the choices, bool. None: nothing was said.

    Dates are 2026-05-31 or, as people here write, 31/05/2026. Raises Unfit.
    """
    if said is None or (isinstance(said, str) and not said.strip()):
        return None
    if field.kind == "yesno":
        return _yesno(said)
    if field.kind == "number":
        return _number(said)
    text = " ".join(CONTROL.sub(" ", str(said)).split())
    if field.kind == "date":
        return _date(text)
    if field.kind == "choice":
        return _choice(text, field.choices)
    if len(text) > LONGEST_TEXT:
        raise Unfit("long")
    return text


def fits(field: OwnField, value: object) -> bool:
    """Whether a kept value is one of the field's kind; what came before the field was declared may be anything."""
    try:
        found = read(field, value)
    except Unfit:
        return False
    return found is not None and found == value and isinstance(value, bool) == (field.kind == "yesno")


def settled(fields: Sequence[OwnField], values: Mapping[str, object]) -> tuple[dict[str, object], dict[str, str]]:
    """(values as they are kept, {key: code} of those that do not fit). Keys that nobody declared stay as they are."""
    known = {field.key: field for field in fields}
    kept: dict[str, object] = {}
    unfit: dict[str, str] = {}
    for key, said in values.items():
        try:
            value = read(known[key], said) if key in known else said
        except Unfit as trouble:
            unfit[key] = trouble.code
        else:
            if value is not None:
                kept[key] = value
    return kept, unfit


def typed(value: object) -> str:
    """A kept value as text that `read` takes for the same again; "" for none."""
    if value is None or isinstance(value, bool):
        return "" if value is None else "yes" if value else "no"
    text = str(value)
    return f"{text}0" if isinstance(value, float) and GROUPED.fullmatch(text) else text  # 1.125 is not 1125


def named(label: str) -> str:
    """How a field of this label is called inside: "Fecha de boda" is "fecha_de_boda"."""
    return re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:40]


def _yesno(said: object) -> bool:
    if isinstance(said, bool):
        return said
    word = fold(str(said)).strip(" .")
    if word in YES or word in NO:
        return word in YES
    raise Unfit("yesno")


def _number(said: object) -> int | float:
    """A point or a comma may part the decimals, and the other one the thousands; "1.500" is fifteen hundred, as here."""
    if isinstance(said, bool):
        raise Unfit("number")
    text = str(said).strip() if not isinstance(said, str) else said.strip().replace("$", "").strip()
    if isinstance(said, str) and GROUPED.fullmatch(text):
        text = re.sub(r"[.,' \u00a0]", "", text)
    elif isinstance(said, str) and "," in text:
        text = text.replace(".", "").replace(",", ".") if text.rfind(",") > text.rfind(".") else text.replace(",", "")
    try:
        found = Decimal(text.replace("\u00a0", "").replace(" ", ""))
    except InvalidOperation:
        raise Unfit("number") from None
    if not found.is_finite() or abs(found) >= BIGGEST:
        raise Unfit("number")
    return int(found) if found == found.to_integral_value() else float(found)


def _date(text: str) -> str:
    if match := YEAR_FIRST.fullmatch(text):
        year, month, day = match.groups()
    elif match := DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
    else:
        raise Unfit("date")
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise Unfit("date") from None


def _choice(text: str, choices: Sequence[str]) -> str:
    """As the list writes it, whatever capitals and accents were typed."""
    word = fold(text)
    for choice in choices:
        if fold(choice) == word:
            return choice
    raise Unfit("choice")


def own_field(key: str, label: str, kind: str, choices: Sequence[str]) -> OwnField:
    return OwnField(key, label, kind if kind in KINDS else "text", tuple(choices))
