"""A guide is made by pointing, says what it still lacks, and leads a buyer without JavaScript from questions to a document of what fits."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from oportuno.kernel.prints.testing import letters_in
from tests.stories.conftest import PHONE, Site, watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FLOWER, COLOUR = "¿Qué flor quieres?", "¿De qué color?"


def begin(page: Page) -> None:
    page.goto("/desk/el-mercado/guias/")
    page.get_by_role("link", name="Nueva guía").click()
    page.get_by_label("Título en español").fill("Qué flor para tu mesa")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Todavía no pregunta nada.")).to_be_visible()


def add_question(page: Page, ask: str, *, several: bool = False) -> None:
    page.get_by_role("link", name="Añade una pregunta").click()
    page.get_by_label("Pregunta en español").fill(ask)
    if several:
        page.get_by_label("Se puede elegir más de una respuesta").check()
    page.get_by_role("button", name="Guardar").click()


def add_answer(page: Page, ask: str, label: str, about: str = "", exactly: str = "") -> None:
    """From the question's page and back to it. One points at what the answer asks of a product, then at what exactly."""
    page.get_by_role("link", name="Agregar una respuesta").click()
    page.get_by_label("Respuesta en español").fill(label)
    page.get_by_role("button", name="Guardar").click()
    if about:
        page.get_by_label("Debe cumplir").select_option(label=about)
        page.get_by_role("button", name="Decir qué exactamente").click()
        which = page.get_by_label("Cuál")
        if about == "Categoría":
            which.select_option(label=exactly)
        else:
            page.get_by_label(exactly, exact=True).check()
        page.get_by_role("button", name="Pedir esto").click()
        expect(page.get_by_text(f"{about}: {exactly}")).to_be_visible()
    page.get_by_role("link", name=ask).click()


def make(page: Page) -> None:
    """The whole guide; what it lacks on the way is said."""
    begin(page)
    add_question(page, FLOWER)
    add_answer(page, FLOWER, "Rosas", "Categoría", "Rosas")
    page.get_by_role("link", name="La guía entera").click()
    expect(page.get_by_text("Una pregunta necesita al menos dos respuestas.")).to_be_visible()
    expect(page.get_by_role("button", name="Publicar")).to_have_count(0)
    page.get_by_role("link", name=FLOWER).click()
    add_answer(page, FLOWER, "La que dure más")
    page.get_by_role("link", name="La guía entera").click()
    add_question(page, COLOUR, several=True)
    for colour in ("Rojo", "Blanco"):
        add_answer(page, COLOUR, colour, "Color", colour)
    page.get_by_role("link", name="La guía entera").click()
    expect(page.get_by_text("Una pregunta necesita al menos dos respuestas.")).to_have_count(0)
    page.get_by_role("button", name="Publicar").click()
    expect(page.get_by_text("Ya está a la vista.")).to_be_visible()


def test_a_guide_is_made_by_pointing_and_leads_to_a_document(site: Site, tmp_path: Path) -> None:
    staff = site.signed_in(site.market.dario)
    wrong = watched(staff)
    make(staff)
    assert wrong == []

    buyer = site.visitor(**PHONE, java_script_enabled=False)
    buyer.goto("/guias/")
    buyer.get_by_role("link", name="Qué flor para tu mesa").click()
    buyer.get_by_role("button", name="Empezar").click()
    buyer.get_by_label("La que dure más").check()
    buyer.get_by_role("button", name="Seguir").click()
    expect(buyer.get_by_role("heading", level=1)).to_have_text(COLOUR)
    buyer.get_by_role("link", name="Atrás").click()
    expect(buyer.get_by_label("La que dure más")).to_be_checked()
    buyer.get_by_label("Rosas").check()
    buyer.get_by_role("button", name="Seguir").click()
    buyer.get_by_label("Rojo").check()
    buyer.get_by_label("Blanco").check()
    buyer.get_by_role("button", name="Seguir").click()
    expect(buyer.get_by_role("heading", level=1)).to_have_text("2 cumplen lo que dijiste")
    buyer.get_by_role("link", name="Comparar los primeros 2").click()
    expect(buyer.get_by_role("columnheader", name="Rosa roja Freedom 1")).to_be_visible()
    expect(buyer.get_by_role("columnheader", name="Rosa blanca Freedom 2")).to_be_visible()
    buyer.get_by_role("button", name="Llevarlo en PDF").click()
    expect(buyer.get_by_text("El documento se está haciendo")).to_be_visible()
    site.work()
    buyer.get_by_role("link", name="Ver si ya está").click()
    with buyer.expect_download() as coming:
        buyer.get_by_role("link", name="Descargar el PDF").click()
    kept = tmp_path / "dosier.pdf"
    coming.value.save_as(kept)
    said = letters_in(kept.read_bytes())
    for one in ("Rosas", "RosarojaFreedom1", "RosablancaFreedom2", "FloresdeAlba"):
        assert one in said
    assert "Freedom3" not in said
