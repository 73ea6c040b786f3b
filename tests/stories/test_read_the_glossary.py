"""Whoever reads comes upon a word of the trade: a card says what it means and is put away, the entry leads on to what names it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from oportuno.kernel.clock import now
from oportuno.offer.glossary.testing import make_term
from oportuno.offer.knowledge.testing import show_article
from tests.stories.conftest import PHONE, Site, in_a_thread, watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MEANS = "Corte inclinado del tallo, para que beba más."


def card(page: Page) -> str:
    """What the card says that stands beside the word now; "none" without one."""
    return str(page.evaluate("getComputedStyle(document.querySelector('.term-link'), '::after').content"))


def comes(page: Page) -> None:
    page.wait_for_function(f"getComputedStyle(document.querySelector('.term-link'), '::after').content.includes('{MEANS}')")


def goes(page: Page) -> None:
    """The card is put away by the page's script, which may come to it a moment later."""
    page.wait_for_function("getComputedStyle(document.querySelector('.term-link'), '::after').content === 'none'")


def test_a_word_is_explained_where_it_stands_and_leads_to_what_names_it(site: Site) -> None:
    def write() -> None:
        make_term(site.market.dario, "bisel", MEANS)
        body = {"es": "El bisel se corta con cuchillo."}
        show_article(slug="corte", seller="flores-de-alba", title={"es": "Cómo se corta una rosa"}, body=body, at=now())

    in_a_thread(write)
    reader = site.visitor()
    wrong = watched(reader)
    reader.goto("/conocimiento/articulos/")
    reader.get_by_role("link", name="Cómo se corta una rosa").first.click()
    word = reader.get_by_role("link", name="bisel")
    assert card(reader) == "none"
    word.focus()
    reader.keyboard.press("Shift+Tab")
    reader.keyboard.press("Tab")
    expect(word).to_be_focused()
    comes(reader)
    reader.keyboard.press("Escape")
    goes(reader)
    expect(word).to_be_focused()
    reader.keyboard.press("Tab")
    word.hover()
    comes(reader)  # and there again when one comes back
    reader.keyboard.press("Escape")
    goes(reader)
    word.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("bisel")
    said = reader.get_by_role("region", name="Textos que lo nombran")
    expect(said.get_by_role("link", name="Cómo se corta una rosa")).to_be_visible()
    assert wrong == []
    phone = site.visitor(**PHONE)
    phone.goto("/glosario/bisel/")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
