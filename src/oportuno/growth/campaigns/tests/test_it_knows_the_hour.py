"""When each reader's message is due: his zone, his hour, so many an hour, and never against the law."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oportuno.growth.campaigns.actions.scheduling import schedule
from oportuno.growth.campaigns.rules.rhythm import FORTNIGHT, MONTH, WEEK, next_due
from oportuno.growth.campaigns.rules.timing import Throttle, at_his_hour, best_hour, favourite, in_his_zone, zone_of
from oportuno.growth.campaigns.testing import MONDAY, SUNDAY, CampaignFrame, reader, walked, written
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.people.audience.api import Contact
from oportuno.people.messaging.api import Message, law_of, next_allowed
from oportuno.people.messaging.facts import MailOpened
from oportuno.people.messaging.testing import Pool, catcher, send_frame

__all__ = ["catcher"]

BOGOTA = "America/Bogota"


def test_nine_oclock_is_nine_oclock_where_he_is() -> None:
    when = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo(BOGOTA))
    there = in_his_zone(when, BOGOTA, ZoneInfo("America/Mexico_City"))
    assert (there.hour, there.astimezone(UTC).hour) == (9, 15)
    assert in_his_zone(when.astimezone(UTC), BOGOTA, ZoneInfo("Europe/Madrid")).astimezone(UTC).hour == 8
    assert zone_of(("Nowhere/At_All", "Europe/Madrid"), BOGOTA).key == "Europe/Madrid"


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.integers(0, 23), st.sampled_from([BOGOTA, "Europe/Madrid", "Asia/Kolkata"])
)
def test_his_hour_comes_within_a_day_and_is_his_hour(moment, hour, zone) -> None:
    from_ = moment.replace(tzinfo=UTC)
    due = at_his_hour(from_, hour, ZoneInfo(zone))
    assert from_ <= due <= from_ + timedelta(hours=25)
    assert due.astimezone(ZoneInfo(zone)).hour == hour or due == from_


def test_three_times_make_a_habit() -> None:
    assert best_hour({8: 2}, 10) == 10
    assert best_hour({8: 2, 20: 1}, 10) == 8
    assert favourite({}) == 10


@pytest.mark.parametrize("per_hour", [1, 7, 12, 60, 1000])
def test_no_hour_gets_more_than_it_may_and_none_goes_when_the_law_rests(per_hour) -> None:
    law = law_of("CO")
    begin = MONDAY.replace(hour=17, minute=30)
    throttle = Throttle(per_hour, begin, {}, lambda moment: next_allowed(moment, law, "email") or moment)
    due = [throttle.next(begin) for _ in range(min(per_hour * 4, 900))]
    assert due == sorted(due)
    assert all(next_allowed(one, law, "email") == one for one in due)
    for one in due:
        assert sum(1 for other in due if one <= other < one + timedelta(hours=1)) <= per_hour


def test_who_reads_at_night_pushes_nobody_back_who_reads_in_the_morning() -> None:
    night, morning = MONDAY.replace(hour=22), MONDAY.replace(hour=8) + timedelta(days=1)
    batches = [[morning] * 10 + [night + timedelta(days=1)] * 10, [morning] * 30, [night] * 10]
    used: dict[int, int] = {}
    due = []
    for batch in batches:
        throttle = Throttle(120, MONDAY, used, lambda moment: moment)
        due.append([throttle.next(wanted) for wanted in sorted(batch)])
        used = throttle.left(MONDAY)
    assert due[1] == [morning + timedelta(minutes=5 * (number // 10)) for number in range(10, 40)]
    assert due[2] == [night] * 10


@pytest.mark.parametrize("rhythm", [WEEK, FORTNIGHT, MONTH])
def test_a_rhythm_is_kept_for_years(rhythm) -> None:
    moment, seen = MONDAY, []
    for _ in range(60):
        moment = next_due(moment, rhythm=rhythm, day=1, hour=9, zone=BOGOTA)
        seen.append(moment.astimezone(ZoneInfo(BOGOTA)))
    assert {(one.weekday(), one.hour) for one in seen} == {(1, 9)}
    gaps = {(after - before).days for before, after in pairwise(seen)}
    assert gaps <= {WEEK: {7}, FORTNIGHT: {14}, MONTH: {28, 35}}[rhythm]


@pytest.mark.django_db
def test_each_gets_it_at_the_hour_where_he_is(alba) -> None:
    for email, country in (("co@example.com", "CO"), ("es@example.com", "PE"), ("cr@example.com", "CR")):
        found = reader(alba, email)
        with for_organisation(alba.organisation.pk):
            Contact.objects.filter(pk=found.pk).update(country=country)
    when = MONDAY + timedelta(days=1)
    campaign = written(alba)
    with for_organisation(alba.organisation.pk):
        done = schedule(campaign=campaign.pk, timing="zone", when=when, by=alba.member, at=MONDAY)
    assert done.starts_at == when - timedelta(hours=19), "when it is that hour where the day begins first"
    walked(alba, campaign, at=done.starts_at)
    with for_organisation(alba.organisation.pk):
        due = dict(Message.objects.exclude(frame=None).values_list("to_address", "next_at"))
    assert due["co@example.com"] == when
    assert due["cr@example.com"] == when + timedelta(hours=1)


@pytest.mark.django_db
def test_his_best_hour_is_the_one_in_which_he_opened(alba) -> None:
    carmen, nobody = reader(alba, "carmen@example.com"), reader(alba, "nueva@example.com")
    from oportuno.kernel.facts import record
    from oportuno.kernel.ids import new_id

    with for_organisation(alba.organisation.pk):
        for day in range(1, 5):
            at = (SUNDAY - timedelta(days=day)).replace(hour=20)
            record(MailOpened(message=new_id(), frame=new_id(), machine=False, contact=carmen.pk, at=at))
            record(MailOpened(message=new_id(), frame=new_id(), machine=True, contact=carmen.pk, at=at.replace(hour=3)))
    campaign = written(alba)
    with for_organisation(alba.organisation.pk):
        schedule(campaign=campaign.pk, timing="best", by=alba.member, at=MONDAY)
    walked(alba, campaign)
    with for_organisation(alba.organisation.pk):
        due = {
            contact: at.astimezone(ZoneInfo(BOGOTA))
            for contact, at in Message.objects.exclude(frame=None).values_list("contact_id", "next_at")
        }
    assert due[carmen.pk].hour == 20
    assert due[nobody.pk] == MONDAY, "it is ten in the morning now"


@pytest.mark.django_db
def test_nine_oclock_in_three_zones_after_two_of_them_changed_their_clocks(alba) -> None:
    """Paris and London turn theirs on the night of 28 March 2027, Bogotá never does."""
    for name, country in (("bogota", "CO"), ("paris", "FR"), ("londres", "GB")):
        found = reader(alba, f"{name}@example.com")
        with for_organisation(alba.organisation.pk):
            Contact.objects.filter(pk=found.pk).update(country=country)
    friday = datetime(2027, 3, 26, 10, 0, tzinfo=ZoneInfo(BOGOTA))
    for day, hours in ((27, {"bogota": 14, "paris": 8, "londres": 9}), (29, {"bogota": 14, "paris": 7, "londres": 8})):
        when = datetime(2027, 3, day, 9, 0, tzinfo=ZoneInfo(BOGOTA))
        campaign = written(alba, at=friday)
        with for_organisation(alba.organisation.pk):
            done = schedule(campaign=campaign.pk, timing="zone", when=when, by=alba.member, at=friday)
        walked(alba, campaign, at=done.starts_at)
        with for_organisation(alba.organisation.pk):
            frames = CampaignFrame.objects.filter(campaign=campaign).values("frame_id")
            due = dict(Message.objects.filter(frame__in=frames).values_list("to_address", "next_at"))
        assert {address.partition("@")[0]: at.astimezone(UTC).hour for address, at in due.items()} == hours
        assert {at.astimezone(UTC).day for at in due.values()} == {day}


def test_an_hour_that_there_is_not_or_is_twice_comes_once() -> None:
    when = datetime(2027, 3, 28, 2, 30, tzinfo=ZoneInfo(BOGOTA))
    assert in_his_zone(when, BOGOTA, ZoneInfo("Europe/Paris")).astimezone(UTC) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo(BOGOTA))
    assert in_his_zone(twice, BOGOTA, ZoneInfo("Europe/Paris")).astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_sixty_an_hour_are_sixty_in_any_hour_that_goes_by(alba, catcher) -> None:
    """Handed over by the real lines, the clock standing at every fifth minute."""
    for number in range(150):
        reader(alba, f"r{number}@example.com")
    campaign = written(alba)
    with for_organisation(alba.organisation.pk):
        schedule(campaign=campaign.pk, per_hour=60, by=alba.member, at=MONDAY)
    walked(alba, campaign)
    with for_organisation(alba.organisation.pk):
        frame = CampaignFrame.objects.get(campaign=campaign).frame_id
    pool, sent = Pool(catcher.url), []
    for minute in range(0, 150, 5):
        sent.append(
            send_frame(
                Lease(0, 0, alba.organisation.pk, "messaging.post"),
                frame,
                pool=pool,
                log=lambda ids: None,
                at=MONDAY + timedelta(minutes=minute),
            )
        )
    pool.close()
    assert sum(sent) == len(catcher.mails()) == 150
    assert all(sum(sent[place : place + 12]) <= 60 for place in range(len(sent))), "in no hour more"
    assert sum(sent[:12]) == 60, "nor fewer than it may"


@pytest.mark.django_db
def test_where_a_day_begins_first_it_comes_at_its_hour_too(alba) -> None:
    """From Bogotá it is seventeen hours to Fiji, where nine o'clock comes first."""
    reader(alba, "fiji@example.com")
    with for_organisation(alba.organisation.pk):
        Contact.objects.update(country="FJ")
        found = written(alba)
        when = datetime(2026, 11, 25, 9, 0, tzinfo=ZoneInfo(BOGOTA))
        done = schedule(campaign=found.pk, timing="zone", when=when, by=alba.member, at=MONDAY)
    walked(alba, found, at=done.starts_at)
    with for_organisation(alba.organisation.pk):
        due = Message.objects.exclude(frame=None).get().next_at
    assert due.astimezone(ZoneInfo("Pacific/Fiji")) == datetime(2026, 11, 25, 9, 0, tzinfo=ZoneInfo("Pacific/Fiji"))
