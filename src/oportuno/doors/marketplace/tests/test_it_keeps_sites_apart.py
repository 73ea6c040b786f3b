"""Kept pages of sites (threat T33): no page of one is shown on the domain of another, and no header that nobody keyed gets into one."""

from __future__ import annotations

import pytest
from django.test import Client

from oportuno.doors.marketplace.middleware import SHELF
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites import api
from oportuno.offer.sites.testing import open_site, take_domain, write
from oportuno.people.organisations.testing import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_shelf")]
PATHS = (
    "/",
    "/blog/",
    "/blog/rosas/",
    "/blog/etiqueta/agua/",
    "/blog/rss.xml",
    "/blog/atom.xml",
    "/sitemap.xml",
    "/robots.txt",
    "/inicio/",
    "/no-hay/",
)
HEADERS = {
    "X-Forwarded-Host": "canary.example",
    "X-Host": "canary.example",
    "X-Forwarded-Server": "canary.example",
    "Forwarded": "host=canary.example",
    "X-Original-URL": "/canary",
    "X-Rewrite-URL": "/canary",
    "X-Forwarded-Proto": "canary",
    "X-Forwarded-Prefix": "/canary",
    "Accept-Language": "canary",
    "User-Agent": "<canary>",
    "Referer": "https://canary.example/",
    "Origin": "https://canary.example",
    "X-HTTP-Method-Override": "CANARY",
    "Cookie": "canary=1",
}


def test_two_domains_never_show_each_others_pages(felix: Actor, eva: Actor, stranger: Client) -> None:
    for actor, host in ((felix, "felix.example.org"), (eva, "eva.example.org")):
        open_site(actor)
        assert actor.organisation
        write(actor.member, "Rosas", f"De {actor.organisation.name}.", tags=["Agua"])
        take_domain(actor, host)
    for _again in range(2):
        for path in PATHS:
            for actor, other, host in ((felix, eva, "felix.example.org"), (eva, felix, "eva.example.org")):
                assert actor.organisation
                assert other.organisation
                page = stranger.get(path, HTTP_HOST=host).content.decode()
                assert other.organisation.name not in page, (host, path)
                assert other.organisation.slug not in page, (host, path)
    assert len(SHELF) > 0, "pages were kept"


def test_no_header_gets_into_what_others_are_shown(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    assert felix.organisation
    write(felix.member, "Rosas", tags=["Agua"])
    take_domain(felix, "felix.example.org")
    tried = 0
    for host, base in (("felix.example.org", ""), ("testserver", f"/v/{felix.organisation.slug}")):
        for path in PATHS:
            for name, value in HEADERS.items():
                SHELF.clear()
                Client(headers={name: value}).get(f"{base}{path}", HTTP_HOST=host)
                assert "canary" not in stranger.get(f"{base}{path}", HTTP_HOST=host).content.decode().lower(), (host, path, name)
                tried += 1
    assert tried >= 200


def test_all_headers_at_once_leave_no_word_on_two_hundred_pages(felix: Actor, stranger: Client) -> None:
    """One visitor who brings them all, then everybody else: what was kept is what it would have been."""
    open_site(felix)
    for number in range(18):
        write(felix.member, f"Rosas {number}", tags=[f"Agua {number} {one}" for one in range(10)])
    take_domain(felix, "felix.example.org")
    pages = ["/", "/blog/", *(f"/blog/rosas-{number}/" for number in range(18))]
    pages += [f"/blog/etiqueta/agua-{number}-{one}/" for number in range(18) for one in range(10)]
    poisoner = Client(headers=HEADERS)
    for page in pages:
        poisoner.get(page, HTTP_HOST="felix.example.org")
        answer = stranger.get(page, HTTP_HOST="felix.example.org")
        assert answer.status_code == 200, page
        assert "canary" not in answer.content.decode().lower(), page
        assert not [value for value in answer.headers.values() if "canary" in value.lower()], page
    assert len(set(pages)) == 200


def test_a_domain_given_back_is_not_answered_from_what_was_kept(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    write(felix.member, "Rosas")
    domain = take_domain(felix, "felix.example.org")
    assert stranger.get("/blog/", HTTP_HOST="felix.example.org").status_code == 200
    assert felix.organisation
    with for_organisation(felix.organisation.pk):
        api.give_back_domain(domain=domain.pk, by=felix.member, at=now())
    assert "Rosas" not in stranger.get("/blog/", HTTP_HOST="felix.example.org").content.decode()
