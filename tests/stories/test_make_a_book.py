"""The market's staff makes a book of articles, waits while it is set, and a visitor takes away a real PDF that says what they say."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from oportuno.kernel.clock import now
from oportuno.kernel.prints.testing import letters_in
from oportuno.offer.knowledge.testing import DOORN, show_article
from tests.stories.conftest import PHONE, Site, in_a_thread, watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def write_two() -> None:
    for slug, title, body in (
        ("agua", "El agua de las rosas", "Una rosa bebe más el primer día que los demás [@doorn2012]."),
        ("frio", "El frío de las rosas", "Entre dos y cuatro grados la rosa casi no envejece."),
    ):
        show_article(slug=slug, seller="flores-de-alba", title={"es": title}, body={"es": body}, references=[DOORN], at=now())


def test_staff_make_a_book_and_a_visitor_takes_it_away(site: Site, tmp_path: Path) -> None:
    in_a_thread(write_two)
    staff = site.signed_in(site.market.dario)
    wrong = watched(staff)
    staff.goto("/desk/el-mercado/libros/")
    staff.get_by_role("link", name="Libro nuevo").click()
    staff.get_by_role("textbox", name="Título", exact=True).fill("Rosas que duran")
    staff.get_by_label("El frío de las rosas").fill("2")
    staff.get_by_label("El agua de las rosas").fill("1")
    staff.get_by_role("button", name="Guardar").click()
    staff.get_by_role("button", name="Hacer una edición").click()
    expect(staff.get_by_text("0 de 2 textos")).to_be_visible()
    site.work()
    staff.get_by_role("link", name="Ver la edición").click()
    staff.get_by_role("button", name="Publicar").click()
    expect(staff.get_by_role("link", name="Verlo afuera")).to_be_visible()
    assert wrong == []

    reader = site.visitor(**PHONE)
    also_wrong = watched(reader)
    reader.goto("/conocimiento/")
    reader.get_by_role("link", name="Libros", exact=True).first.click()
    reader.get_by_role("link", name="Rosas que duran").first.click()
    expect(reader.get_by_role("link", name="El frío de las rosas")).to_be_visible()
    with reader.expect_download() as coming:
        reader.get_by_role("link", name="Llévate el libro (PDF)").click()
    kept = tmp_path / "libro.pdf"
    coming.value.save_as(kept)
    said = letters_in(kept.read_bytes())
    water, cold = said.find("Unarosabebemáselprimerdíaquelosdemás[1]."), said.find("Entredosycuatrogradoslarosacasinoenvejece.")
    assert 0 < water < cold, "both texts, in the order that was chosen"
    assert said.find("Waterrelationsofcutflowers") > cold, "and the sources of both behind them"
    assert reader.evaluate("document.documentElement.scrollWidth") <= 390
    assert also_wrong == []
