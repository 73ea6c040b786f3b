"""Money: exact, of one currency, and read as people type it."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from oportuno.kernel.errors import Broken
from oportuno.kernel.money import ROUND_HALF_EVEN, ROUND_HALF_UP, DifferentCurrencies, Money, NotAnAmount, columns, parse, read, total

TYPED = [
    ("1.234.567,89", "COP", "es_CO", 123_456_789),
    ("$ 12,000.50", "MXN", "es_MX", 1_200_050),
    ("12.000", "COP", "es_CO", 1_200_000),
    ("12,000", "MXN", "es_MX", 1_200_000),
    ("12,000", "USD", "en", 1_200_000),
    ("12,5", "COP", "es_CO", 1_250),
    ("12.50", "COP", "es_CO", 1_250),  # two decimals are no thousands, whoever types them
    ("12,50", "USD", "en", 1_250),
    ("5.", "USD", "en", 500),
    ("0", "COP", "es_CO", 0),
    ("  1 234 567 ", "COP", "es_CO", 123_456_700),
    ("1\u00a0234,50", "COP", "es_CO", 123_450),
    ("US$ 50", "USD", "es_CO", 5_000),
    ("50 cop", "COP", "es_CO", 5_000),
    ("COP $ 50", "COP", "es_CO", 5_000),
    ("€ 9,99", "EUR", "es_CO", 999),
    ("4990", "JPY", "en", 4_990),
    ("4,990", "JPY", "en", 4_990),
    ("1.234", "KWD", "en", 1_234),
    ("1.234", "KWD", "es_CO", 1_234_000),
]


@pytest.mark.parametrize(("text", "currency", "locale", "minor"), TYPED)
def test_it_reads_an_amount_as_people_of_that_place_write_it(text, currency, locale, minor):
    assert parse(text, currency, locale) == Money(minor, currency)


REFUSED = [
    ("", "USD", "en", "Write an amount"),
    ("$", "USD", "en", "Write an amount"),
    ("abc", "USD", "en", "digits 0 to 9"),
    ("１２００", "USD", "en", "digits 0 to 9"),  # full-width
    ("١٢", "USD", "en", "digits 0 to 9"),
    ("1e5", "USD", "en", "digits 0 to 9"),
    ("12-5", "USD", "en", "digits 0 to 9"),
    ("=1+1", "USD", "en", "digits 0 to 9"),
    ("1..5", "USD", "en", "digits 0 to 9"),
    ("-5", "USD", "en", "less than zero"),
    ("1.2.3", "USD", "en", "out of place"),
    ("1.234,5.6", "USD", "en", "out of place"),
    ("1234.567,8", "COP", "es_CO", "out of place"),
    ("12,000", "COP", "es_CO", "two ways"),
    ("12.000", "USD", "en", "two ways"),
    ("1,2345", "COP", "es_CO", "two ways"),
    ("0.5", "JPY", "en", "two ways"),
    ("USD 50", "COP", "es_CO", "another currency"),
    ("€ 50", "COP", "es_CO", "another currency"),
    ("9" * 30, "USD", "en", "too large"),
]


@pytest.mark.parametrize(("text", "currency", "locale", "sentence"), REFUSED)
def test_it_refuses_what_it_would_have_to_guess(text, currency, locale, sentence):
    with translation.override("en"), pytest.raises(NotAnAmount, match=sentence):
        parse(text, currency, locale)


def test_it_reads_a_debt_only_where_one_is_expected():
    assert parse("-1.500", "COP", "es_CO", negative=True) == Money(-150_000, "COP")


def test_it_adds_and_takes_away_in_one_currency():
    assert Money(150, "USD") + Money(50, "USD") - Money(1, "USD") == Money(199, "USD")
    assert total([Money(1, "COP"), Money(2, "COP")], "COP") == Money(3, "COP")
    assert total([], "COP") == Money(0, "COP")
    assert 3 * Money(5, "USD") == Money(15, "USD")
    assert Money(5, "USD") < Money(6, "USD") <= Money(6, "USD")


@pytest.mark.parametrize("verb", [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b, lambda a, b: a >= b])
def test_it_does_not_mix_currencies(verb):
    with pytest.raises(DifferentCurrencies):
        verb(Money(1, "USD"), Money(1, "COP"))


def test_it_asks_how_to_round():
    assert Money(25, "USD").times(Decimal("0.5"), rounding=ROUND_HALF_EVEN) == Money(12, "USD")
    assert Money(25, "USD").times(Decimal("0.5"), rounding=ROUND_HALF_UP) == Money(13, "USD")
    with pytest.raises(TypeError):
        Money(25, "USD") * 0.5


@pytest.mark.parametrize(
    ("amount", "currency", "minor"), [("49.90", "USD", 4_990), (18_500, "COP", 1_850_000), (Decimal(7), "JPY", 7), ("1.234", "KWD", 1_234)]
)
def test_it_is_made_from_an_exact_decimal(amount, currency, minor):
    assert Money.of(amount, currency) == Money(minor, currency)
    assert Money(minor, currency).decimal == Decimal(amount)


@pytest.mark.parametrize("amount", ["49.905", "NaN", "Infinity", "ten"])
def test_it_is_not_made_from_anything_else(amount):
    with pytest.raises(NotAnAmount):
        Money.of(amount, "USD")


@pytest.mark.parametrize(("minor", "currency"), [(1.5, "USD"), (True, "USD"), (1, "usd"), (1, "US"), (1, "ＵＳＤ")])
def test_it_cannot_be_built_wrong(minor, currency):
    with pytest.raises(Broken):
        Money(minor, currency)


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any))
def test_its_shares_add_up_to_the_whole(minor, weights):
    shares = Money(minor, "COP").split(weights)
    assert total(shares, "COP") == Money(minor, "COP")
    assert all(share.minor == 0 for share, weight in zip(shares, weights, strict=True) if weight == 0)


def test_it_lives_in_two_columns():
    row = SimpleNamespace(**columns("price", Money(4_990, "USD")), floor_minor=None, floor_currency="USD")
    assert read(row, "price") == Money(4_990, "USD")
    assert read(row, "floor") is None
