"""Programs read guides, ask what answers find, and hand in a seller's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from oportuno.doors.api.tests.conftest import Program
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market
from oportuno.kernel.testing.packs import known_pack
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.guides import api as guides
from oportuno.offer.guides.testing import ROSES, question, show_guide, write_guide
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def vertical(flores: object) -> None:
    with for_market("the vertical is the market's"):
        catalogue.install_pack(known_pack(), at=now())


def ask(path: str, **headers: str) -> tuple[int, Any]:
    answer = Client().get(f"/api/v1/{path}", headers=headers)
    return answer.status_code, json.loads(answer.content)


def test_it_lists_and_reads_guides_on_show(dario: Actor, vertical: None) -> None:
    for title in ("Qué rosa", "Qué clavel"):
        show_guide(dario, now(), title=title)
    write_guide(dario, now(), title="Borrador")
    status, first = ask("guides?limit=1")
    assert status == 200
    rest = ask(f"guides?limit=1&after={first['next']}")[1]
    assert [one["title"] for one in (*first["guides"], *rest["guides"])] == ["Qué clavel", "Qué rosa"]
    assert rest["next"] is None
    whole = ask("guides/que-rosa")[1]
    assert [one["key"] for one in whole["steps"]] == ["flor", "color", "precio"]
    assert whole["steps"][0]["options"][0]["source"] == {"title": "Libro de rosas", "address": ""}
    assert ask("guides/que-rosa", accept_language="en")[1]["title"] == "Qué rosa (en)"
    assert ask("guides/borrador")[0] == 404


def test_it_hands_in_a_guide_for_review(alba: Actor, gala: Actor, vertical: None, program: Callable[..., Program]) -> None:
    alba = program(alba)
    made = alba.ask("POST", "own-guides", {"title": {"es": "Mi guía"}, "content": ROSES})
    assert made.status_code == 201, made.content
    assert json.loads(made.content)["state"] == "waiting"
    assert [one["title"] for one in alba.get("own-guides")["guides"]] == ["Mi guía"]
    assert program(gala).get("own-guides")["guides"] == []
    assert ask("guides")[1]["guides"] == []


@pytest.mark.parametrize("content", [{"questions": 3}, {"questions": [question("a")]}, {"script": "x"}, {}])
def test_it_takes_nothing_that_is_not_whole(alba: Actor, vertical: None, program: Callable[..., Program], content: Any) -> None:
    refused = program(alba).ask("POST", "own-guides", {"title": {"es": "Mi guía"}, "content": content})
    assert refused.status_code == 422, refused.content
    with for_market("a test"):
        assert not guides.Guide.objects.exists()


def test_it_asks_for_the_scope(alba: Actor, vertical: None, program: Callable[..., Program]) -> None:
    reader = program(alba, "content:read")
    assert reader.ask("POST", "own-guides", {"title": {"es": "Mi guía"}, "content": ROSES}).status_code == 403
