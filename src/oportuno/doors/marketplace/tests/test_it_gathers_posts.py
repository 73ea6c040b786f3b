"""What sellers write in their blogs is found in the market, while they are on show."""

from __future__ import annotations

import pytest
from django.test import Client

from oportuno.doors.marketplace.testing import SmallMarket
from oportuno.doors.marketplace.testing import react as let_readers_take
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.offer.search import api as search
from oportuno.offer.sites import api as sites
from oportuno.offer.sites.testing import open_site, take_domain, write
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Las zarigüeyas nocturnas polinizan este cactus."


def found(visitor: Client) -> str:
    return visitor.get("/buscar/", {"q": "zarigüeyas polinizan"}).content.decode()


def test_a_post_is_found_once_published_and_not_after_it_is_withdrawn(felix: Actor, stranger: Client, small_market: SmallMarket) -> None:
    open_site(felix)
    assert felix.organisation
    post = write(felix.member, "Quién visita el cactus", WORDS)
    react()
    assert f'href="/v/{felix.organisation.slug}/blog/quien-visita-el-cactus/"' in found(stranger)
    assert "Quién visita el cactus" in stranger.get("/").content.decode()
    with for_organisation(felix.organisation.pk):
        sites.withdraw_entry(entry=post.pk, by=felix.member, at=now())
    assert "Quién visita el cactus" not in found(stranger), "the page asks at once, whatever the index says"
    react()
    assert not hits()


def test_a_whole_site_leaves_search_when_it_closes_and_comes_back(felix: Actor, stranger: Client, small_market: SmallMarket) -> None:
    open_site(felix)
    assert felix.organisation
    write(felix.member, "Quién visita el cactus", WORDS)
    react()
    for shut in (True, False):
        with for_organisation(felix.organisation.pk):
            (sites.close_site if shut else sites.open_site)(by=felix.member, at=now())
        react()
        assert bool(hits()) is not shut


def test_an_address_that_moved_is_found_where_it_is_now(felix: Actor, stranger: Client, small_market: SmallMarket) -> None:
    open_site(felix)
    assert felix.organisation
    post = write(felix.member, "Quién visita el cactus", WORDS)
    with for_organisation(felix.organisation.pk):
        sites.move_entry(entry=post.pk, slug="visitas-del-cactus", by=felix.member, at=now())
    react()
    assert hits() == [f"/v/{felix.organisation.slug}/blog/visitas-del-cactus/"]


def test_the_markets_map_leads_to_each_site_that_no_host_of_its_own_names(
    felix: Actor, eva: Actor, stranger: Client, small_market: SmallMarket
) -> None:
    for actor in (felix, eva):
        open_site(actor)
        write(actor.member, "Quién visita el cactus", WORDS)
    assert felix.organisation
    assert eva.organisation
    take_domain(eva, "eva.example.org")
    below = f"/v/{felix.organisation.slug}/sitemap.xml"
    assert f"{below}</loc>" in index(stranger)
    assert f"/v/{felix.organisation.slug}/blog/quien-visita-el-cactus/</loc>" in stranger.get(below).content.decode()
    assert eva.organisation.slug not in index(stranger), "its own robots.txt names it"
    with for_organisation(felix.organisation.pk):
        sites.close_site(by=felix.member, at=now())
    assert felix.organisation.slug not in index(stranger)


def index(visitor: Client) -> str:
    return visitor.get("/sitemap.xml").content.decode()


def react() -> None:
    let_readers_take("marketplace.follow_entries", "marketplace.follow_sites")


def hits() -> list[str]:
    with for_public():
        return [
            hit.url
            for hit in search.search(search.Query(text="zarigüeyas polinizan", language="es", kind="content")).items
            if hit.url.startswith("/v/felix-escribe/blog/")
        ]
