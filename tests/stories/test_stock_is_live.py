"""What the seller counts, or her program says, is on the product's page for everybody a few seconds later."""

from __future__ import annotations

from threading import Thread

import pytest
from django.db import connections
from playwright.sync_api import Page, expect

from oportuno.kernel.clock import now
from oportuno.people.organisations.api import create_key
from tests.stories.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SAYS = "async words => (await (await fetch(location.href, {cache: 'no-store'})).text()).includes(words)"


def sees(page: Page, words: str) -> None:
    """The page says so to whoever asks again; it is kept for four seconds at most."""
    page.wait_for_function(SAYS, arg=words, polling=250)
    page.reload()
    expect(page.get_by_text(words).first).to_be_visible()


def test_it_shows_what_was_counted_sold_and_told_by_a_program(site: Site) -> None:
    carmen = site.visitor()
    carmen.goto(site.market.product("ROSA-2"))
    expect(carmen.get_by_text("20 disponibles").first).to_be_visible()

    alba = site.signed_in(site.market.alba)
    alba.goto("/desk/flores-de-alba/existencias/?q=ROSA-2")
    alba.get_by_label("Bodega").fill("13")
    alba.get_by_label("Bodega").press("Tab")
    expect(alba.locator("tr", has_text="ROSA-2").locator("strong")).to_have_text("13")
    sees(carmen, "13 disponibles")

    alba.locator("tr", has_text="ROSA-2").get_by_role("link").click()
    alba.get_by_label("Qué ha pasado").select_option("sale")
    alba.get_by_label("Unidades").fill("4")
    alba.get_by_role("button", name="Anotarlo").click()
    expect(alba.get_by_text("9 en total")).to_be_visible()
    sees(carmen, "9 disponibles")

    address = f"{site.url}/api/v1/stock/ROSA-2"
    told = carmen.request.put(address, data={"on_hand": 0}, headers={"Authorization": f"Bearer {_key(site)}", "Idempotency-Key": "uno"})
    assert told.status == 200
    sees(carmen, "Agotado por ahora")


def _key(site: Site) -> str:
    """A key of Alba's program; made in a thread, for the browser's driver keeps this one's event loop."""
    made: list[str] = []

    def make() -> None:
        made.append(create_key(name="Caja", scopes=("stock:write",), by=site.market.alba.member, at=now()).token)
        connections.close_all()

    thread = Thread(target=make)
    thread.start()
    thread.join(30)
    return made[0]
