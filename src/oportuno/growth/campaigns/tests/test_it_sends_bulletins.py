"""A bulletin from the first word to the last figure: each reader once, lawfully, as one may stop it at any time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from oportuno.growth.campaigns.actions import controlling, scheduling, sending
from oportuno.growth.campaigns.actions.guarding import pause_guarded
from oportuno.growth.campaigns.actions.scheduling import schedule
from oportuno.growth.campaigns.actions.writing import write_version
from oportuno.growth.campaigns.models import Campaign, State
from oportuno.growth.campaigns.queries.figures import figures_of
from oportuno.growth.campaigns.testing import MONDAY, again, document, reader, walked, written
from oportuno.kernel.errors import Conflict, Refusal
from oportuno.kernel.isolation import for_organisation
from oportuno.people.messaging.api import Message
from oportuno.people.messaging.testing import printed

pytestmark = pytest.mark.django_db


def messages(actor: Any) -> list[Message]:
    with for_organisation(actor.organisation.pk):
        return list(Message.objects.exclude(frame=None).select_related("frame").order_by("to_address"))


def scheduled(actor: Any, campaign: Campaign, **how: Any) -> Campaign:
    with for_organisation(actor.organisation.pk):
        return schedule(campaign=campaign.pk, by=actor.member, at=how.pop("at", MONDAY), **how)


def test_everybody_who_agreed_gets_it_once_however_often_the_worker_begins(alba) -> None:
    for number in range(7):
        reader(alba, f"r{number}@example.com", f"Lectora {number}")
    reader(alba, "other@example.com", purpose="offers")
    found = scheduled(alba, written(alba))
    found = walked(alba, found)
    assert (found.state, found.phase, found.gathered) == ("sending", "done", 7)
    walked(alba, found)
    with for_organisation(alba.organisation.pk):
        Campaign.objects.filter(pk=found.pk).update(phase="rest", walk_part=0, walk_after=None)
    walked(alba, found)
    assert [one.to_address for one in messages(alba)] == [f"r{number}@example.com" for number in range(7)]
    assert {one.agreed_to for one in messages(alba)} == {"bulletin"}


def test_a_worker_that_dies_between_two_batches_goes_on_where_it_was(alba, monkeypatch) -> None:
    monkeypatch.setattr(sending, "BATCH", 2)
    for number in range(5):
        reader(alba, f"r{number}@example.com")
    found = scheduled(alba, written(alba))
    steps, post = [], sending._post

    def dies(*args: Any) -> None:
        steps.append(1)
        post(*args)
        if len(steps) == 2:
            raise ConnectionError("killed")

    monkeypatch.setattr(sending, "_post", dies)
    with pytest.raises(ConnectionError):
        walked(alba, found)
    assert len(messages(alba)) == 2
    monkeypatch.setattr(sending, "_post", post)
    assert walked(alba, found).gathered == 5
    assert len(messages(alba)) == 5


def test_the_figures_add_up_at_every_moment(alba) -> None:
    for number in range(4):
        reader(alba, f"r{number}@example.com")
    found = walked(alba, scheduled(alba, written(alba)))
    with for_organisation(alba.organisation.pk):
        ids = list(Message.objects.exclude(frame=None).values_list("pk", flat=True))
        for pk, state in zip(ids, ("sent", "failed", "suppressed"), strict=False):
            Message.objects.filter(pk=pk).update(state=state)
            now = figures_of(found)
            assert now.audience == 4 == now.sent + now.failed + now.suppressed + now.waiting
        assert (now.sent, now.failed, now.suppressed, now.waiting) == (1, 1, 1, 1)
        assert controlling.finish_done(MONDAY) == 0
        Message.objects.filter(pk=ids[3]).update(state="sent")
        assert controlling.finish_done(MONDAY) == 1
    assert again(alba, found.pk).state == "sent"


def test_paused_it_stands_still_and_what_was_due_later_is_due_later_by_the_pause(alba) -> None:
    for number in range(4):
        reader(alba, f"r{number}@example.com")
    found = walked(alba, scheduled(alba, written(alba), per_hour=1))
    due = [one.next_at for one in messages(alba)]
    assert [one - min(due) for one in sorted(due)] == [timedelta(hours=hour) for hour in range(4)]
    with for_organisation(alba.organisation.pk):
        controlling.pause(campaign=found.pk, by=alba.member, at=MONDAY + timedelta(minutes=30))
        assert {one.frame.stopped for one in messages(alba)} == {True}
        controlling.go_on(campaign=found.pk, by=alba.member, at=MONDAY + timedelta(minutes=90))
    later = sorted(one.next_at for one in messages(alba))
    assert [one - MONDAY for one in later] == [timedelta(0), timedelta(hours=2), timedelta(hours=3), timedelta(hours=4)]


def test_what_a_guard_halted_is_paused_with_its_reason_and_a_member_stands_for_its_going_on(alba) -> None:
    reader(alba, "a@example.com")
    found = walked(alba, scheduled(alba, written(alba)))
    with for_organisation(alba.organisation.pk):
        frame = messages(alba)[0].frame
        assert frame
        type(frame).objects.filter(pk=frame.pk).update(stopped=True, stopped_why="complaints")
        assert pause_guarded(MONDAY) == 1
    assert "spam" in alba.get(alba.desk(f"campanas/{found.pk}/")).content.decode()
    with for_organisation(alba.organisation.pk):
        controlling.go_on(campaign=found.pk, by=alba.member, at=MONDAY)
    assert [(one.frame.stopped, one.frame.stopped_why) for one in messages(alba)] == [(False, "")]
    assert again(alba, found.pk).state == "sending"


def test_what_somebody_got_stands_beside_him(alba, beto) -> None:
    carmen = reader(alba, "a@example.com")
    stranger = reader(alba, "b@example.com", purpose="offers")
    walked(alba, scheduled(alba, written(alba)))
    assert "Noviembre" in beto.get(beto.desk(f"contactos/{carmen.pk}/")).content.decode()
    assert "Noviembre" not in beto.get(beto.desk(f"contactos/{stranger.pk}/")).content.decode()


def test_called_off_nobody_who_waits_gets_it_and_the_figures_say_so(alba) -> None:
    reader(alba, "a@example.com")
    found = walked(alba, scheduled(alba, written(alba)))
    with for_organisation(alba.organisation.pk):
        controlling.call_off(campaign=found.pk, by=alba.member, at=MONDAY)
        assert {one.state for one in Message.objects.exclude(frame=None)} == {"suppressed"}
        assert figures_of(found).suppressed == 1
    assert again(alba, found.pk).state == "cancelled"
    with pytest.raises(Conflict), for_organisation(alba.organisation.pk):
        controlling.go_on(campaign=found.pk, by=alba.member, at=MONDAY)


def test_the_database_itself_lets_no_campaign_jump(alba) -> None:
    found = written(alba)
    with for_organisation(alba.organisation.pk):
        for state in (State.SENDING, State.SENT, State.PAUSED):
            with pytest.raises(IntegrityError), transaction.atomic():
                Campaign.objects.filter(pk=found.pk).update(state=state, started_at=MONDAY, ended_at=MONDAY, phase="done")
    assert again(alba, found.pk).state == "draft"


def test_at_its_hour_it_begins_by_itself_and_before_it_may_be_taken_back(alba) -> None:
    reader(alba, "a@example.com")
    when = MONDAY + timedelta(days=1)
    found = scheduled(alba, written(alba), timing="at", when=when)
    assert walked(alba, found).state == "scheduled"
    with for_organisation(alba.organisation.pk):
        scheduling.unschedule(campaign=found.pk, by=alba.member, at=MONDAY)
    assert walked(alba, found, at=when).state == "draft"
    found = scheduled(alba, found, timing="at", when=when)
    assert walked(alba, found, at=when).state == "sending"
    assert len(messages(alba)) == 1


def test_it_is_not_sent_before_it_is_mended(alba, gala) -> None:
    with pytest.raises(Refusal, match="nadie de esta audiencia"):
        scheduled(alba, written(alba))
    reader(alba, "a@example.com")
    with pytest.raises(Refusal, match="nadie_lo_sabe"):
        scheduled(alba, written(alba, "Hola {{ nadie_lo_sabe }}"))
    with pytest.raises(Refusal):
        scheduled(alba, written(alba, subject=""))
    assert messages(alba) == []


def test_two_hands_do_not_write_over_each_other(alba, beto) -> None:
    found = written(alba)
    with for_organisation(alba.organisation.pk):
        seen = again(alba, found.pk).revision
        write_version(campaign=found.pk, content=document("De Beto"), seen=seen, by=beto.member, at=MONDAY)
        write_version(campaign=found.pk, content=document("De Beto, sigue"), seen=seen, by=beto.member, at=MONDAY)
        with pytest.raises(Conflict):
            write_version(campaign=found.pk, content=document("De Alba"), seen=seen, by=alba.member, at=MONDAY)


def test_what_readers_are_called_is_no_code_and_no_tag(alba) -> None:
    """Threat T10: probes print as they stand."""
    probe = '{{ 7*7 }} {% load x %} ${7*7} <script>alert("x")</script>'
    reader(alba, "a@example.com", probe[:80])
    walked(alba, scheduled(alba, written(alba, "Hola {{ name }}, {{ 7*7 }} {% now %}")))
    with for_organisation(alba.organisation.pk):
        html = printed(messages(alba)[0]).get_body(("html",)).get_content()
    assert "{{ 7*7 }} {% load x %} ${7*7}" in html
    assert "<script>" not in html
    assert "{{ 7*7 }} {% now %}" in html
