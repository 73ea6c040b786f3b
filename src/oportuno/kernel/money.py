"""Money: an exact amount in the smallest unit of a currency. Never a float.

    Money(1_850_000, "COP")                    18.500 pesos: COP has two decimals in ISO 4217
    Money.of("49.90", "USD")                   the same from a decimal number, exactly or not at all
    parse("$ 12,000.50", "MXN", "es_MX")       what a person typed, or a Refusal that says what to mend
    total(prices, "COP")                       a sum that is zero pesos when there is nothing

Models keep two columns, `<name>_minor = BigIntegerField()` and `<name>_currency = CharField(max_length=3)`;
`read(row, "price")` and `columns("price", money)` go between the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from oportuno.kernel.errors import Broken, Refusal

__all__ = [
    "ROUND_HALF_EVEN",
    "ROUND_HALF_UP",
    "DifferentCurrencies",
    "Money",
    "NotAnAmount",
    "columns",
    "exponent",
    "parse",
    "read",
    "total",
]

USUAL_EXPONENT = 2
EXPONENTS: Mapping[str, int] = {  # ISO 4217, where it is not 2. CLDR says 0 for COP: that is how it is shown, not kept
    **dict.fromkeys(
        ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"], 0
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    **dict.fromkeys(["CLF", "UYW"], 4),
}
MOST = 10**17  # minor units; a BigIntegerField holds 92 times that, so sums of a page never overflow
CODE = re.compile(r"[A-Z]{3}", re.ASCII)


class DifferentCurrencies(Broken):
    """Somebody added pesos to dollars. Convert first, with a rate and its date."""


class NotAnAmount(Refusal):
    """What was typed is no amount of this currency; the sentence says why."""


def exponent(currency: str) -> int:
    """How many decimals the currency's smallest unit has (ISO 4217)."""
    return EXPONENTS.get(currency, USUAL_EXPONENT)


