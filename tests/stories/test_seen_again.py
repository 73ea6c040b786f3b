"""A visitor finds again what she looked at, in her own browser and only after a yes; nobody else does."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.stories.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_it_shows_again_what_was_looked_at_after_a_yes(site: Site) -> None:
    rose, course = site.market.product("ROSA-1"), site.market.product("TALLER-1")
    carmen = site.visitor()
    carmen.goto(rose)
    press(carmen, "Sí, pueden")
    carmen.goto(course)
    seen = carmen.get_by_role("region", name="Lo que miraste")
    expect(seen.locator(f'a[href="{rose}"]')).to_be_visible()
    expect(seen.locator(f'a[href="{course}"]')).to_have_count(0)  # one is looking at it
    carmen.goto("/en/")
    again = carmen.get_by_role("region", name="What you looked at")
    expect(again.locator("h3 a")).to_have_count(2)
    assert again.locator("h3 a").evaluate_all("found => found.map(one => one.getAttribute('href'))") == [f"/en{course}", f"/en{rose}"]

    stranger = site.visitor()
    stranger.goto("/")
    expect(stranger.locator("[data-seen]")).to_be_hidden()

    again.get_by_role("button", name="Forget these").click()
    expect(again).to_be_hidden()
    carmen.reload()
    expect(carmen.locator("[data-seen]")).to_be_hidden()


def test_it_keeps_nothing_before_a_yes_and_forgets_after_a_no(site: Site) -> None:
    rose = site.market.product("ROSA-1")
    carmen = site.visitor()
    carmen.goto(rose)
    carmen.goto("/")
    assert carmen.evaluate("localStorage.length") == 0
    press(carmen, "Sí, pueden")
    carmen.goto(rose)
    carmen.goto("/")
    expect(carmen.get_by_role("region", name="Lo que miraste")).to_be_visible()
    carmen.goto("/visitas/")
    press(carmen, "No, gracias")
    carmen.goto("/")
    expect(carmen.locator("[data-seen]")).to_be_hidden()
    assert carmen.evaluate("localStorage.length") == 0


def press(page: Page, name: str) -> None:
    """And wait until it has been heard: whoever walks on at once takes the answer back."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name=name).click()
