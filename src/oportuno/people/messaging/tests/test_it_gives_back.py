"""What did not go out: it counts against no cap, is not sent after all was called off, and asks the law again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from oportuno.kernel.isolation import for_organisation
from oportuno.people.messaging.actions import printing
from oportuno.people.messaging.api import cancel, stop
from oportuno.people.messaging.models import SendingRules
from oportuno.people.messaging.tests.test_it_posts_bulletins import MONDAY, bulletin, readers, send, sink, states

__all__ = ["sink"]
pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=20)


def test_mails_that_the_relay_did_not_take_leave_their_room_to_others(alba, sink) -> None:
    url = sink.start()
    with for_organisation(alba.organisation.pk):
        SendingRules.objects.create(mails_a_day=10)
    busy = bulletin(alba, readers(alba, 10, lambda n: f"r{n}@busy.test"))
    for minutes in (0, 20, 40):
        send(alba, busy, url, at=MONDAY + timedelta(minutes=minutes))
    fine = bulletin(alba, readers(alba, 10, lambda n: f"r{n}@example.com"))
    assert send(alba, fine, url, at=MONDAY + timedelta(hours=1)) == 10
    assert len(sink.taken()) == 10


@pytest.mark.parametrize("paused", [False, True])
def test_what_comes_back_from_the_relay_after_all_was_called_off_is_not_sent(alba, sink, monkeypatch, paused: bool) -> None:
    """The whole bulletin was in a worker's hands when its sender called it off."""
    url, frame = sink.start(), bulletin(alba, readers(alba, 5, lambda n: f"r{n}@busy.test"))
    printed = printing._printed

    def meanwhile(press: Any, rows: Any) -> Any:
        if paused:
            stop(frame.pk)
        cancel([frame.pk])
        return printed(press, rows)

    monkeypatch.setattr(printing, "_printed", lambda press, rows: within(alba, meanwhile, press, rows))
    send(alba, frame, url)
    monkeypatch.undo()
    assert states(alba) == {"queued": 5}
    sink.stop()
    send(alba, frame, sink.start(), at=MONDAY + LATER)
    assert states(alba) == {"suppressed": 5}


def within(actor: Any, act: Any, *asked: Any) -> Any:
    with for_organisation(actor.organisation.pk):
        return act(*asked)


def test_a_slow_relay_carries_nobody_past_the_hour_of_the_law(alba, sink, monkeypatch) -> None:
    monkeypatch.setattr(printing, "MOST_SECONDS", 0.0)
    monkeypatch.setattr(printing, "BATCH", 4)
    url, frame = sink.start(), bulletin(alba, readers(alba, 10))
    assert send(alba, frame, url) == 4
    assert send(alba, frame, url, at=MONDAY + timedelta(hours=12)) == 0
    assert states(alba) == {"sent": 4, "queued": 6}
