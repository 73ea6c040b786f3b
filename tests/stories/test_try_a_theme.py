"""A site is dressed: by a seller who tries on and adjusts, on a phone and without scripts too; and by themes that mean harm, in vain."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import LazySettings
from playwright.sync_api import Browser, Dialog, Locator, Page, Request, expect

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites.actions.themes import bring_theme
from oportuno.offer.sites.models import Site as SiteRow
from oportuno.offer.sites.queries.themes.shipped import NAMES
from oportuno.offer.sites.queries.themes.trying import Trial
from oportuno.offer.sites.testing import open_site, write
from oportuno.offer.sites.tests.hostile import INERT
from oportuno.people.organisations.testing import Actor
from tests.stories.conftest import PHONE, Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WATCH = (
    "document.addEventListener('securitypolicyviolation', e => (window.__refused ??= []).push(e.violatedDirective + ' ' + e.blockedURI))"
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


@pytest.fixture(autouse=True)
def _folders(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def dressed(actor: Actor) -> SiteRow:
    assert actor.organisation
    with for_organisation(actor.organisation.pk):
        return SiteRow.objects.get()


def tried(page: Page) -> Locator:
    """The page in the frame."""
    return page.frame_locator("[data-preview]").locator("body")


def test_nothing_of_a_hostile_theme_runs_or_calls_home(site: Site, browser: Browser, felix: Actor) -> None:
    open_site(felix)
    assert felix.organisation
    window = browser.new_context(base_url=site.url)
    window.add_init_script(WATCH)
    page = window.new_page()
    elsewhere: list[str] = []
    dialogs: list[str] = []

    def asked(what: Request) -> None:
        if urlsplit(what.url).netloc != urlsplit(site.url).netloc:
            elsewhere.append(what.url)

    def opened(what: Dialog) -> None:
        dialogs.append(what.message)
        what.dismiss()

    page.on("request", asked)
    page.on("dialog", opened)
    for name, content in INERT.items():
        with for_organisation(felix.organisation.pk):
            version = bring_theme(file=io.BytesIO(content), by=felix.member, at=now())
        for wanted in ("pagina", "blog"):
            answer = page.goto(Trial(0, version.key, {}).address(at=now(), page=wanted))
            assert answer, name
            assert answer.ok, name
            assert page.evaluate("window.__refused ?? []") == [], name
        assert page.locator("h1").first.is_visible(), name
        assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.post-card-excerpt')).fontSize)") >= 9, name
    window.close()
    assert elsewhere == []
    assert dialogs == []


def test_a_seller_tries_on_adjusts_and_keeps(site: Site, felix: Actor) -> None:
    open_site(felix)
    write(felix.member, "Cómo cuidar una rosa")
    page = site.signed_in(felix, viewport={"width": 1440, "height": 900})
    page.goto(felix.desk("sitio/tema/"))
    page.locator(".theme-card", has_text="Vitrina").get_by_role("link", name="Probarlo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vitrina")
    expect(tried(page)).to_have_css("background-color", "rgb(255, 248, 236)")
    page.locator("input[name=colour-base]").fill("#e8f3ff")
    expect(tried(page)).to_have_css("background-color", "rgb(232, 243, 255)")
    page.locator("input[name=colour-base]").fill("#fff8ec")
    expect(tried(page)).to_have_css("background-color", "rgb(255, 248, 236)")
    page.locator("input[name=colour-base]").fill("#e8f3ff")  # there and back: the same look is drawn again
    expect(tried(page)).to_have_css("background-color", "rgb(232, 243, 255)")
    page.locator("input[name=colour-accent]").fill("#ffd24d")
    offered = page.locator("[data-use='colour-accent']").first
    offered.click()
    expect(page.locator("[data-use='colour-accent']")).to_have_count(0)
    assert page.locator("input[name=colour-accent]").input_value() != "#ffd24d"
    assert dressed(felix).theme == "revista"
    page.get_by_role("button", name="Guardarlo").click()
    expect(page.get_by_text("Tus visitantes lo ven de inmediato.")).to_be_visible()
    found = dressed(felix)
    assert (found.theme, found.look["colours"]["base"]) == ("vitrina", "#e8f3ff")
    visitor = site.visitor()
    assert felix.organisation
    visitor.goto(f"/v/{felix.organisation.slug}/blog/")
    assert visitor.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(232, 243, 255)"
    page.get_by_role("button", name="Volver a como estaba").click()
    expect(page.locator(".theme-worn h2")).to_contain_text("Revista")


def test_it_is_done_on_a_phone_and_without_scripts(site: Site, felix: Actor) -> None:
    open_site(felix)
    page = site.signed_in(felix, **PHONE, java_script_enabled=False)
    page.goto(felix.desk("sitio/tema/ajustes/?tema=cuaderno"))
    page.locator("select[name=header]").select_option("line")
    page.get_by_role("button", name="Míralo", exact=True).click()
    expect(tried(page)).to_have_class(re.compile("header-line"))
    expect(page.locator("select[name=header]")).to_have_value("line")
    page.get_by_role("button", name="Guardarlo").click()
    assert dressed(felix).theme == "cuaderno"
    assert dressed(felix).look == {"header": "line"}


UNSEEN = """() => [...document.querySelectorAll("a, button, summary, p, li, td, th, label")].filter(one => {
    const {color, backgroundColor} = getComputedStyle(one);
    return color === backgroundColor && one.innerText.trim() && one.checkVisibility();
}).map(one => one.outerHTML.slice(0, 160))"""
"""Words in the very colour of what is behind them: of these axe only says that somebody should look."""


@pytest.mark.parametrize("name", NAMES)
def test_everybody_can_use_a_site_in_every_theme(site: Site, name: str) -> None:
    """axe on all blocks, a post, a list and a lost page: in the light on a desk, in the dark on a phone."""
    ways: tuple[dict[str, Any], ...] = ({"color_scheme": "light"}, {"color_scheme": "dark", **PHONE})
    for way in ways:
        page = site.visitor(**way)
        for wanted in ("pagina", "entrada", "blog", "perdida"):
            page.goto(Trial(0, name, {}).address(at=now(), page=wanted))
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, wanted)
            assert page.evaluate(UNSEEN) == [], (name, wanted)
            found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"][:160], one["nodes"][0].get("failureSummary", "")[:300]) for one in found] == [], (
                name,
                wanted,
            )
