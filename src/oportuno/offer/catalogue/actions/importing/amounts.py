"""Exact money from what a file says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel.numbers import list_currencies

from oportuno.kernel import money
from oportuno.offer.catalogue.rules.formats.base import Found

MARKS = " \u00a0\u202f$€£"


@dataclass(frozen=True, slots=True)
class Read:
    minor: int
    compare: int | None
    currency: str


@lru_cache(maxsize=1)
def currencies() -> frozenset[str]:
    return frozenset(code for code in list_currencies() if len(code) == 3)


class Amounts:
    """Reads amounts as a format writes them; `currency` where it names none, `locale` for what people typed."""

    def __init__(self, currency: str, locale: str) -> None:
        self._currency = currency
        self._locale = locale

    def read(self, one: Mapping[str, str]) -> tuple[Read | None, Found | None]:
        """The price, or why it is none."""
        currency = one["currency"] or self._currency
        if currency not in currencies():
            return None, ("prices", "currency_unknown", {"value": currency[:10]})
        amount = self._minor(one["amount"], currency, one["how"])
        if isinstance(amount, str):
            return None, ("prices", amount, {"value": one["amount"][:40]})
        compare = self._minor(one["compare"], currency, one["how"]) if one["compare"] else None
        if isinstance(compare, str):
            return None, ("prices", amount if isinstance(amount, str) else compare, {"value": one["compare"][:40]})
        return Read(amount, compare if compare is not None and compare > amount else None, currency), None

    def _minor(self, said: str, currency: str, how: str) -> int | str:
        """Minor units, or the code of what is wrong."""
        bare = said.strip()
        if bare.lstrip(MARKS).startswith("-"):
            return "price_negative"
        if how == "typed" and not bare.isdigit():
            try:
                return money.parse(bare, currency, self._locale).minor
            except money.NotAnAmount:
                return "price_unreadable"
        try:
            number = Decimal(bare.strip(MARKS))
        except InvalidOperation:
            return "price_unreadable"
        scaled = number if how == "minor" else number.scaleb(money.exponent(currency)) if number.is_finite() else number
        if not scaled.is_finite() or scaled < 0 or scaled > money.MOST:
            return "price_unreadable"
        rounded = scaled.to_integral_value()
        return int(rounded) if rounded == scaled else "price_too_fine"
