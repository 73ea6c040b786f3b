"""A phone: from the home page by a suggestion to a product and a question; and the same without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.stories.conftest import PHONE, Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def nothing_sticks_out(page: Page) -> None:
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url


def asks(page: Page) -> None:
    """From a product's page: its question form, filled in and sent."""
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rosa")
    nothing_sticks_out(page)
    page.locator("a[href*='/preguntar/']:visible").first.click()
    nothing_sticks_out(page)
    page.get_by_label("Tu pregunta").fill("¿Cuánto duran en florero?")
    page.get_by_label("Tu nombre").fill("Carmen")
    page.get_by_label("Tu correo").fill("carmen@example.com")
    page.locator("input[name=agrees]").check()
    page.get_by_role("button", name="Enviar mi pregunta").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mira tu correo")


def test_it_leads_from_a_suggestion_to_a_question_by_touch(site: Site) -> None:
    page = site.visitor(**PHONE)
    page.goto("/")
    nothing_sticks_out(page)
    box = page.locator("#criteria-q, #market-search").locator("visible=true").first
    box.tap()
    box.press_sequentially("rosa roja")
    suggestion = page.get_by_role("option").first
    expect(suggestion).to_be_visible()
    box.press("Escape")
    expect(suggestion).to_be_hidden()
    box.press_sequentially(" f")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    page.wait_for_url(lambda url: url.rstrip("/") != site.url)
    if "/buscar/" in page.url:
        nothing_sticks_out(page)
        page.get_by_role("link", name="Rosa roja Freedom 1").first.tap()
    asks(page)


def test_it_leads_there_without_javascript_too(site: Site) -> None:
    page = site.visitor(**PHONE, java_script_enabled=False)
    page.goto("/")
    page.locator("#criteria-q, #market-search").locator("visible=true").first.fill("rosa roja")
    page.get_by_role("button", name="Buscar").locator("visible=true").first.click()
    page.get_by_role("link", name="Rosa roja Freedom 1").first.click()
    asks(page)


def test_its_results_stand_still_while_what_narrows_them_folds(site: Site) -> None:
    """Before its script has come what narrows lies folded already; without scripts at all it stands open."""
    page = site.visitor(**PHONE)
    held: list[Route] = []
    page.route("**/lists.js", lambda route: held.append(route))
    page.goto("/buscar/?q=rosa", wait_until="commit")
    found, groups = page.locator(".results-main"), page.locator(".facet-groups")
    expect(found).to_be_visible()
    expect(groups).to_be_hidden()
    before = found.bounding_box()
    held[0].continue_()
    expect(page.locator("details.facets")).not_to_have_attribute("open", "")
    after = found.bounding_box()
    assert before is not None
    assert after is not None
    assert after["y"] == pytest.approx(before["y"], abs=30), "fonts may still move a line"
    page.locator("details.facets > summary").tap()
    expect(groups).to_be_visible()
    bare = site.visitor(**PHONE, java_script_enabled=False)
    bare.goto("/buscar/?q=rosa")
    expect(bare.locator(".facet-groups")).to_be_visible()


def test_it_works_by_keyboard_alone(site: Site) -> None:
    page = site.visitor()
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_attribute("href", "#content")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#content"
    page.keyboard.press("/")
    expect(page.locator(":focus")).to_have_attribute("name", "q")
    page.keyboard.type("clavel")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Clavel rojo 1").first).to_be_visible()
