"""Four products side by side on a phone: one slides the table in its own box, and always knows which line one reads."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.stories.conftest import PHONE, Site, watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_four_products_are_compared_on_a_phone(site: Site) -> None:
    names = "&".join(f"p={site.market.products[f'ROSA-{number}'].slug}" for number in range(1, 5))
    page = site.visitor(**PHONE)
    wrong = watched(page)
    page.goto(f"/comparar/?{names}")
    expect(page.get_by_text("4 lado a lado: desliza la tabla para verlos todos.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, "the page itself stays where it is"
    box = page.get_by_role("region", name="Comparación").first
    price = box.get_by_role("rowheader", name="Precio", exact=True)
    third, last = (box.get_by_role("columnheader").filter(has_text=f"Freedom {number}") for number in (3, 4))
    edge = third.bounding_box()
    assert edge
    assert edge["x"] < 374, "one sees that there is more to the right"
    expect(last).not_to_be_in_viewport()
    box.evaluate("box => { box.scrollLeft = box.scrollWidth }")
    expect(last).to_be_in_viewport(ratio=0.9)
    expect(price).to_be_in_viewport()
    place = price.bounding_box()
    assert place
    assert 0 <= place["x"] < 30, "which line it is stays in sight"
    assert wrong == []
    desk = site.visitor(viewport={"width": 1440, "height": 900})
    desk.goto(f"/comparar/?{names}")
    expect(desk.get_by_text("desliza la tabla")).to_be_hidden()
