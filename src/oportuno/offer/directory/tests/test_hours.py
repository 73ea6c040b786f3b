"""Is it open now?"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from oportuno.offer.directory.rules import dates
from oportuno.offer.directory.rules.hours import WrongHours, open_now, parse_day, written

BOGOTA, MEXICO, NEW_YORK, GALAPAGOS = "America/Bogota", "America/Mexico_City", "America/New_York", "Pacific/Galapagos"
SHOP = {**{str(day): [["08:00", "12:00"], ["14:00", "18:00"]] for day in range(5)}, "5": [["09:00", "13:00"]]}
BAR = {"4": [["20:00", "02:00"]], "5": [["20:00", "03:00"]]}
ALWAYS = {str(day): [["00:00", "00:00"]] for day in range(7)}
CHRISTMAS = [{"on": "2026-12-25", "hours": [], "why": "Navidad"}, {"on": "2026-12-24", "hours": [["08:00", "14:00"]], "why": "Nochebuena"}]


def at(zone: str, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("hours", "exceptions", "zone", "moment", "is_open", "changes"),
    [
        (SHOP, [], BOGOTA, at(BOGOTA, "2026-11-23T08:00"), True, "2026-11-23T12:00"),  # the first minute is open
        (SHOP, [], BOGOTA, at(BOGOTA, "2026-11-23T12:00"), False, "2026-11-23T14:00"),  # the last is not
        (SHOP, [], BOGOTA, at(MEXICO, "2026-11-23T07:30"), True, "2026-11-23T12:00"),  # asked from Mexico, an hour behind
        (SHOP, [], MEXICO, at(BOGOTA, "2026-11-23T08:30"), False, "2026-11-23T08:00"),  # there it is half past seven
        (SHOP, [], GALAPAGOS, at(BOGOTA, "2026-11-23T09:00"), True, "2026-11-23T12:00"),
        (SHOP, [], BOGOTA, at(BOGOTA, "2026-11-28T13:00"), False, "2026-11-30T08:00"),  # from Saturday over Sunday to Monday
        (SHOP, CHRISTMAS, BOGOTA, at(BOGOTA, "2026-12-25T10:00"), False, "2026-12-26T09:00"),  # a Friday, but a holiday
        (SHOP, CHRISTMAS, BOGOTA, at(BOGOTA, "2026-12-24T13:00"), True, "2026-12-24T14:00"),  # open at lunch that day
        (SHOP, CHRISTMAS, BOGOTA, at(BOGOTA, "2026-12-24T15:00"), False, "2026-12-26T09:00"),
        (BAR, [], BOGOTA, at(BOGOTA, "2026-11-28T01:30"), True, "2026-11-28T02:00"),  # Friday's night, on Saturday
        (BAR, [{"on": "2026-11-28", "hours": []}], BOGOTA, at(BOGOTA, "2026-11-28T01:30"), True, "2026-11-28T02:00"),
        (BAR, [{"on": "2026-11-28", "hours": []}], BOGOTA, at(BOGOTA, "2026-11-28T21:00"), False, "2026-12-04T20:00"),
        (BAR, [], BOGOTA, at(BOGOTA, "2026-11-29T03:00"), False, "2026-12-04T20:00"),
        (BAR, [], NEW_YORK, at(NEW_YORK, "2026-11-01T02:30"), True, "2026-11-01T03:00"),  # the night with two half past ones
        (ALWAYS, [], BOGOTA, at(BOGOTA, "2026-11-23T04:00"), True, None),
        ({}, [], BOGOTA, at(BOGOTA, "2026-11-23T10:00"), False, None),
        ({}, [{"on": "2026-11-23", "hours": [["09:00", "11:00"]]}], BOGOTA, at(BOGOTA, "2026-11-23T10:00"), True, "2026-11-23T11:00"),
    ],
)
def test_it_says_whether_it_is_open_and_until_when(
    hours: dict[str, list[list[str]]], exceptions: list[dict[str, object]], zone: str, moment: datetime, is_open: bool, changes: str | None
) -> None:
    found = open_now(hours, exceptions, zone, moment)
    assert found.is_open is is_open
    assert found.changes_at == (at(zone, changes) if changes else None)


def test_it_counts_the_hour_that_summer_time_repeats() -> None:
    hours = {"6": [["01:00", "02:00"]]}
    second_half_past_one = at(NEW_YORK, "2026-11-01T01:30").replace(fold=1)
    assert open_now(hours, [], NEW_YORK, second_half_past_one).is_open


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("8-18", [["08:00", "18:00"]]),
        (" 8:00–12:30, 14.00-18h00 ", [["08:00", "12:30"], ["14:00", "18:00"]]),
        ("14-18; 8-12", [["08:00", "12:00"], ["14:00", "18:00"]]),
        ("8 a 12 y 14 a 18", [["08:00", "12:00"], ["14:00", "18:00"]]),
        ("20-2", [["20:00", "02:00"]]),
        ("24 h", [["00:00", "00:00"]]),
        ("8-24", [["08:00", "00:00"]]),
        ("cerrado", []),
        ("", []),
    ],
)
def test_it_reads_hours_as_people_write_them_and_writes_them_back(typed: str, read: list[list[str]]) -> None:
    assert parse_day(typed) == read
    assert parse_day(written(read)) == read


@pytest.mark.parametrize(
    ("typed", "problem"),
    [("ocho", "format"), ("25-26", "format"), ("8-12, 11-14", "overlap"), ("8:60-9", "format"), ("1-2,3-4,5-6,7-8,9-10", "many")],
)
def test_it_refuses_hours_nobody_could_keep(typed: str, problem: str) -> None:
    with pytest.raises(WrongHours) as refused:
        parse_day(typed)
    assert refused.value.problem == problem


@pytest.mark.parametrize(("days", "before"), [(0, 23), (1, 20), (5, 16), (6, 13)])
def test_a_promise_in_working_days_does_not_count_saturdays_and_sundays(days: int, before: int) -> None:
    monday = datetime(2026, 11, 23, 15, tzinfo=UTC)
    assert dates.working_days_before(monday, days) == monday.replace(day=before)
