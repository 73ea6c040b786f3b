"""Somebody who is signed in at the market reads a site on its own host: her browser sends nothing of the market's there."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from playwright.sync_api import Request, expect

from oportuno.offer.sites.testing import open_site, write
from tests.stories.conftest import Site, watched

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_it_never_meets_the_session_of_who_reads(site: Site, settings: LazySettings) -> None:
    """Browsers find *.localhost by themselves."""
    port = urlsplit(site.url).port
    settings.ORIGIN, settings.SITES_HOST = f"http://localhost:{port}", "sitios.localhost"
    settings.ALLOWED_HOSTS = ["localhost", ".sitios.localhost"]
    alba = site.market.alba
    open_site(alba)
    write(alba.member, "Cómo cuidar una rosa")
    site.url = settings.ORIGIN
    page = site.signed_in(alba)
    wrong, sent = watched(page), list[Request]()
    page.on("request", lambda one: sent.append(one))  # a method of a list takes no notes of the driver

    page.goto("/desk/flores-de-alba/sitio/")
    page.get_by_role("link", name="Ver el sitio").click()
    its = f"http://flores-de-alba.sitios.localhost:{port}"
    expect(page).to_have_url(f"{its}/")
    page.goto("/v/flores-de-alba/blog/?a=1")
    expect(page).to_have_url(f"{its}/blog/?a=1")
    page.get_by_role("link", name="Cómo cuidar una rosa").first.click()
    page.get_by_label("Tu comentario").fill("Gracias, muy útil.")
    page.get_by_label("Tu nombre").fill("Carmen")
    page.get_by_label("Tu correo (nadie lo ve)").fill("carmen@example.com")
    page.get_by_role("button", name="Enviar el comentario").click()
    expect(page.get_by_text("Primero lo lee el equipo")).to_be_visible()

    there = [one for one in sent if urlsplit(one.url).hostname == urlsplit(its).hostname]
    assert len(there) > 5, "pages, what dresses them, and what was sent"
    assert not [one.url for one in there if "cookie" in one.all_headers()]
    assert [one for one in sent if "sessionid" in one.all_headers().get("cookie", "")], "at the market she is signed in"
    assert {urlsplit(f"http://{one['domain']}").hostname for one in page.context.cookies()} == {"localhost"}
    page.goto("/desk/flores-de-alba/sitio/comentarios/")
    expect(page.get_by_text("Gracias, muy útil.")).to_be_visible()
    assert wrong == []
