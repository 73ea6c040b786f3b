"""A seller writes an article with its sources on a phone, the market asks for a change and then takes it, and a reader checks and cites it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from oportuno.offer.knowledge.testing import subject
from tests.stories.conftest import PHONE, Site, link_in, watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TITLE = "Cuánta agua bebe una rosa cortada"
DESK = "/desk/flores-de-alba/conocimiento/"
BIBTEX = """@incollection{doorn2012,
  author = {van Doorn, Wouter G.}, title = {Water relations of cut flowers: an update},
  booktitle = {Horticultural Reviews}, year = {2012}, pages = {55--106}, publisher = {Wiley}}
@techreport{fao2009, author = {{FAO}}, title = {How to feed the world in 2050}, institution = {FAO}, year = {2009}}"""


def write(page: Page) -> None:
    """A whole article, as far as its writer can tell."""
    page.goto(DESK)
    page.get_by_role("button", name="Escribir un artículo").click()
    page.get_by_role("textbox", name="Título", exact=True).fill(TITLE)
    page.get_by_label("Resumen").fill("Se midió cuánta agua bebe una rosa en su primera semana.")
    page.get_by_role("textbox", name="Contenido").click()
    page.keyboard.type("La rosa bebe mucho [@doorn2012, p. 60]. Y más con calor [@doorn2012].")
    expect(page.get_by_text(re.compile("Guardado a las"))).to_be_visible()
    page.get_by_role("link", name="Pegar BibTeX, RIS o DOI").click()
    page.get_by_label("BibTeX, RIS, CSL-JSON o un DOI por línea").fill(BIBTEX)
    page.get_by_role("button", name="Traer").click()
    expect(page.locator(".source-list li")).to_have_count(2)
    page.get_by_label("Poscosecha").check()
    page.get_by_label("Apellidos").first.fill("Ríos")
    page.get_by_label("Nombres").first.fill("Alba")
    hand_in(page)


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="Enviar a revisión").click()
    expect(page.get_by_text("El equipo del mercado lo está leyendo")).to_be_visible()


def decide(page: Page, said: str, button: str) -> None:
    """The market's staff reads what waits and presses a button."""
    page.goto("/desk/el-mercado/revision-de-conocimiento/")
    page.get_by_role("link", name=TITLE).click()
    expect(page.locator(".prose")).to_contain_text("La rosa bebe mucho [1, p. 60]")
    page.get_by_label("Lo que quieres decir").fill(said)
    page.get_by_role("button", name=button).click()


def test_a_seller_writes_with_sources_is_reviewed_and_cited(site: Site, tmp_path: Path) -> None:
    subject()
    alba = site.signed_in(site.market.alba, **PHONE)
    wrong = watched(alba)
    write(alba)
    staff = site.signed_in(site.market.dario)
    decide(staff, "¿De qué rosa habla? Di la variedad.", "Pedir cambios")

    told = site.mail("alba@example.com")
    assert TITLE in told["Subject"]
    alba.goto(link_in(told, "/conocimiento/"))
    expect(alba.get_by_text("Di la variedad")).to_be_visible()
    alba.get_by_role("textbox", name="Contenido").click()
    alba.keyboard.press("Control+End")
    alba.keyboard.type(" Se midió en Freedom.")
    hand_in(alba)
    decide(staff, "", "Aprobar y publicar")
    alba.goto(link_in(site.mail("alba@example.com"), "/conocimiento/"))
    alba.get_by_role("textbox", name="Contenido").click()
    alba.keyboard.press("Control+End")
    alba.keyboard.type(" La segunda semana bebe la mitad.")
    alba.get_by_label("Qué cambia con esta versión").fill("La segunda semana.")
    hand_in(alba)
    decide(staff, "", "Aprobar y publicar")
    assert wrong == []

    reader = site.visitor(**PHONE)
    also_wrong = watched(reader)
    reader.goto("/conocimiento/")
    reader.get_by_role("link", name=TITLE).first.click()
    expect(reader.get_by_text("La segunda semana bebe la mitad.")).to_be_visible()
    reader.locator(".prose").get_by_role("link", name="1").first.click()
    expect(reader.locator("#fuente-1")).to_be_in_viewport()
    expect(reader.locator("#fuente-1")).to_contain_text("Water relations of cut flowers")
    reader.get_by_role("link", name="Volver a donde se cita la fuente 1, lugar 2").click()
    expect(reader.get_by_text("Y más con calor")).to_be_in_viewport()
    with reader.expect_download() as coming:
        reader.get_by_role("link", name="BibTeX").click()
    kept = tmp_path / "cita.bib"
    coming.value.save_as(kept)
    assert TITLE in kept.read_text()
    assert "Ríos, Alba" in kept.read_text()
    reader.get_by_role("link", name="Versión 1", exact=True).click()
    expect(reader.get_by_text("Una versión anterior")).to_be_visible()
    expect(reader.get_by_text("Se midió en Freedom.")).to_be_visible()
    expect(reader.get_by_text("La segunda semana bebe la mitad.")).to_have_count(0)
    assert reader.evaluate("document.documentElement.scrollWidth") <= 390
    assert also_wrong == []
