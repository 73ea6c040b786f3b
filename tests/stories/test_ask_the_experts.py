"""A visitor asks all experts on a phone, the market decides, a seller's expert answers, and the visitor says that it helped."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from oportuno.kernel.clock import now
from oportuno.kernel.facts.loop import read_all
from oportuno.offer.experts.testing import make_expert
from tests.stories.conftest import PHONE, Site, in_a_thread, link_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
QUESTION = "¿Cómo se conservan los girasoles cortados una semana?"
ANSWER = "Poca agua, cuatro dedos, y cámbiala todos los días: el girasol bebe mucho."


def test_it_carries_a_question_to_the_experts_and_the_best_answer_back(site: Site) -> None:
    alba, dario = site.market.alba, site.market.dario
    in_a_thread(lambda: make_expert(alba, "Julián Rojas", operator=dario))
    carmen = site.visitor(**PHONE)
    carmen.goto("/preguntas/nueva/")
    carmen.get_by_role("combobox", name="Tu pregunta").fill(QUESTION)
    carmen.get_by_label("¿De qué campo es?").select_option("floristerias")
    carmen.get_by_label("Tu correo (nadie lo ve)").fill("carmen@example.com")
    carmen.locator("input[name=agrees]").check()
    carmen.get_by_role("button", name="Enviar mi pregunta").click()
    expect(carmen.get_by_role("heading", level=1)).to_have_text("Mira tu correo")
    carmen.goto(link_in(site.mail("carmen@example.com")))
    carmen.get_by_role("button", name="Confirmar").click()
    expect(carmen.get_by_text("tiene tu pregunta")).to_be_visible()
    in_a_thread(lambda: read_all(now))

    staff = site.signed_in(dario)
    staff.goto(dario.desk("preguntas-publicas/"))
    staff.get_by_role("link", name=QUESTION).click()
    staff.get_by_role("button", name="Mostrar").click()
    expect(staff.get_by_text("Decidido")).to_be_visible()

    told = site.mail("alba@example.com")
    assert QUESTION in told["Subject"]
    seller = site.signed_in(alba)
    seller.goto(link_in(told, "/preguntas-del-mercado/"))
    seller.get_by_role("button", name="Responder").click()
    seller.locator(".ProseMirror").click()
    seller.keyboard.type(ANSWER)
    seller.get_by_role("button", name="Entregar").click()
    expect(seller.get_by_text("Entregada")).to_be_visible()

    staff.goto(dario.desk("revision-de-expertos/"))
    staff.get_by_role("link", name=QUESTION).click()
    expect(staff.get_by_text(ANSWER)).to_be_visible()
    staff.get_by_role("button", name="Aprobar y mostrar").click()
    expect(staff.get_by_text("Decidido")).to_be_visible()

    carmen.goto(link_in(site.mail("carmen@example.com"), "/preguntas/mia/"))
    carmen.get_by_role("button", name="Esta la resolvió").click()
    expect(carmen.get_by_text("los lectores ven que esta respuesta la resolvió")).to_be_visible()
    reader = site.visitor(**PHONE)
    reader.goto("/preguntas/")
    reader.get_by_role("link", name=QUESTION).click()
    expect(reader.get_by_text(ANSWER)).to_be_visible()
    expect(reader.get_by_text("Esta la resolvió")).to_be_visible()
    reader.get_by_role("button", name="Sí", exact=True).click()
    expect(reader.get_by_text("tu voto cuenta")).to_be_visible()
    reader.get_by_role("link", name="Julián Rojas").first.click()
    expect(reader.get_by_role("heading", name="Por qué creerle")).to_be_visible()
    assert reader.evaluate("document.documentElement.scrollWidth") <= 390
