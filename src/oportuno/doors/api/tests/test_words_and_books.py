"""Programs read the glossary and the books, and propose words."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from oportuno.doors.api.tests.conftest import Program
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.directory.testing import make_seller
from oportuno.offer.ebooks import api as ebooks
from oportuno.offer.glossary.testing import make_term
from oportuno.offer.knowledge.testing import show_article
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
PROPOSAL = {"names": {"es": "bisel"}, "lines": {"es": "Corte inclinado."}, "note": "Lo preguntan."}


def ask(path: str) -> tuple[int, Any]:
    answer = Client().get(f"/api/v1/{path}")
    return answer.status_code, json.loads(answer.content)


def test_it_lists_and_reads_terms(dario: Actor) -> None:
    for name in ("abono", "bisel", "clavel"):
        make_term(dario, name, f"Qué es {name}.", name_en=f"{name} en", line_en="What it is.")
    make_term(dario, "secreto", published=False)
    status, first = ask("glossary?limit=2")
    assert (status, [one["slug"] for one in first["terms"]]) == (200, ["abono", "bisel"])
    assert [one["slug"] for one in ask(f"glossary?limit=2&after={first['next']}")[1]["terms"]] == ["clavel"]
    assert [one["url"] for one in ask("glossary?q=clav&language=en")[1]["terms"]] == ["/en/glosario/clavel/"]
    assert ask("glossary/bisel")[1]["names"] == {"es": "bisel", "en": "bisel en"}
    assert ask("glossary/secreto")[0] == 404
    assert ask("glossary?after=nada")[0] == 422


def test_a_program_proposes_a_word_with_the_right_scope(alba: Actor, dario: Actor, flores: object, program: Callable[..., Program]) -> None:
    make_seller(alba, dario)
    mine = program(alba)
    answer = mine.ask("POST", "glossary-proposals", PROPOSAL)
    assert answer.status_code == 201
    assert json.loads(answer.content)["state"] == "waiting"
    assert [one["name"] for one in mine.get("glossary-proposals")["proposals"]] == ["bisel"]
    assert program(alba, "content:read").ask("POST", "glossary-proposals", PROPOSAL).status_code == 403
    assert mine.ask("POST", "glossary-proposals", {**PROPOSAL, "lines": {}}).status_code == 422
    assert mine.ask("POST", "glossary-proposals", {**PROPOSAL, "about": "no-hay"}).status_code == 404
    assert ask("glossary")[1]["terms"] == []


def test_it_lists_books_that_may_be_taken(dario: Actor, flores: object) -> None:
    article = show_article(slug="agua", seller=dario.member.organisation.slug, title={"es": "El agua"}, body={"es": "Bebe."}, at=now())
    organisation = dario.member.organisation.pk
    with for_organisation(organisation):
        choice = ebooks.Choice("Flores", articles=[article.number or 0])
        book = ebooks.keep_book(choice=choice, by=dario.member, at=now())
        edition = ebooks.ask_edition(slug=book.slug, by=dario.member, at=now())
    assert ask("ebooks/flores")[0] == 404
    assert ebooks.make_edition(edition=edition.pk, step=lambda: for_organisation(organisation), now=now)
    with for_organisation(organisation):
        ebooks.show_book(slug=book.slug, shown=True, by=dario.member, at=now())
    (told,) = ask("ebooks")[1]["books"]
    assert (told["slug"], told["edition"], told["behind"], told["chapters"][0]["title"]) == ("flores", 1, False, "El agua")
    assert told["file"].endswith("/libros/flores/1.pdf")
    assert ask("ebooks?language=en")[1]["books"] == []
    assert ask("ebooks/flores")[1] == told
