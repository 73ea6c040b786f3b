"""A seller promises an answer in one place: the profile says it to everybody, questions are due by it."""

from __future__ import annotations

from datetime import UTC, datetime

from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.packs import Pack
from oportuno.offer.directory import api as directory
from oportuno.offer.directory.testing import fill_in
from oportuno.people.audience.api import hours_of
from oportuno.people.audience.testing import due_at, open_sellers, reminder_at
from oportuno.people.organisations.testing import Actor

__all__ = ["open_sellers"]
MONDAY = datetime(2026, 11, 23, 14, tzinfo=UTC)  # 9 in Bogotá


def test_it_is_the_same_in_the_profile_in_the_form_and_for_what_is_due(
    market: Pack, alba: Actor, stranger: Client, open_sellers: None
) -> None:
    assert alba.organisation
    fill_in(alba.member, now())  # 4 hours
    assert "4 horas" in stranger.get(f"/v/{alba.organisation.slug}/preguntar/").content.decode()

    hours = {"weekdays": ["0", "1"], "opens": "08:00", "closes": "18:00", "within_hours": "8"}
    assert alba.post(alba.desk("preguntas/horario/"), hours).status_code == 302

    assert "8 horas" in stranger.get(f"/v/{alba.organisation.slug}/preguntar/").content.decode()
    with for_organisation(alba.organisation.pk):
        assert directory.own_seller(alba.organisation.pk).answer_hours == 8
        assert due_at(MONDAY, hours_of(alba.organisation)) == MONDAY.replace(hour=22)
        assert reminder_at(MONDAY, hours_of(alba.organisation)) == MONDAY.replace(hour=20)
