"""A visitor with a phone answers a form in a seller's page, becomes a contact, and is asked less the next time."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from oportuno.kernel.clock import now
from oportuno.kernel.content import read
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites import api
from oportuno.offer.sites.testing import open_site
from tests.stories.conftest import PHONE, Site, link_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def page_with(site: Site, form: str) -> str:
    """Alba's page with her form in it."""
    alba = site.market.alba
    assert alba.organisation
    with for_organisation(alba.organisation.pk):
        entry = api.begin_entry(
            kind="page", title="Pide tu ramo", content=read({"blocks": [{"type": "form", "form": form}]}), by=alba.member, at=now()
        )
        return f"/v/flores-de-alba/{api.publish_entry(entry=entry.pk, by=alba.member, at=now()).path}/"


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_it_carries_an_answer_from_a_phone_to_the_contact(site: Site) -> None:
    open_site(site.market.alba)
    desk = site.signed_in(site.market.alba)
    desk.goto("/desk/flores-de-alba/sitio/formularios/")
    desk.get_by_role("button", name="Haz el primero").click()
    desk.get_by_label("Nombre del formulario").fill("Pide tu ramo")
    desk.get_by_label("Añade una pregunta").select_option("date")
    desk.get_by_role("button", name="Agregar").click()
    expect(desk.get_by_text("Todavía sin guardar.")).to_be_visible()
    desk.get_by_label("Pregunta", exact=True).last.fill("¿Para qué día?")
    desk.get_by_role("button", name="Subir").last.click()
    expect(desk.get_by_label("Pregunta", exact=True).nth(2)).to_have_value("¿Para qué día?")
    desk.get_by_label("Alba · alba@example.com").check()
    desk.get_by_role("button", name="Guardar y abrir").click()
    expect(desk.get_by_text("Ya lo puede responder cualquiera.")).to_be_visible()

    carmen = site.visitor(**PHONE)
    wrong: list[str] = []
    carmen.on("pageerror", lambda error: wrong.append(str(error)))
    carmen.goto(page_with(site, desk.url.rstrip("/").rpartition("/")[2]))
    assert fits(carmen)
    carmen.get_by_label("¿Cómo te llamas?").fill("Carmen")
    carmen.get_by_label("Tu correo").fill("carmen@")
    carmen.get_by_label("¿Para qué día?").fill("2026-12-24")
    carmen.get_by_label("¿Cómo te podemos ayudar?").fill("Rosas rojas, muchas.")
    carmen.locator("input[name=agrees]").check()
    carmen.locator("form[data-site-form]").evaluate("form => { form.noValidate = true; }")
    carmen.get_by_role("button", name="Enviar").click()
    expect(carmen.get_by_text("Revisa la dirección")).to_be_visible()
    expect(carmen.get_by_label("¿Cómo te podemos ayudar?")).to_have_value("Rosas rojas, muchas.")
    assert fits(carmen)
    carmen.get_by_label("Tu correo").fill("carmen@example.com")
    carmen.get_by_role("button", name="Enviar").click()
    expect(carmen.get_by_role("status")).to_contain_text("Gracias")
    assert wrong == []

    told = site.mail("alba@example.com")
    assert told["Subject"] == "Alguien respondió «Pide tu ramo»"
    assert "Rosas rojas" not in told.as_string()
    desk.goto(link_in(told, "/respuestas/"))
    expect(desk.get_by_text("Rosas rojas, muchas.")).to_be_visible()
    desk.get_by_role("link", name="Carmen").click()
    expect(desk.get_by_text("Respondió el formulario «Pide tu ramo»").first).to_be_visible()
