"""Alba makes her site on a phone, writes her first post, and somebody reads it; two write at once and nothing is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites import api as sites
from oportuno.offer.sites.models import Entry
from tests.stories.conftest import PHONE, Site, watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def written(site: Site) -> Entry:
    assert site.market.alba.organisation
    with for_organisation(site.market.alba.organisation.pk):
        return Entry.objects.exclude(state="trashed").latest("created_at")


@pytest.mark.parametrize("how", [PHONE, {"viewport": {"width": 1440, "height": 900}}], ids=["phone", "desk"])
def test_a_seller_makes_a_site_and_is_read(site: Site, how: dict[str, Any]) -> None:
    page = site.signed_in(site.market.alba, **how)
    wrong = watched(page)
    page.goto("/desk/flores-de-alba/sitio/")
    expect(page.get_by_role("heading", name="Un sitio propio, en un minuto")).to_be_visible()
    page.get_by_text("Floristería", exact=True).click()
    page.get_by_role("button", name="Crear el sitio").click()
    expect(page.get_by_text("Tu sitio está abierto.")).to_be_visible()
    page.get_by_role("button", name="Escribir una entrada").click()
    page.get_by_role("textbox", name="Título", exact=True).fill("Cómo cuidar una rosa en clima frío")
    page.get_by_role("textbox", name="Contenido").click()
    page.keyboard.type("Cambia el agua cada dos días.")
    expect(page.get_by_text(re.compile("Guardado a las"))).to_be_visible()
    assert written(site).title == "Cómo cuidar una rosa en clima frío", "kept while she types"
    page.get_by_role("button", name="Publicar", exact=True).click()
    expect(page.get_by_text("Publicada.", exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing hangs over the edge"
    visitor = site.visitor(**how)
    also_wrong = watched(visitor)
    visitor.goto("/v/flores-de-alba/blog/")
    visitor.get_by_role("link", name="Cómo cuidar una rosa en clima frío").click()
    expect(visitor.get_by_text("Cambia el agua cada dos días.")).to_be_visible()
    assert visitor.url.endswith("/v/flores-de-alba/blog/como-cuidar-una-rosa-en-clima-frio/")
    assert visitor.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert wrong == also_wrong == []


def test_what_was_typed_is_there_after_the_browser_was_closed(site: Site) -> None:
    page = site.signed_in(site.market.alba)
    page.goto("/desk/flores-de-alba/sitio/inicio/")
    page.get_by_role("button", name="Crear el sitio").click()
    page.get_by_role("button", name="Escribir una entrada").click()
    page.get_by_role("textbox", name="Título", exact=True).fill("Rosas")
    page.get_by_role("textbox", name="Contenido").click()
    page.keyboard.type("Una frase a medias")
    expect(page.get_by_text(re.compile("Guardado a las"))).to_be_visible()
    address = page.url
    page.close()
    again = site.signed_in(site.market.alba)
    again.goto(address)
    expect(again.get_by_role("textbox", name="Título", exact=True)).to_have_value("Rosas")
    expect(again.get_by_role("textbox", name="Contenido")).to_contain_text("Una frase a medias")


def test_what_was_typed_before_the_editor_had_come_is_kept_too(site: Site) -> None:
    page = site.signed_in(site.market.alba)
    page.goto("/desk/flores-de-alba/sitio/inicio/")
    page.get_by_role("button", name="Crear el sitio").click()
    held: list[Route] = []
    page.route("**/content-editor*.js", lambda route: held.append(route))
    with page.expect_request("**/content-editor*.js"):
        page.get_by_role("button", name="Escribir una entrada").click(no_wait_after=True)
    page.get_by_role("textbox", name="Título", exact=True).fill("Más rápida que la red")
    for one in held:
        one.continue_()
    expect(page.get_by_text(re.compile("Guardado a las"))).to_be_visible()
    assert written(site).title == "Más rápida que la red"


def test_two_who_write_at_once_hear_of_it(site: Site) -> None:
    page = site.signed_in(site.market.alba)
    page.goto("/desk/flores-de-alba/sitio/inicio/")
    page.get_by_role("button", name="Crear el sitio").click()
    page.get_by_role("button", name="Escribir una entrada").click()
    page.get_by_role("textbox", name="Título", exact=True).fill("A cuatro manos")
    expect(page.get_by_text(re.compile("Guardado a las"))).to_be_visible()
    entry = written(site)
    with for_organisation(entry.organisation_id):
        other = sites.newest_revision(entry)
        other.by_id, other.by_name, other.kept = site.market.gala.person.pk, "Marta", True
        other.save()
        other.pk, other.number = None, other.number + 1
        other.save(force_insert=True)
        Entry.objects.filter(pk=entry.pk).update(last=other.number)
    page.get_by_role("textbox", name="Contenido").click()
    page.keyboard.type("Lo mío")
    expect(page.get_by_text(re.compile("Marta escribió aquí mientras tanto"))).to_be_visible()