@dataclass(frozen=True, slots=True)
class Money:
    """`minor` counts the smallest unit (cents; pesos where there are no cents)."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise Broken(f"Money counts whole minor units, not {self.minor!r}")
        if not CODE.fullmatch(self.currency):
            raise Broken(f"{self.currency!r} is no ISO 4217 code")

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str) -> Money:
        """From a decimal number of whole units; raises NotAnAmount if the currency cannot hold it exactly."""
        try:
            exact = Decimal(amount).scaleb(exponent(currency))
        except InvalidOperation as error:
            raise NotAnAmount(_("This is not an amount.")) from error
        if not exact.is_finite() or exact != exact.to_integral_value():
            raise NotAnAmount(_("This amount has more decimals than its currency."))
        return cls(int(exact), currency)

    @classmethod
    def zero(cls, currency: str) -> Money:
        return cls(0, currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in whole units, with the currency's decimals: Decimal("49.90")."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def __str__(self) -> str:
        """For logs and machines: `49.90 USD`. People get `formats.money`."""
        return f"{self.decimal:f} {self.currency}"

    def __bool__(self) -> bool:
        return self.minor != 0

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __mul__(self, times: int) -> Money:
        """By a whole number only; anything else is `times`, which asks how to round."""
        if type(times) is not int:
            return NotImplemented
        return Money(self.minor * times, self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.minor >= self._same(other)

    def times(self, factor: Decimal | int, *, rounding: str) -> Money:
        """Multiplied and rounded to the minor unit; `rounding` is one of decimal's, and a rule of the business."""
        return Money(int((Decimal(self.minor) * factor).to_integral_value(rounding=rounding)), self.currency)

    def split(self, weights: Sequence[int]) -> list[Money]:
        """In shares that add up to the whole, by largest remainder; earlier shares win ties."""
        if not weights or min(weights) < 0 or sum(weights) == 0:
            raise Broken("Money splits by weights of zero and more, not all zero")
        whole, sign = abs(self.minor), 1 if self.minor >= 0 else -1
        shares = [divmod(whole * weight, sum(weights)) for weight in weights]
        left = whole - sum(share for share, _rest in shares)
        favoured = set(sorted(range(len(shares)), key=lambda i: -shares[i][1])[:left])
        return [Money(sign * (share + (i in favoured)), self.currency) for i, (share, _rest) in enumerate(shares)]

    def _same(self, other: Money) -> int:
        if not isinstance(other, Money) or other.currency != self.currency:
            raise DifferentCurrencies(f"{self} and {other} do not mix")
        return other.minor


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum, or zero of `currency`."""
    return sum(amounts, start=Money.zero(currency))


def read(row: object, name: str) -> Money | None:
    """What `<name>_minor` and `<name>_currency` of a row say; None where the amount is."""
    minor = getattr(row, f"{name}_minor")
    return None if minor is None else Money(minor, getattr(row, f"{name}_currency"))


def columns(name: str, money: Money) -> dict[str, Any]:
    """The two columns of a row, as keywords: `Offer(**columns("price", money))`."""
    return {f"{name}_minor": money.minor, f"{name}_currency": money.currency}


SIGNS: Mapping[str, str | None] = {
    "US$": "USD",
    "MX$": "MXN",
    "COL$": "COP",
    "€": "EUR",
    "£": "GBP",
    "S/": "PEN",
    "$": None,
}  # "$" is anybody's
CODE_BESIDE = re.compile(r"^[A-Za-z]{3}(?=[-0-9$])|(?<=[0-9])[A-Za-z]{3}$", re.ASCII)
SPACES = re.compile(r"[ \t\u00a0\u202f\u2009]+")
DIGITS_AND_MARKS = re.compile(r"-?[0-9]+(?:[.,][0-9]+)*[.,]?", re.ASCII)
GROUPED = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+", re.ASCII)


def parse(text: str, currency: str, locale: str, *, negative: bool = False) -> Money:
    """Read what a person typed, as people of `locale` ("es_CO", "es_MX", "en") write amounts.

    The last of two kinds of mark is the decimal mark; of one kind, a mark before groups of three is for
    thousands, unless the locale says it is decimal. What could be read in two ways is refused, not guessed.
    Raises NotAnAmount.
    """
    bare = _without_currency(SPACES.sub("", text.strip()), currency)
    if not bare:
        raise NotAnAmount(_("Write an amount."))
    if not DIGITS_AND_MARKS.fullmatch(bare):
        raise NotAnAmount(_("Write the amount with the digits 0 to 9, and nothing else but a point or a comma."))
    if bare.startswith("-") and not negative:
        raise NotAnAmount(_("An amount cannot be less than zero."))
    sign, unsigned = (-1, bare[1:]) if bare.startswith("-") else (1, bare)
    whole, decimals = _halves(unsigned, exponent(currency), decimal_mark(locale))
    minor = int(whole + decimals.ljust(exponent(currency), "0"))
    if minor > MOST:
        raise NotAnAmount(_("This amount is too large."))
    return Money(sign * minor, currency)


def decimal_mark(locale: str) -> str:
    """Mexico writes 1,234.50 as English does; Colombia and the rest of the Spanish we serve 1.234,50."""
    return "," if locale.replace("-", "_").lower().startswith("es") and not locale.lower().endswith("mx") else "."


def _without_currency(text: str, currency: str) -> str:
    """Without a sign or code before or after, which must be of this currency."""
    if named := CODE_BESIDE.search(text):
        code = named.group(0)
        _must_be(code.upper(), currency)
        text = text[len(code) :] if text.startswith(code) else text[: -len(code)]
    for sign, meant in SIGNS.items():
        if sign in text:
            _must_be(meant or currency, currency)
            return text.replace(sign, "", 1)
    return text


def _must_be(named: str, currency: str) -> None:
    if named != currency:
        raise NotAnAmount(_("This amount is in another currency; here it is %(currency)s.") % {"currency": currency})


def _halves(digits: str, places: int, mark: str) -> tuple[str, str]:
    """Whole part and decimals of an unsigned amount."""
    kinds = {character for character in digits if character in ".,"}
    if not kinds:
        return digits, ""
    last = max(digits.rfind("."), digits.rfind(","))
    whole, decimals = digits[:last], digits[last + 1 :]
    if len(kinds) == 1 and (digits.count(digits[last]) > 1 or (digits[last] != mark and len(decimals) == 3)):
        return _ungrouped(digits), ""
    if len(kinds) == 2 and digits[last] in whole:
        raise NotAnAmount(_("The points and commas of this amount are out of place."))
    if len(decimals) > places:
        raise NotAnAmount(_("This could be read in two ways; write the amount without points or commas for thousands."))
    return (_ungrouped(whole) if len(kinds) == 2 else whole), decimals


def _ungrouped(digits: str) -> str:
    if not GROUPED.fullmatch(digits):
        raise NotAnAmount(_("The points and commas of this amount are out of place."))
    return digits.replace(".", "").replace(",", "")
