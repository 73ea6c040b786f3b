"""Numbers, money and time, as tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from oportuno.kernel import formats
from oportuno.kernel.money import Money, exponent

NOW = datetime(2026, 3, 12, 15, 4, tzinfo=UTC)
TODAY = date(2026, 3, 12)  # a Thursday


def plain(text: str) -> str:
    """With ordinary spaces, so that the tables can be read."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("money", "colombia", "mexico", "english"),
    [
        (Money(1_850_000, "COP"), "$ 18.500 COP", "$18,500 COP", "$18,500 COP"),
        (Money(1_850_050, "COP"), "$ 18.500,50 COP", "$18,500.50 COP", "$18,500.50 COP"),
        (Money(125_000, "MXN"), "$ 1.250,00 MXN", "$1,250.00 MXN", "$1,250.00 MXN"),
        (Money(-4_990, "USD"), "-$ 49,90 USD", "-$49.90 USD", "-$49.90 USD"),
        (Money(0, "COP"), "$ 0 COP", "$0 COP", "$0 COP"),
        (Money(4_990, "JPY"), "4.990 JPY", "4,990 JPY", "4,990 JPY"),
    ],
)
def test_money_is_shown_with_its_currency(money, colombia, mexico, english):
    assert [plain(formats.money(money, locale)) for locale in ("es_CO", "es_MX", "en_US")] == [colombia, mexico, english]


@pytest.mark.parametrize(
    ("value", "colombia", "mexico", "english"),
    [
        (950, "950", "950", "950"),
        (1_000, "1 mil", "1 mil", "1K"),
        (12_345, "12,3 mil", "12.3 mil", "12.3K"),
        (-3_240_000, "-3,2 M", "-3.2 M", "-3.2M"),
    ],
)
def test_a_short_number_fits_a_tile(value, colombia, mexico, english):
    assert [plain(formats.short_number(value, locale)) for locale in ("es_CO", "es_MX", "en_US")] == [colombia, mexico, english]


@pytest.mark.parametrize(
    ("metres", "spanish"), [(7, "7 m"), (852, "850 m"), (994, "990 m"), (1_000, "1,0 km"), (3_412, "3,4 km"), (120_400, "120 km")]
)
def test_a_distance_is_no_finer_than_anybody_walks(metres, spanish):
    assert plain(formats.distance(metres, "es_CO")) == spanish


@pytest.mark.parametrize(
    ("away", "spanish", "english"),
    [
        (-400, "5 de febrero de 2025", "February 5, 2025"),
        (-30, "10 de febrero", "February 10"),
        (-3, "el lunes pasado", "last Monday"),
        (-1, "ayer", "yesterday"),
        (0, "hoy", "today"),
        (1, "mañana", "tomorrow"),
        (3, "el domingo", "Sunday"),
        (7, "19 de marzo", "March 19"),
    ],
)
def test_a_day_is_called_as_people_call_it(away, spanish, english):
    when = TODAY + timedelta(away)
    assert (formats.day(when, "es_CO", TODAY), formats.day(when, "en_US", TODAY)) == (spanish, english)


@pytest.mark.parametrize(
    ("away", "spanish", "english"),
    [
        (timedelta(seconds=-5), "hace un momento", "just now"),
        (timedelta(seconds=10), "en un momento", "in a moment"),
        (timedelta(minutes=-2), "hace 2 minutos", "2 minutes ago"),
        (timedelta(hours=1), "dentro de 1 hora", "in 1 hour"),
        (timedelta(days=-3), "hace 3 días", "3 days ago"),
    ],
)
def test_how_long_ago_is_said_in_words(away, spanish, english):
    assert (formats.ago(NOW + away, "es_CO", NOW), formats.ago(NOW + away, "en_US", NOW)) == (spanish, english)


def test_the_exact_time_is_the_whole_truth():
    assert plain(formats.exact(NOW, "es_CO")) == "jueves, 12 de marzo de 2026, 3:04 p. m."
    assert plain(formats.exact(NOW, "en_US")) == "Thursday, March 12, 2026, 3:04 PM"


@pytest.mark.parametrize(
    ("language", "locale"), [("es-co", "es_CO"), ("es-mx", "es_MX"), ("en", "en_US"), ("en-gb", "en_US"), ("fr", "es_CO")]
)
def test_each_language_has_its_locale(language, locale):
    assert formats.locale_of(language) == locale


@pytest.mark.parametrize(("digits", "spanish"), [(None, "12.345,678"), (0, "12.346"), (1, "12.345,7")])
def test_a_number_has_the_marks_of_its_place(digits, spanish):
    assert formats.number(12_345.678, "es_CO", digits) == spanish


def test_percentages_and_sizes():
    assert plain(formats.percent(0.1234, "es_MX", 1)) == "12.3%"
    assert [plain(formats.size(count, "es_CO")) for count in (12, 2_400, 2_400_000, 24_000_000)] == ["12 B", "2,4 kB", "2,4 MB", "24 MB"]


@pytest.mark.parametrize("locale", ["es_CO", "es_MX", "en_US"])
@given(minor=st.integers(-(10**16), 10**16), currency=st.sampled_from(["COP", "MXN", "CLP", "KWD"]))
def test_whole_numbers_and_amounts_are_written_as_babel_writes_them(locale, minor, currency):
    places = 0 if currency == "COP" and minor % 100 == 0 else exponent(currency)
    pattern = "#,##0" + ("." + "0" * places if places else "")
    assert formats.number(minor, locale) == format_decimal(minor, locale=locale)
    amount = Money(minor, currency)
    assert formats.bare_amount(amount, locale) == format_decimal(abs(amount.decimal), format=pattern, locale=locale)
