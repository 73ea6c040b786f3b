"""A visitor asks, the seller's team is mailed, answers from the mail, and the visitor reads."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.stories.conftest import Site, link_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
QUESTION = "¿Las entregan el sábado antes de las nueve?"
ANSWER = "Sí: salen a las seis y llegan antes de las ocho."


def test_it_carries_a_question_to_the_seller_and_the_answer_back(site: Site) -> None:
    carmen = site.visitor()
    carmen.goto(site.market.product("ROSA-1"))
    carmen.locator("a[href*='/preguntar/']").first.click()
    carmen.get_by_label("Tu pregunta").fill(QUESTION)
    carmen.get_by_label("Tu nombre").fill("Carmen")
    carmen.get_by_label("Tu correo").fill("carmen@example.com")
    carmen.locator("input[name=agrees]").check()
    carmen.get_by_role("button", name="Enviar mi pregunta").click()
    expect(carmen.get_by_role("heading", level=1)).to_have_text("Mira tu correo")

    first = site.mail("carmen@example.com")
    assert QUESTION not in first.as_string()  # the first mail carries nothing that somebody typed
    assert not site.catcher.mails("alba@example.com")
    carmen.goto(link_in(first))
    expect(carmen.get_by_text(QUESTION)).to_be_visible()
    carmen.get_by_role("button", name="Confirmar").click()
    expect(carmen.get_by_text("Prometida para")).to_be_visible()

    told = site.mail("alba@example.com")
    assert told["Subject"] == "Carmen le pregunta a Flores de Alba"
    alba = site.signed_in(site.market.alba)
    alba.goto(link_in(told, "/preguntas/"))
    expect(alba.get_by_text(QUESTION)).to_be_visible()
    alba.get_by_label("Tu respuesta").fill(ANSWER)
    alba.get_by_role("button", name="Responder por correo").click()
    expect(alba.get_by_text(ANSWER).first).to_be_visible()

    answer = site.mail("carmen@example.com")
    assert answer["Subject"] == "Flores de Alba respondió tu pregunta"
    assert ANSWER in answer.get_body(("plain",)).get_content()


def test_it_answers_somebody_who_is_signed_in_without_a_detour(site: Site) -> None:
    gala = site.signed_in(site.market.gala)
    gala.goto("/v/flores-de-alba/preguntar/")
    gala.get_by_label("Tu pregunta").fill(QUESTION)
    gala.locator("input[name=agrees]").check()
    gala.get_by_role("button", name="Enviar mi pregunta").click()
    expect(gala.get_by_role("heading", level=1)).to_have_text("Mis preguntas")
    expect(gala.get_by_text(QUESTION)).to_be_visible()
    expect(gala.get_by_text("La respuesta está prometida:")).to_be_visible()
