"""When an answer is due."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from oportuno.people.audience.rules.promises import Hours, due_at

BOGOTA = ZoneInfo("America/Bogota")
OFFICE = Hours(frozenset(range(5)), time(8), time(18), 8, "America/Bogota")


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2026-11-23 09:00", "2026-11-23 17:00"),  # Monday morning: the same day
        ("2026-11-23 10:00", "2026-11-23 18:00"),  # exactly until closing
        ("2026-11-23 16:00", "2026-11-24 14:00"),  # two hours today, six tomorrow
        ("2026-11-23 23:30", "2026-11-24 16:00"),  # at night the clock stands
        ("2026-11-27 17:00", "2026-11-30 15:00"),  # Friday evening: over the weekend
        ("2026-11-28 12:00", "2026-11-30 16:00"),  # Saturday
    ],
)
def test_it_promises_by_the_sellers_own_hours(asked, due):
    moment = datetime.fromisoformat(asked).replace(tzinfo=BOGOTA)
    assert due_at(moment, OFFICE).astimezone(BOGOTA) == datetime.fromisoformat(due).replace(tzinfo=BOGOTA)


def test_it_promises_something_even_to_a_seller_who_is_hardly_open():
    hours = Hours(frozenset({6}), time(8), time(8, 30), 120, "America/Mexico_City")
    asked = datetime(2026, 11, 23, 9, tzinfo=BOGOTA)
    assert (due_at(asked, hours) - asked).days == 60
