"""Companies of Mexico and Ecuador apply with the numbers of their country, are asked for a better paper, and are approved."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from oportuno.doors.marketplace.testing import react
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.directory import api as directory
from oportuno.offer.directory.testing import PDF
from oportuno.people.organisations.testing import Actor, make_organisation, make_person
from tests.stories.conftest import PHONE, Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class Country(NamedTuple):
    code: str
    name: str
    locale: str
    home: str
    phone: str
    number: str
    called: str
    wrong: str
    right: str
    paper: str


MEXICO = Country("MX", "México", "es-MX", "MX-JAL", "55 1234 5678", "tax_mx", "RFC", "GODE561231GR9", "GODE-561231-GR8", "status_mx")
ECUADOR = Country("EC", "Ecuador", "es-CO", "EC-P", "099 123 4567", "tax_ec", "RUC", "1792060347001", "1792060346-001", "ruc_ec")
CASES = [pytest.param(MEXICO, id="Mexico"), pytest.param(ECUADOR, id="Ecuador")]


@pytest.mark.parametrize("country", CASES)
def test_it_is_asked_for_a_better_paper_and_then_approved(site: Site, country: Country) -> None:
    person = make_person("Itzel")
    itzel = Actor(person, make_organisation("Flores de Itzel", owner=person, country=country.code))
    hers, dario = site.signed_in(itzel, **PHONE), site.signed_in(site.market.dario)
    apply(hers, itzel, country)

    dario.goto(f"{site.market.dario.desk()}verificacion/")
    dario.get_by_role("link", name="Flores de Itzel").click()
    keep_test_order(dario)
    asked = [country.number, country.paper, "references", "test_order"]
    for key in asked:
        decide(dario, key, "changes" if key == country.paper else "approve")
    dario.get_by_role("button", name="Pedir cambios").click()
    expect(dario.get_by_text("El oferente ya tiene su respuesta")).to_be_visible()

    react("directory.write_letters")
    letter = site.mail(person.email)
    assert "Flores de Itzel" in letter["Subject"]
    hers.goto(f"{itzel.desk()}solicitud/")
    expect(hers.get_by_text("Falta la página dos.").first).to_be_visible()
    hers.goto(f"{itzel.desk()}solicitud/pruebas/")
    hand_paper(hers, country.paper, "completo.pdf")
    hers.goto(f"{itzel.desk()}solicitud/revision/")
    hers.get_by_role("button", name="Entregar").click()
    expect(hers.get_by_text("La tenemos nosotros")).to_be_visible()

    dario.goto(f"{site.market.dario.desk()}verificacion/")
    dario.get_by_role("link", name="Flores de Itzel").click()
    decide(dario, country.paper, "approve")
    dario.get_by_role("button", name="Aprobar al oferente").click()
    expect(dario.get_by_text("El oferente ya tiene su respuesta")).to_be_visible()
    with for_organisation(itzel.member.organisation.pk):
        assert directory.published_seller(itzel.member.organisation.slug).organisation_id == itzel.member.organisation.pk


def apply(hers: Page, itzel: Actor, country: Country) -> None:
    """From the first button to handing it in; a wrong number is said in a sentence and stays as it was typed."""
    hers.goto(f"{itzel.desk()}solicitud/")
    hers.get_by_role("button", name="Empezar la solicitud").click()
    hers.locator("select[name=home]").select_option(country.home)
    hers.locator("input[name=phone]").fill(country.phone)
    hers.get_by_role("button", name="Guardar y seguir").click()
    hers.get_by_label("Floristerías", exact=True).check()
    whole = hers.get_by_label(f"Todo {country.name}")
    if not whole.is_visible():
        hers.locator("main summary", has_text=country.name).click()
    whole.check()
    hers.get_by_role("button", name="Guardar y seguir").click()
    hers.locator("textarea[name=difference_es]").fill("Cortamos de madrugada y entregamos antes del mediodía.")
    hers.get_by_role("button", name="Guardar y seguir").click()
    number = hers.locator(f"#{country.number}")
    number.locator("input[name=words]").fill(country.wrong)
    number.get_by_role("button", name="Agregar").click()
    expect(hers.get_by_text(f"El dígito de verificación de este {country.called} no corresponde a los demás").first).to_be_visible()
    expect(number.locator("input[name=words]")).to_have_value(country.wrong)
    number.locator("input[name=words]").fill(country.right)
    number.get_by_role("button", name="Agregar").click()
    hand_paper(hers, country.paper, "primero.pdf")
    for n in range(3):
        customer = hers.locator("#references")
        customer.locator("input[name=name]").fill(f"Cliente {n}")
        customer.locator("input[name=phone]").fill(f"{country.phone[:-1]}{n}")
        customer.get_by_role("button", name="Agregar").click()
        expect(hers.locator("#references").get_by_text(f"Cliente {n}")).to_be_visible()
    hers.get_by_role("link", name="Seguir", exact=True).click()
    hers.get_by_label("Acepto la declaración").check()
    hers.get_by_role("button", name="Guardar y seguir").click()
    expect(hers.get_by_text("Todavía falta")).to_have_count(0)
    hers.get_by_role("button", name="Entregar").click()
    expect(hers.get_by_text("La tenemos nosotros")).to_be_visible()


def hand_paper(hers: Page, key: str, name: str) -> None:
    paper = hers.locator(f"#{key}")
    paper.locator("input[type=file]").set_input_files({"name": name, "mimeType": "application/pdf", "buffer": PDF})
    paper.get_by_role("button", name="Agregar").click()
    expect(hers.get_by_text(name)).to_be_visible()


def keep_test_order(dario: Page) -> None:
    order = dario.locator("#test_order")
    order.locator("textarea[name=words]").fill("Llegó completo y a tiempo.")
    order.get_by_role("button", name="Guardar la prueba").click()


def decide(dario: Page, key: str, verdict: str) -> None:
    one = dario.locator(f"#{key}")
    one.locator(f"input[name=verdict][value={verdict}]").check()
    one.locator("textarea[name=own]").fill("Falta la página dos." if verdict == "changes" else "Está en regla.")
    one.get_by_role("button", name="Decidir").click()
    expect(one.get_by_text("Falta la página dos." if verdict == "changes" else "Está en regla.").first).to_be_attached()
