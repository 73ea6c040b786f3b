"""Programs read and cite the knowledge centre, and hand in what a seller knows."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from oportuno.doors.api.tests.conftest import Program
from oportuno.kernel.clock import now
from oportuno.offer.directory.testing import make_seller
from oportuno.offer.knowledge.testing import DOORN, show_article, subject
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
BODY = {
    "kind": "article",
    "texts": {"es": {"title": "Rosas", "summary": "De rosas.", "document": {"blocks": [{"type": "text", "text": "Hola [@d]."}]}}},
}


def ask(path: str, **headers: str) -> tuple[int, Any]:
    answer = Client().get(f"/api/v1/{path}", headers=headers)
    return answer.status_code, json.loads(answer.content)


@pytest.fixture
def number(dario: Actor) -> int:
    one = show_article(
        slug="agua", seller=dario.member.organisation.slug, title={"es": "El agua", "en": "Water"}, body={"es": "Bebe [@doorn2012].", "en": "Drinks."},
        references=[DOORN], at=now(),
    )  # fmt: skip
    return one.number or 0


def test_it_lists_and_reads_what_is_on_show(number: int, dario: Actor) -> None:
    for title in range(3):
        show_article(
            slug=f"caso-{title}",
            kind="case",
            seller=dario.member.organisation.slug,
            title={"es": f"Caso {title}"},
            body={"es": "Así."},
            at=now(),
        )
    status, found = ask("knowledge?limit=2")
    assert status == 200
    seen = [one["title"] for one in found["articles"]]
    status, rest = ask(f"knowledge?limit=2&after={found['next']}")
    assert {*seen, *(one["title"] for one in rest["articles"])} == {"El agua", "Caso 0", "Caso 1", "Caso 2"}
    assert rest["next"] is None
    assert [one["title"] for one in ask("knowledge?kind=article")[1]["articles"]] == ["El agua"]
    status, whole = ask(f"knowledge/{number}")
    assert (whole["language"], whole["references"][0]["id"], whole["versions"][0]["number"]) == ("es", "doorn2012", 1)
    assert 'href="#fuente-1"' in whole["html"]
    assert ask(f"knowledge/{number}?language=en")[1]["title"] == "Water"
    assert ask(f"knowledge/{number}", accept_language="en")[1]["title"] == "Water"
    assert ask(f"knowledge/{number}?version=2")[0] == 404
    assert ask("knowledge/99999999999999999999")[0] == 404


def test_it_cites(number: int) -> None:
    assert ask(f"knowledge/{number}/citation")[1]["text"].startswith("@misc{")
    assert ask(f"knowledge/{number}/citation?format=ris")[1]["text"].startswith("TY  - ELEC")
    assert json.loads(ask(f"knowledge/{number}/citation?format=csl")[1]["text"])[0]["type"] == "webpage"
    assert f"/conocimiento/{number}-agua/versiones/1/" in ask(f"knowledge/{number}/citation?format=apa")[1]["text"]
    assert ask(f"knowledge/{number}/citation?format=pdf")[0] == 422


@pytest.mark.usefixtures("flores")
def test_a_program_hands_in_what_its_seller_knows(alba: Actor, dario: Actor, program: Callable[..., Program]) -> None:
    make_seller(alba, dario)
    subject()
    pen = program(alba)
    answer = pen.ask("POST", "contributions", BODY)
    assert answer.status_code == 201, answer.content
    made = json.loads(answer.content)
    assert len(made["missing"]) == 2
    path = f"contributions/{made['id']}"
    refused = pen.ask("POST", f"{path}/handing-in", {})
    assert refused.status_code == 422
    more = {"categories": ["poscosecha"], "references": [{"id": "d", "type": "book", "title": "Doorn"}]}
    assert json.loads(pen.ask("PUT", path, more).content)["missing"] == []
    handed = json.loads(pen.ask("POST", f"{path}/handing-in", {"note": "Para ustedes"}).content)
    assert (handed["review"], handed["story"][0]["text"]) == ("waiting", "Para ustedes")
    assert pen.ask("PUT", path, more).status_code == 409
    assert ask("knowledge")[1]["articles"] == []
    assert pen.ask("DELETE", f"{path}/handing-in").status_code == 204
    pen.ask("POST", f"{path}/handing-in", {})
    assert [(one["title"], one["review"]) for one in pen.get("contributions")["contributions"]] == [("Rosas", "waiting")]


def test_a_key_without_the_scope_or_of_another_does_nothing(alba: Actor, gala: Actor, program: Callable[..., Program]) -> None:
    assert program(alba, "catalogue:read").ask("POST", "contributions", BODY).status_code == 403
    made = json.loads(program(alba).ask("POST", "contributions", BODY).content)
    for method, path, body in (("GET", "", None), ("PUT", "", {}), ("POST", "/handing-in", {}), ("DELETE", "/handing-in", None)):
        assert program(gala).ask(method, f"contributions/{made['id']}{path}", body).status_code == 404, (method, path)
    assert program(gala).get("contributions")["contributions"] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"texts": {"es": {"document": {"blocks": "x"}}}},
        {"texts": {"es": {"document": {"blocks": [{"type": "nothing"}]}}}},
        {"texts": {"fr": {}}},
        {"references": [{"id": "x"}]},
        {"references": [{"title": "T", "URL": "javascript:1"}]},
        {"categories": ["no-hay-tal"]},
        {"authors": [{"family": "A", "orcid": "1"}]},
        {"nothing": 1},
    ],
)
def test_what_it_cannot_take_it_refuses_whole(wrong: dict[str, Any], alba: Actor, program: Callable[..., Program]) -> None:
    pen = program(alba)
    made = json.loads(pen.ask("POST", "contributions", BODY).content)
    assert pen.ask("PUT", f"contributions/{made['id']}", {"news": "x", **wrong}).status_code == 422
    assert pen.get(f"contributions/{made['id']}")["news"] == ""
