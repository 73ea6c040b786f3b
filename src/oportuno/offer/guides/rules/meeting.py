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
    """What is known of a product. `attributes` are all its values by key; `price` in `currency`, None where one must ask; `serves` are codes of places."""

    categories: Sequence[str] = ()
    attributes: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    price: Decimal | None = None
    currency: str = ""
    city: str = ""
    country: str = ""
    certifications: frozenset[str] = frozenset()
    serves: frozenset[str] = frozenset()
    in_stock: bool = False


def meets(condition: Condition, known: Known) -> bool | None:
    """None: nobody said, so that it can neither be met nor missed."""
    match condition.kind:
        case "category":
            return condition.key in known.categories
        case "attribute":
            return _is_one_of(known.attributes.get(condition.key, ()), condition.values)
        case "range":
            return _lies_in([_number(one) for one in known.attributes.get(condition.key, ())], condition)
        case "price":
            return _lies_in([known.price] if known.currency == condition.currency else [], condition)
        case "place":
            return _plain(known.city) == _plain(condition.key) if known.city else None
        case "delivery":
            return not known.serves.isdisjoint(condition.places) if known.serves else None
        case "country":
            return known.country == condition.key if known.country else None
        case "certification":
            return condition.key in known.certifications
        case "certified":
            return bool(known.certifications)
        case _:
            return known.in_stock


def all_met(conditions: Sequence[Condition], known: Known) -> bool | None:
    """Of one answer: values of one attribute are alternatives, and so are places to deliver to, everything else must hold together. False before None."""
    by_key: dict[tuple[str, str], list[bool | None]] = {}
    for number, one in enumerate(conditions):
        about = {"attribute": one.key, "range": one.key, "certification": "", "delivery": ""}.get(one.kind, str(number))
        by_key.setdefault((one.kind, about), []).append(meets(one, known))
    found = [True if True in said else None if None in said else False for said in by_key.values()]
    return False if False in found else None if None in found else True


def _is_one_of(values: Sequence[Any], wanted: Sequence[str]) -> bool | None:
    said = {("yes" if one else "no") if isinstance(one, bool) else str(one) for one in values}
    return not said.isdisjoint(wanted) if said else None


def _lies_in(values: Sequence[Decimal | None], condition: Condition) -> bool | None:
    """Whether any of its forms does."""
    known = [one for one in values if one is not None]
    if not known:
        return None
    return any((condition.least is None or one >= condition.least) and (condition.most is None or one <= condition.most) for one in known)


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool):
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _plain(text: str) -> str:
    """Without marks and capitals: "Bogotá" is "bogota"."""
    return "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one)).casefold().strip()
