"""A seller puts a shop on the map: by pressing, by keyboard, by where it stands. Nobody else is asked for anything."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from oportuno.kernel.isolation import for_organisation
from oportuno.offer.directory import api as directory
from tests.stories.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PLAZA = {"latitude": 4.59812, "longitude": -74.07604}


def where(page: Page) -> tuple[float, float]:
    latitude, longitude = (page.locator(f"input[name={name}]").input_value() for name in ("latitude", "longitude"))
    return float(latitude), float(longitude)


def test_a_shop_is_put_on_the_map(site: Site) -> None:
    alba = site.signed_in(site.market.alba, geolocation=PLAZA, permissions=["geolocation"])
    asked: list[str] = []
    alba.on("request", lambda request: asked.append(request.url))
    alba.goto(f"{site.market.alba.desk()}puntos/nuevo/")
    ground = alba.locator(".map")
    expect(ground.locator(".map-town").first).to_be_attached()

    ground.click(position={"x": 120, "y": 90})
    pressed = where(alba)
    alba.locator(".map-pin").focus()
    alba.keyboard.press("ArrowDown")
    moved = where(alba)
    assert moved[0] < pressed[0]  # southwards
    assert moved[1] == pytest.approx(pressed[1], abs=1e-5)

    alba.get_by_role("button", name="Usar mi posición").click()
    expect(alba.locator("input[name=latitude]")).to_have_value("4.598120")
    alba.locator("input[name=name]").fill("Plaza")
    alba.get_by_role("button", name="Guardar").click()
    expect(alba.get_by_role("link", name="Plaza")).to_be_visible()
    with for_organisation(site.market.alba.member.organisation.pk):
        points = directory.points_of(directory.own_seller(site.market.alba.member.organisation.pk))
    assert [(one.latitude, one.longitude) for one in points if one.name == "Plaza"] == [(PLAZA["latitude"], PLAZA["longitude"])]

    alba.get_by_role("link", name="Plaza").click()
    expect(alba.locator(".map .map-pin")).to_be_visible()  # a point that is known opens with its mark
    assert not [url for url in asked if not url.startswith((site.url, "data:"))]
