"""What people look for, and what they look for in vain."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.facts import Recorded
from oportuno.kernel.facts.log import kind_number
from oportuno.kernel.isolation import for_market
from oportuno.offer.search.actions.demand import ASKED, count_demand
from oportuno.offer.search.api import Query, searched, suggest, unmet_questions
from oportuno.offer.search.models import SearchDemand
from oportuno.offer.search.rules.private import keepable
from oportuno.offer.search.tests.cast import ask
from oportuno.people.organisations.testing import Actor


def told(text: str, *, days_ago: float = 0, unmet: bool = True) -> Recorded:
    data = {"text": text, "language": "es", "results": 0 if unmet else 7, "unmet": unmet, "place": ""}
    return Recorded(1, 1, 1, "search.searched", None, None, None, None, now() - timedelta(days=days_ago), data)


@pytest.fixture
def asked_for_days(db: None) -> None:
    """Cempasúchil is looked for in vain on four days; roses are found; something private was typed once."""
    for day in (12, 8, 3, 0):
        count_demand(
            [told("¿Cempasúchil?", days_ago=day), told("cempasuchil", days_ago=day), told("rosas rojas", days_ago=day, unmet=False)]
        )
    count_demand([told("flores para Marta Pérez")])


@pytest.mark.django_db
def test_it_counts_the_same_question_once_however_it_is_typed(asked_for_days: None) -> None:
    one = SearchDemand.objects.get(text="cempasuchil")
    assert (one.times, one.unmet, one.askers) == (8, 8, 4)


@pytest.mark.django_db
def test_it_shows_the_public_only_what_was_asked_on_several_days(asked_for_days: None) -> None:
    assert [one.text for one in unmet_questions()] == ["cempasuchil"]
    assert [one.text for one in suggest("flores para m")] == []
    assert "rosas rojas" in [one.text for one in suggest("rosas r")]


@pytest.mark.parametrize("private", ["ana@example.com", "llame al 310 555 12 34", "1.020.333.444", "x" * 200, "🌹", ""])
def test_it_keeps_nothing_that_may_tell_who_asked(private: str) -> None:
    assert keepable(private) == ""


@pytest.mark.django_db
def test_it_tells_of_a_search_with_words_and_of_no_further_page(dario: Actor, shelf: None) -> None:
    answer = ask("dodecaedro")
    assert searched(Query(text="dodecaedro"), answer, at=now())
    assert not searched(Query(text="dodecaedro", after=20), answer, at=now())
    assert not searched(Query(text=""), answer, at=now())
    assert ASKED.flush() == 1
    assert ASKED.flush() == 0
    with for_market("a test"), connection.cursor() as cursor:
        cursor.execute("SELECT data->>'text' FROM fact WHERE kind_id = %s", [kind_number("search.searched")])
        assert cursor.fetchall() == [("dodecaedro",)]


@pytest.mark.django_db
def test_darío_sees_what_is_missing_and_marks_it_as_answered(dario: Actor, asked_for_days: None) -> None:
    page = dario.get(dario.desk("demanda/")).content.decode()
    assert ">cempasuchil</a>" in page
    assert "rosas rojas" not in page
    one = SearchDemand.objects.get(text="cempasuchil")
    dario.post(dario.desk(f"demanda/{one.pk}/respuesta/"))
    assert ">cempasuchil</a>" not in dario.get(dario.desk("demanda/")).content.decode()
    assert ">cempasuchil</a>" in dario.get(dario.desk("demanda/"), {"ver": "handled"}).content.decode()
    assert unmet_questions() == []


@pytest.mark.django_db
def test_alba_has_no_business_with_the_demand_of_the_market(alba: Actor, dario: Actor, asked_for_days: None) -> None:
    one = SearchDemand.objects.get(text="cempasuchil")
    assert alba.get(dario.desk("demanda/")).status_code == 404
    assert alba.post(alba.desk(f"demanda/{one.pk}/respuesta/")).status_code == 404
    one.refresh_from_db()
    assert one.handled_at is None


@pytest.mark.django_db
def test_anybody_gets_suggestions_while_typing(shelf: None, stranger: Client) -> None:
    lines = stranger.get("/buscar/sugerencias/", {"q": "peon"}).json()
    assert lines[0]["label"] == "Peonías rosadas"
    assert lines[0]["url"] == "/productos/peonias/"
    assert stranger.get("/buscar/sugerencias/", {"q": ""}).json() == []
