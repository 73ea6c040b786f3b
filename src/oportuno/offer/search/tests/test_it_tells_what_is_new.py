"""Searches that are kept, and the mail when there is something new."""

from __future__ import annotations

import pytest
from django.db import transaction

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market, for_person
from oportuno.offer.search.actions.saved import tell_new
from oportuno.offer.search.api import learn, put, saved_searches
from oportuno.offer.search.models import SavedSearch
from oportuno.offer.search.tests.cast import market, product
from oportuno.people.messaging.api import Message
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waiting(carmen: Actor, dario: Actor) -> Actor:
    """Carmen waits for tulips; nobody sells them yet."""
    put(market())
    learn(anew=True)
    answer = carmen.post("/mi-cuenta/busquedas/nueva/", {"question": "q=tulipanes&kind=product", "name": "Tulipanes"})
    assert answer.status_code == 302
    return carmen


def tell() -> None:
    with for_market("test"):
        tell_new(at=now())


def letters() -> list[str]:
    with for_market("test"):
        return list(Message.objects.values_list("to_address", "text").order_by("created_at").values_list("text", flat=True))


def test_it_writes_once_when_somebody_offers_what_she_waits_for(waiting: Actor) -> None:
    tell()
    assert letters() == []
    put([product("tulipan", "Tulipán holandés"), product("lirio", "Lirio blanco")])
    tell()
    tell()
    assert len(letters()) == 1
    assert "Tulipán holandés" in letters()[0]
    assert "Lirio" not in letters()[0]


def test_it_does_not_write_about_what_was_only_changed(waiting: Actor) -> None:
    put([product("tulipan", "Tulipán holandés")])
    tell()
    put([product("tulipan", "Tulipán holandés doble")])
    tell()
    assert len(letters()) == 1


def test_she_sees_and_ends_her_own_and_nobody_elses(waiting: Actor, gala: Actor) -> None:
    with for_person(waiting.person.pk):
        (saved,) = saved_searches(waiting.person.pk)
    assert "Tulipanes" in waiting.get("/mi-cuenta/busquedas/").content.decode()
    assert "Tulipanes" not in gala.get("/mi-cuenta/busquedas/").content.decode()
    assert gala.post(f"/mi-cuenta/busquedas/{saved.pk}/fin/").status_code == 404
    waiting.post(f"/mi-cuenta/busquedas/{saved.pk}/fin/")
    with transaction.atomic(), for_market("test"):
        assert not SavedSearch.objects.exists()


def test_it_keeps_a_search_once_and_an_empty_one_not_at_all(waiting: Actor) -> None:
    waiting.post("/mi-cuenta/busquedas/nueva/", {"question": "kind=product&q=tulipanes", "name": "Otra vez"})
    assert waiting.post("/mi-cuenta/busquedas/nueva/", {"question": "sort=price", "name": "Nada"}).status_code == 422
    with for_person(waiting.person.pk):
        assert len(saved_searches(waiting.person.pk)) == 1


def test_it_asks_a_stranger_to_sign_in_first(stranger: object, dario: Actor) -> None:
    assert stranger.get("/mi-cuenta/busquedas/nueva/?q=rosas").status_code == 302
