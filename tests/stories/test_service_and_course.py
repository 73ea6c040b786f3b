"""Alba offers a service and a course, by hand, on her phone; buyers find both, each in its own words."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from oportuno.doors.marketplace.testing import react, refresh
from tests.stories.conftest import PHONE, Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NEW = "/desk/flores-de-alba/productos/nuevo/"
FOUND = ("catalogue.feed_search",)


def test_it_asks_a_service_only_what_a_service_has_and_keeps_what_was_typed(site: Site) -> None:
    alba = site.signed_in(site.market.alba, **PHONE)
    alba.goto(NEW)
    expect(alba.locator("[name=gtin]")).to_be_visible()
    choose(alba, "Servicio")
    for name in ("gtin", "condition", "on_hand"):
        expect(alba.locator(f"[name={name}]")).to_be_hidden()
    alba.locator("[name=description_es]").fill("Dos floristas, cuatro horas, con transporte.")
    alba.locator("[name=sku]").fill("SERV-1")
    alba.locator("[name=price_amount]").fill("mucho")
    save(alba)
    for sentence in ("Escribe un título, en español o en inglés.", "Escribe el valor con los dígitos del 0 al 9"):
        expect(alba.get_by_text(sentence).first).to_be_visible()
    expect(alba.locator("[name=price_amount]")).to_have_value("mucho")
    expect(alba.locator("[name=description_es]")).to_have_value("Dos floristas, cuatro horas, con transporte.")
    expect(alba.locator("[name=kind][value=service]")).to_be_checked()
    alba.locator("[name=title_es]").fill("Decoración de capillas ardientes")
    alba.locator("[name=price_amount]").fill("90.000")
    alba.locator("[name=unit]").fill("jornada de 4 horas")
    alba.locator("[name=quote_only]").check()
    save(alba)
    expect(alba.get_by_text("Arriba hay un precio: quítalo, o quita esta marca.").first).to_be_visible()
    alba.locator("[name=price_amount]").fill("")
    save(alba)
    expect(alba.get_by_role("heading", name="Decoración de capillas ardientes", level=1)).to_be_visible()
    carmen = found(site, "capillas ardientes", "Decoración de capillas ardientes")
    for words in ("Servicio", "Con cita", "Pedir cotización"):
        expect(carmen.get_by_text(words).first).to_be_visible()


def test_it_sells_the_places_of_a_course(site: Site) -> None:
    alba = site.signed_in(site.market.alba, **PHONE)
    alba.goto(NEW)
    alba.locator("[name=title_es]").fill("Taller de ikebana para principiantes")
    alba.locator("[name=title_en]").fill("Ikebana workshop for beginners")
    choose(alba, "Curso")
    expect(alba.locator("[name=condition]")).to_be_hidden()
    alba.locator("[name=sku]").fill("CURSO-1")
    alba.locator("[name=price_amount]").fill("180.000")
    alba.locator("[name=on_hand]").fill("12")
    save(alba)
    expect(alba.get_by_role("heading", name="Taller de ikebana para principiantes", level=1)).to_be_visible()
    carmen = found(site, "ikebana", "Taller de ikebana para principiantes")
    for words in ("Curso", "Quedan 12 cupos", "180.000"):
        expect(carmen.get_by_text(words).first).to_be_visible()
    carmen.goto("/en" + carmen.url.removeprefix(site.url))
    for words in ("Ikebana workshop for beginners", "12 places left"):
        expect(carmen.get_by_text(words).first).to_be_visible()


def choose(page: Page, kind: str) -> None:
    page.get_by_role("radio", name=kind).check()


def save(page: Page) -> None:
    page.get_by_role("button", name="Guardar", exact=True).click()


def found(site: Site, words: str, title: str) -> Page:
    """A buyer's page of what she found by these words."""
    react(*FOUND)
    refresh(site.market)
    carmen = site.visitor()
    carmen.goto(f"/buscar/?q={words}")
    carmen.get_by_role("link", name=title).first.click()
    expect(carmen.get_by_role("heading", name=title, level=1)).to_be_visible()
    return carmen
