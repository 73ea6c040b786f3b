"""A blog that falls silent: its team hears of it once, and again after it has spoken."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.offer.sites import api
from oportuno.offer.sites.api import voices
from oportuno.offer.sites.models import Site
from oportuno.offer.sites.testing import open_site, write
from oportuno.people.messaging.api import Message
from oportuno.people.messaging.testing import all_messages
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
BEGAN = datetime.fromisoformat("2026-01-05T12:00:00+00:00")


def own(actor: Actor) -> int:
    assert actor.organisation
    return int(actor.organisation.pk)


def hear(at: datetime) -> None:
    with for_market("a test is the clock"):
        while voices.hear_silence(at=at):
            pass


def told() -> list[Message]:
    return [one for one in all_messages() if one.template == "sites/mail/silence.txt"]


def todo(actor: Actor, at: datetime) -> list[str]:
    with for_organisation(own(actor)):
        return [str(one.label) for one in voices.tasks(actor.member, at)]


def test_the_team_hears_once_of_each_silence(felix: Actor) -> None:
    open_site(felix, at=BEGAN)
    write(felix.member, "Una", at=BEGAN)
    hear(BEGAN + timedelta(days=29))
    assert told() == []
    assert todo(felix, BEGAN + timedelta(days=29)) == []
    hear(BEGAN + timedelta(days=31))
    hear(BEGAN + timedelta(days=45))
    assert [one.to_address for one in told()] == [felix.person.email]
    assert "31" in told()[0].subject
    assert len(todo(felix, BEGAN + timedelta(days=45))) == 1
    write(felix.member, "Otra", at=BEGAN + timedelta(days=50))
    assert todo(felix, BEGAN + timedelta(days=51)) == []
    hear(BEGAN + timedelta(days=79))
    assert len(told()) == 1
    hear(BEGAN + timedelta(days=81))
    assert len(told()) == 2


def test_a_blog_that_never_spoke_is_silent_since_it_opened(felix: Actor) -> None:
    open_site(felix, at=BEGAN)
    hear(BEGAN + timedelta(days=31))
    assert len(told()) == 1


def test_its_owner_says_how_long_is_too_long_or_that_it_is_all_the_same(felix: Actor) -> None:
    open_site(felix, at=BEGAN)
    write(felix.member, "Una", at=BEGAN)
    with for_organisation(own(felix)):
        api.change_site(cadence_days=7, by=felix.member, at=now())
    hear(BEGAN + timedelta(days=8))
    assert len(told()) == 1
    with for_organisation(own(felix)):
        api.change_site(cadence_days=0, by=felix.member, at=now())
        Site.objects.update(silence_told_at=None)
    hear(BEGAN + timedelta(days=400))
    assert len(told()) == 1


def test_a_closed_site_is_not_missed(felix: Actor, alba: Actor) -> None:
    open_site(felix, at=BEGAN)
    open_site(alba, at=BEGAN)  # a seller who is not approved: nobody could read it
    with for_organisation(own(felix)):
        api.close_site(by=felix.member, at=BEGAN)
    hear(BEGAN + timedelta(days=100))
    assert told() == []
