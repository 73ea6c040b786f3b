"""Does a thing meet a condition, as far as anybody knows? The same question that the index answers, of one product whose facts are here."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from .document import Condition


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a product. `attributes` are as they are kept; `price` in `currency`, None where one must ask."""

    categories: Sequence[str] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)
    price: Decimal | None = None
    currency: str = ""
    city: str = ""
    country: str = ""
    certifications: frozenset[str] = frozenset()
    in_stock: bool = False


def meets(condition: Condition, known: Known) -> bool | None:
    """None: nobody said, so that it can neither be met nor missed."""
    match condition.kind:
        case "category":
            return condition.key in known.categories
        case "attribute":
            return _is_one_of(known.attributes.get(condition.key), condition.values)
        case "range":
            return _lies_in(_number(known.attributes.get(condition.key)), condition)
        case "price":
            return _lies_in(known.price if known.currency == condition.currency else None, condition)
        case "place":
            return _plain(known.city) == _plain(condition.key) if known.city else None
        case "country":
            return known.country == condition.key if known.country else None
        case "certification":
            return condition.key in known.certifications
        case "certified":
            return bool(known.certifications)
        case _:
            return known.in_stock


def all_met(conditions: Sequence[Condition], known: Known) -> bool | None:
    """Of one answer: values of one attribute are alternatives, everything else must hold together. False before None."""
    by_key: dict[tuple[str, str], list[bool | None]] = {}
    for number, one in enumerate(conditions):
        about = {"attribute": one.key, "range": one.key, "certification": ""}.get(one.kind, str(number))
        by_key.setdefault((one.kind, about), []).append(meets(one, known))
    found = [True if True in said else None if None in said else False for said in by_key.values()]
    return False if False in found else None if None in found else True


def _is_one_of(value: Any, wanted: Sequence[str]) -> bool | None:
    if value in (None, "", []):
        return None
    said = [("yes" if one else "no") if isinstance(one, bool) else str(one) for one in (value if isinstance(value, list) else [value])]
    return not set(said).isdisjoint(wanted)


def _lies_in(value: Decimal | None, condition: Condition) -> bool | None:
    if value is None:
        return None
    return (condition.least is None or value >= condition.least) and (condition.most is None or value <= condition.most)


def _number(value: Any) -> Decimal | None:
    if value is None or isinstance(value, bool | list):
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _plain(text: str) -> str:
    """Without marks and capitals: "Bogotá" is "bogota"."""
    return "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one)).casefold().strip()
