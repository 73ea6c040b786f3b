"""Nothing for business goes out when the law of its reader's country says no: ten years, hour by hour."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oportuno.people.messaging.rules.law import (
    COLOMBIA,
    EMAIL,
    MEXICO,
    NEUTRAL,
    SMS,
    UNION,
    country_of_phone,
    is_allowed,
    law_of,
    next_allowed,
    zones_of_phone,
)
from oportuno.people.messaging.rules.law.holidays import easter, of_colombia, of_mexico

BOGOTA = ZoneInfo("America/Bogota")
OFFICIAL_2026 = {
    date(2026, *day)
    for day in (
        (1, 1), (1, 12), (3, 23), (4, 2), (4, 3), (5, 1), (5, 18), (6, 8), (6, 15), (6, 29), (7, 20), (8, 7), (8, 17), (10, 12), (11, 2), (11, 16),
        (12, 8), (12, 25),
    )
}  # fmt: skip
"""As the calendar of the Republic prints them."""


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=BOGOTA)


def test_the_holidays_are_those_of_the_official_calendars() -> None:
    assert of_colombia(2026) == OFFICIAL_2026
    assert {date(2026, 2, 2), date(2026, 3, 16), date(2026, 11, 16), date(2026, 9, 16)} <= of_mexico(2026)
    assert date(2030, 10, 1) in of_mexico(2030)
    assert [easter(year) for year in (2024, 2025, 2026, 2027)] == [
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
    ]
    assert all(len(of_colombia(year)) in (17, 18) for year in range(2020, 2060))


@pytest.mark.parametrize(
    "moment, allowed",
    [
        (at(2026, 11, 23, 7, 0), True),
        (at(2026, 11, 23, 6, 59), False),
        (at(2026, 11, 23, 18, 59), True),
        (at(2026, 11, 23, 19, 0), False),
        (at(2026, 11, 28, 7, 59), False),
        (at(2026, 11, 28, 8, 0), True),
        (at(2026, 11, 28, 15, 0), False),
        (at(2026, 11, 29, 12, 0), False),
        (at(2026, 12, 8, 12, 0), False),
    ],
)
def test_colombias_hours_hold_to_the_minute(moment: datetime, allowed: bool) -> None:
    assert is_allowed(moment, COLOMBIA, SMS) is allowed
    assert is_allowed(moment, COLOMBIA, EMAIL) is allowed


def test_it_waits_over_a_sunday_and_a_holiday() -> None:
    """Saturday afternoon before the Monday of 16 November: Tuesday at seven."""
    assert next_allowed(at(2026, 11, 14, 15, 0), COLOMBIA, SMS) == at(2026, 11, 17, 7, 0)


def test_hours_are_those_of_the_readers_place() -> None:
    evening = datetime(2026, 11, 23, 19, 30, tzinfo=ZoneInfo("America/Cancun"))
    assert is_allowed(evening, MEXICO, SMS, ("America/Cancun",))
    assert not is_allowed(evening.replace(hour=20), MEXICO, SMS, ("America/Cancun",))
    assert not is_allowed(datetime(2026, 11, 23, 8, 30, tzinfo=ZoneInfo("America/Mexico_City")), MEXICO, SMS), "it is not eight in Tijuana"
    assert zones_of_phone("+526641234567") == ("America/Tijuana",)
    assert (country_of_phone("+573101234567"), law_of("CO"), law_of("es"), law_of("US")) == ("CO", COLOMBIA, UNION, NEUTRAL)
    assert is_allowed(at(2026, 11, 29, 3, 0), NEUTRAL, EMAIL), "elsewhere no law names hours for mail"


def test_ten_years_have_no_unlawful_moment() -> None:
    """Every seventeen minutes of ten years, something wants to go out; an independent reading of the law judges when it does."""
    moment, unlawful, sent = datetime(2026, 1, 1, tzinfo=UTC), 0, 0
    while moment.year < 2036:
        goes = next_allowed(moment, COLOMBIA, SMS)
        assert goes is not None
        unlawful += _breaks_ley_2300(goes)
        sent += 1
        moment += timedelta(minutes=17) if goes == moment else max(goes - moment, timedelta(minutes=17))
    assert sent > 100_000
    assert unlawful == 0


def _breaks_ley_2300(moment: datetime) -> bool:
    local = moment.astimezone(BOGOTA)
    minute, day = local.hour * 60 + local.minute, local.isoweekday()
    if day == 7 or local.date() in of_colombia(local.year):
        return True
    return not (7 * 60 <= minute < 19 * 60 if day <= 5 else 8 * 60 <= minute < 15 * 60)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2045, 1, 1), timezones=st.just(UTC)),
    st.sampled_from([COLOMBIA, MEXICO, UNION, NEUTRAL]),
    st.sampled_from([EMAIL, SMS]),
)
@settings(max_examples=500, deadline=None)
def test_what_waits_goes_out_at_the_first_allowed_moment(moment: datetime, law, channel: str) -> None:
    found = next_allowed(moment, law, channel)
    assert found is not None
    assert found >= moment
    assert is_allowed(found, law, channel)
    if found > moment:
        assert not is_allowed(moment, law, channel)
        assert not is_allowed(found - timedelta(minutes=1), law, channel)
