"""Visitors find sellers who are vetted; of the others no public page knows a word."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from oportuno.doors.marketplace.tests.conftest import GALAS, address, body
from oportuno.kernel.clock import now
from oportuno.kernel.facts import loop
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.routes import all_routes
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory
from oportuno.offer.directory.testing import make_seller
from oportuno.offer.sites.testing import open_site, write
from oportuno.people.organisations.testing import Actor

SAMPLES = {
    "sector": "floristerias",
    "seller": "viveros-gala",
    "organisation": "viveros-gala",
    "path": "rosas",
    "part": "sellers",
    "year": "2026",
    "month": "11",
}


@pytest.mark.django_db
def test_it_finds_sellers_by_sector_and_place(market: catalogue.Offer, gala: Actor, eva: Actor, dario: Actor, stranger: Client) -> None:
    assert "Flores de Alba" in body(stranger, "/vendedores/floristerias/?place=CO-05")
    assert "Flores de Alba" not in body(stranger, "/vendedores/floristerias/?place=MX-JAL")  # she serves Colombia only
    assert "Flores de Alba" not in body(stranger, "/vendedores/viveros/")
    assert "Flores de Alba" in body(stranger, "/vendedores/?q=alba&certified=1")
    assert "Rosa roja Freedom" in body(stranger, "/v/flores-de-alba/")


@pytest.mark.django_db(transaction=True)
def test_it_says_nothing_of_sellers_nobody_vetted(market: catalogue.Offer, alba: Actor, gala: Actor, stranger: Client) -> None:
    open_site(gala, title="Viveros Gala")
    write(gala.member, "Viveros Gala cuenta", "Las peonías secretas de Viveros Gala.")
    loop.ensure_cursors()
    loop.read_all(now)
    with for_organisation(gala.member.organisation.pk):
        hidden = catalogue.Product.objects.get().slug
    walked = _public_addresses(hidden)
    assert len(walked) > 25
    seen = {path: stranger.get(path) for path in walked}
    assert all(answer.status_code in (200, 301, 302, 404) for answer in seen.values())
    assert seen["/v/viveros-gala/"].status_code == seen[f"/productos/{hidden}/"].status_code == 404
    assert [path for path, answer in seen.items() if _tells(answer.content.decode())] == []
    assert "Rosa roja Freedom" in seen["/"].content.decode()  # the walk does see what is on show


def _public_addresses(hidden: str) -> list[str]:
    """Every public address with Gala's own marks put in, and the questions that would find her."""
    asked = ["/buscar/?q=peonia+secreta", "/buscar/?q=viveros", "/vendedores/?q=gala", f"/comparar/?p={hidden}", "/vendedores/?view=map"]
    asked += ["/buscar/sugerencias/?q=peo", "/sitemap-products.xml", "/categorias/rosas/?q=peonia"]
    asked += ["/v/viveros-gala/blog/viveros-gala-cuenta/", "/v/viveros-gala/sitio/", "/buscar/?q=peonias+secretas&kind=content"]
    samples = {**SAMPLES, "slug": hidden}
    public = [route.path for route in all_routes() if route.policy and route.policy.audience == "public"]
    return [*("/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda hole: samples.get(hole[1], "1"), path) for path in public), *asked]


def _tells(html: str) -> bool:
    return GALAS in html or "Viveros Gala" in html or "peonia-secreta" in re.sub(r'(href|value|content)="[^"]*"', "", html)


@pytest.mark.django_db
def test_it_lets_a_seller_go_with_all_she_offers(market: catalogue.Offer, alba: Actor, dario: Actor, stranger: Client) -> None:
    rose = address(alba, market)
    assert stranger.get(rose).status_code == 200
    seller = directory.published_seller("flores-de-alba")
    with for_organisation(dario.member.organisation.pk):
        directory.suspend_seller(seller=seller.pk, reason="Se mudó sin avisar.", by=dario.member, at=now())
    assert stranger.get("/v/flores-de-alba/").status_code == 404
    assert "Flores de Alba" not in body(stranger, "/vendedores/")


@pytest.mark.django_db
def test_it_shows_a_seller_once_she_is_vetted(market: catalogue.Offer, eva: Actor, dario: Actor, stranger: Client) -> None:
    assert stranger.get("/v/eva-socios/").status_code == 404
    make_seller(eva, dario)
    assert "Eva Socios" in body(stranger, "/v/eva-socios/")
