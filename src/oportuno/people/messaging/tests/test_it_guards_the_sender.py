"""A bad bulletin stands still before it burns the sender's name (A1, T19); caps of a day and of a person; a name that warms up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_organisation
from oportuno.people.messaging.actions.guarding import go_on, watch
from oportuno.people.messaging.actions.intake import take_mail
from oportuno.people.messaging.api import MailFrame, Message, State, figures_of, post_many, stop
from oportuno.people.messaging.models import SendingIdentity, SendingRules
from oportuno.people.messaging.queries.envelopes import bounces_to
from oportuno.people.messaging.rules.frequency import Frequency, next_chance
from oportuno.people.messaging.rules.guards import alarm
from oportuno.people.messaging.rules.warming import STEPS, warm_cap
from oportuno.people.messaging.testing import bounce_of, complaint_about
from oportuno.people.messaging.tests.test_it_posts_bulletins import MONDAY, bulletin, readers, send, sink, states

__all__ = ["sink"]
pytestmark = pytest.mark.django_db


def mails_of(actor: Any, frame: MailFrame) -> list[Message]:
    with for_organisation(actor.organisation.pk):
        return list(Message.objects.filter(frame=frame, state=State.SENT).order_by("pk"))


def complain(mail: Message) -> None:
    assert take_mail(complaint_about(f"<{mail.pk}@localhost>"), at=MONDAY)


def bounce(mail: Message) -> None:
    to = bounces_to(mail.pk)
    assert take_mail(bounce_of(mail.to_address, to=to, about=str(mail.pk)), recipients=[to], at=MONDAY)


def test_one_complaint_among_hundreds_stops_it_at_once_and_nobody_else(alba, gala, sink) -> None:
    url = sink.start()
    frame = bulletin(alba, readers(alba, 230))
    theirs = bulletin(gala, readers(gala, 3, lambda n: f"g{n}@example.com"))
    assert send(alba, frame, url) == 230
    with for_organisation(alba.organisation.pk):
        post_many(frame, readers(alba, 5, lambda n: f"later{n}@example.com"), at=MONDAY)
    complain(mails_of(alba, frame)[0])
    with for_organisation(alba.organisation.pk):
        frame.refresh_from_db()
        assert (frame.stopped, frame.stopped_why) == (True, "complaints")
        with pytest.raises(NotFound):
            stop(frame.pk, stopped=False)
    assert send(alba, frame, url) == 0
    assert send(gala, theirs, url) == 3
    with for_organisation(alba.organisation.pk):
        assert figures_of([frame.pk]).complained == 1
        go_on(member=alba.member, frame=frame.pk, at=MONDAY)
    assert send(alba, frame, url) == 5
    assert states(alba) == {"sent": 235}


def test_many_addresses_that_do_not_exist_stop_it(alba, sink) -> None:
    url = sink.start()
    frame = bulletin(alba, readers(alba, 200))
    send(alba, frame, url)
    mails = mails_of(alba, frame)
    for mail in mails[:7]:
        bounce(mail)
    with for_organisation(alba.organisation.pk):
        assert not watch(frame.pk, MONDAY)
    bounce(mails[7])
    with for_organisation(alba.organisation.pk):
        assert watch(frame.pk, MONDAY)
        assert MailFrame.objects.get(pk=frame.pk).stopped_why == "bounces"
        found = figures_of([frame.pk])
        assert (found.bounced, found.delivered, found.hard) == (8, 192, 8)


def test_small_bulletins_count_together(alba, sink) -> None:
    url = sink.start()
    first, second = (bulletin(alba, readers(alba, 120, lambda n, k=k: f"{k}{n}@example.com")) for k in "ab")
    for frame in (first, second):
        send(alba, frame, url)
    complain(mails_of(alba, first)[0])
    third = bulletin(alba, readers(alba, 2, lambda n: f"c{n}@example.com"))
    assert send(alba, third, url) == 0
    with for_organisation(alba.organisation.pk):
        assert set(MailFrame.objects.values_list("stopped_why", flat=True)) == {"sender complaints"}
        go_on(member=alba.member, frame=third.pk, at=MONDAY + timedelta(seconds=1))
        assert not MailFrame.objects.filter(stopped=True).exists()
    assert send(alba, third, url) == 2


def test_what_a_member_forgave_one_bulletin_counts_against_no_other(alba, sink) -> None:
    url = sink.start()
    first = bulletin(alba, readers(alba, 210))
    send(alba, first, url)
    complain(mails_of(alba, first)[0])
    second = bulletin(alba, readers(alba, 2, lambda n: f"d{n}@example.com"))
    with for_organisation(alba.organisation.pk):
        go_on(member=alba.member, frame=first.pk, at=MONDAY)
    assert send(alba, second, url) == 2


def test_what_calls_for_an_alarm() -> None:
    assert alarm({"sent": 199, "complained": 9}, {}) is None
    assert (found := alarm({"sent": 1000, "complained": 1}, {})) is not None
    assert (found.why, found.share) == ("complaints", 10)
    assert alarm({"sent": 1001, "complained": 1}, {}) is None
    assert alarm({"sent": 192, "failed": 8, "hard": 8}, {}).why == "bounces"
    assert alarm({"sent": 193, "failed": 7, "hard": 7}, {}) is None
    assert alarm({"sent": 400, "complained": 1}, {"sent": 230, "complained": 1}) is None


def test_a_day_has_room_for_so_many_and_the_rest_goes_tomorrow(alba, sink) -> None:
    url = sink.start()
    with for_organisation(alba.organisation.pk):
        SendingRules.objects.create(mails_a_day=40)
    frame = bulletin(alba, readers(alba, 60))
    assert send(alba, frame, url) == 40
    with for_organisation(alba.organisation.pk):
        assert MailFrame.objects.get(pk=frame.pk).waits_why == "daily cap"
    assert send(alba, frame, url, at=MONDAY + timedelta(hours=5)) == 0
    assert send(alba, frame, url, at=MONDAY + timedelta(days=1)) == 20
    with for_organisation(alba.organisation.pk):
        assert MailFrame.objects.get(pk=frame.pk).waits_why == ""


def test_a_new_name_sends_more_from_day_to_day(alba, sink) -> None:
    first = date(2026, 11, 1)
    caps = [warm_cap(first, first + timedelta(days=day)) for day in range(40)]
    assert caps[0] == caps[2] == STEPS[0]
    assert caps[:30] == sorted(caps[:30])
    assert set(caps[30:]) == {0}
    with for_organisation(alba.organisation.pk):
        SendingIdentity.objects.create(
            address="a@flores.example", domain="flores.example", selector="s", sealed_key="", created_at=MONDAY, warm_from=MONDAY
        )
    frame = bulletin(alba, readers(alba, 230))
    assert send(alba, frame, sink.start()) == 200
    with for_organisation(alba.organisation.pk):
        assert MailFrame.objects.get(pk=frame.pk).waits_why == "warm-up"


def test_nobody_gets_more_of_it_than_was_decided(alba, sink) -> None:
    url, to = sink.start(), None
    with for_organisation(alba.organisation.pk):
        SendingRules.objects.create(mails_to_one_a_day=1, mails_to_one_a_week=2)
    to = readers(alba, 3)
    first, second, third = (bulletin(alba, to) for _ in range(3))
    assert send(alba, first, url) == 3
    send(alba, second, url)
    assert states(alba) == {"sent": 3, "queued": 6}
    tuesday = MONDAY + timedelta(days=1)
    send(alba, second, url, at=tuesday)
    send(alba, third, url, at=tuesday + timedelta(days=1))
    assert states(alba) == {"sent": 6, "queued": 3}
    send(alba, third, url, at=MONDAY + timedelta(days=7))
    assert states(alba) == {"sent": 9}


def test_when_there_is_room_for_one_more() -> None:
    at, day = MONDAY, timedelta(days=1)
    midnight = at.replace(hour=0)
    had = [("email", at - timedelta(hours=2))]
    assert next_chance(had, "email", at, Frequency()) == at
    assert next_chance(had, "email", at, Frequency(a_day=1)) == midnight + day
    assert next_chance(had, "email", at, Frequency(a_day=2)) == at
    assert next_chance(had, "email", at, Frequency(a_week=1)) == midnight + 7 * day
    assert next_chance(had, "sms", at, Frequency(one_channel=True)) == midnight + 7 * day
    assert next_chance(had, "email", at, Frequency(one_channel=True)) == at
    assert next_chance([("sms", at - 3 * day)], "email", at, Frequency(a_week=1, one_channel=True)) == at, "that was last week"
