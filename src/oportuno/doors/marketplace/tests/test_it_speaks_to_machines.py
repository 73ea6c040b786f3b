"""What search engines read: one address per page, its languages, and its facts, whatever a seller wrote."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from oportuno.doors.marketplace.api import show_pack
from oportuno.doors.marketplace.testing import SmallMarket
from oportuno.doors.marketplace.tests.conftest import address, body, sell, told
from oportuno.kernel.clock import now
from oportuno.kernel.testing.packs import known_pack
from oportuno.offer.catalogue import api as catalogue
from oportuno.people.organisations.testing import Actor

HOSTILE = 'Rosa </script><script>alert(1)</script> "x" & <img src=x onerror=y>'
PAGES = ("/", "/vendedores/", "/v/flores-de-alba/", "/categorias/", "/verificacion/", "/vender/", "/privacidad/")


def _links(html: str, rel: str) -> list[str]:
    return re.findall(rf'<link rel="{rel}"[^>]*>', html)


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_it_has_one_address_and_names_its_languages(market: catalogue.Offer, stranger: Client, path: str) -> None:
    for prefix in ("", "/en", "/es-mx"):
        html = body(stranger, f"{prefix}{path}?utm_source=x")
        assert _links(html, "canonical") == [f'<link rel="canonical" href="{settings.ORIGIN}{prefix}{path}">']
        others = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html))
        here = settings.ORIGIN
        assert others == {"es-co": here + path, "es-mx": f"{here}/es-mx{path}", "en": f"{here}/en{path}", "x-default": here + path}


@pytest.mark.django_db
def test_it_tells_the_price_and_what_the_page_is_about(market: catalogue.Offer, alba: Actor, stranger: Client) -> None:
    html = body(stranger, address(alba, market))
    product = next(one for one in told(html) if one["@type"] == "Product")
    assert (product["name"], product["offers"]["price"], product["offers"]["priceCurrency"]) == ("Rosa roja Freedom", "45000.00", "COP")
    assert product["offers"]["availability"].endswith("InStock")
    assert f'<meta name="page-about" content="product:{market.product_id}">' in html
    seller = body(stranger, "/v/flores-de-alba/")
    assert re.search(r'<meta name="page-about" content="seller:[0-9a-f-]{36}">', seller)
    assert 'href="/visitas/"' in seller
    assert "/v/flores-de-alba/preguntar/" in html


@pytest.mark.django_db
def test_it_escapes_what_a_hostile_seller_writes(market: catalogue.Offer, alba: Actor, stranger: Client) -> None:
    offer = sell(alba, "MALO", HOSTILE, description_es=HOSTILE)
    path = address(alba, offer)
    slug = path.split("/")[2]
    for page in (
        path,
        "/",
        "/v/flores-de-alba/",
        "/categorias/flores-cortadas/rosas/",
        "/buscar/?q=rosa",
        f"/comparar/?p={slug}",
        f"/en{path}",
    ):
        html = body(stranger, page)
        assert "<script>alert" not in html, page
        assert "<img src=x" not in html, page
        assert told(html), page
        assert "alert(1)" in html, page  # it is there, as words
    assert next(one for one in told(body(stranger, path)) if one["@type"] == "Product")["name"] == HOSTILE


@pytest.mark.django_db
def test_its_map_leads_to_every_page_in_every_language(market: catalogue.Offer, alba: Actor, stranger: Client) -> None:
    parts = re.findall(r"<loc>https?://[^/]+([^<]+)</loc>", body(stranger, "/sitemap.xml"))
    found = [path for part in parts for path in re.findall(r"<loc>https?://[^/]+([^<]+)</loc>", body(stranger, part))]
    assert {"/", "/v/flores-de-alba/", address(alba, market)} <= set(found)
    assert [path for path in found if stranger.get(path).status_code != 200] == []
    assert 'hreflang="es-mx"' in body(stranger, "/sitemap-sellers.xml")


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "locale"), [("/", "es_CO"), ("/es-mx/", "es_MX"), ("/en/v/flores-de-alba/", "en"), ("rose", "es_CO")])
def test_it_shows_a_picture_that_networks_can_show(market: catalogue.Offer, alba: Actor, stranger: Client, path: str, locale: str) -> None:
    """No network shows an SVG: what a shared link looks like is a PNG, or a picture that a seller brought."""
    html = body(stranger, address(alba, market) if path == "rose" else path)
    assert f'property="og:locale" content="{locale}"' in html
    for shown in re.findall(r'property="og:image" content="([^"]*)"', html):
        answer = stranger.get(shown.removeprefix(settings.ORIGIN))
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
        assert answer.content.startswith(b"\x89PNG")


@pytest.mark.django_db
def test_it_is_kept_on_a_phone_with_an_icon_of_its_own(stranger: Client, small_market: SmallMarket) -> None:
    told = json.loads(stranger.get("/site.webmanifest").content)
    painted = [one for one in told["icons"] if one["type"] == "image/png"]
    assert {(one["sizes"], one["purpose"]) for one in painted} == {
        (size, use) for size in ("192x192", "512x512") for use in ("any", "maskable")
    }
    for one in [*painted, {"src": "/apple-touch-icon.png", "sizes": "180x180"}]:
        picture = Image.open(io.BytesIO(stranger.get(one["src"]).content))
        assert (picture.format, "{}x{}".format(*picture.size)) == ("PNG", one["sizes"])
        assert "#{:02x}{:02x}{:02x}".format(*picture.convert("RGB").getpixel((0, 0))) == told["theme_color"]
    assert '<link rel="apple-touch-icon" href="/apple-touch-icon.png">' in stranger.get("/").content.decode()
    assert stranger.get("/icono-99999.png").status_code == 404


@pytest.mark.django_db
def test_a_market_of_software_is_drawn_without_flowers(stranger: Client, small_market: SmallMarket) -> None:
    assert "/portadas/sector-floristerias-1.svg" in stranger.get("/").content.decode()
    show_pack(pack=known_pack("saas"), at=now())
    shown = stranger.get("/").content.decode()
    assert "/portadas/nube-sector-fabricantes-1.svg" in shown
    assert "/portadas/sector-" not in shown
    assert "<title>sector-fabricantes</title>" in stranger.get("/portadas/nube-sector-fabricantes-1.svg").content.decode()
    assert stranger.get("/portadas/nube-sector-fabricantes-1.png")["Content-Type"] == "image/png"
