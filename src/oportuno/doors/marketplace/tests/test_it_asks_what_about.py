"""The market's own readers choose what its bulletin is about, by the link in any mail of it."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.test import Client

from oportuno.kernel import packs
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience.api import Agreed, give, standings_of
from oportuno.people.audience.testing import FORM, make_contact
from oportuno.people.messaging.api import wishes_for
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


def test_it_names_each_sector_and_keeps_what_is_chosen(dario: Actor, flores: packs.Pack, stranger: Client) -> None:
    here = dario.member.organisation
    reader = make_contact(here, "ana@example.com", "Ana")
    with for_organisation(here.pk):
        give(contact=reader, agreed=Agreed("bulletin"), circumstances=FORM, at=now())
    link = urlsplit(wishes_for(here.pk, reader.pk, "es-co")).path
    shown = stranger.get(link).content.decode()
    assert all(f"<span>{one.title.es}</span>" in shown for one in flores.sectors.sectors)
    sent = stranger.post(link, {"want": ["bulletin email"], "topic": ["floristerias", "no-such"], "pace": "all", "count": "yes"})
    assert sent.status_code == 302
    with for_organisation(here.pk):
        (standing,) = standings_of(reader)
        assert (standing.standing, list(standing.topics)) == ("given", ["floristerias"])
