"""Alba finds, groups, orders, rates, says why, and shares with the source."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.kernel.jobs import JOBS, Lease
from oportuno.offer.media.models import Collection, Find, Place, Sighting
from oportuno.offer.media.rules.addresses import canonical
from oportuno.offer.media.testing import image
from oportuno.offer.media.tests.conftest import Outside
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


def bring(who: Actor, address: str) -> HttpResponse:
    return who.post(who.desk("medios/curacion/enlaces/"), {"address": address})


def finds(who: Actor) -> list[Find]:
    with for_organisation(who.member.organisation.pk):
        return list(Find.objects.order_by("pk"))


def collections(who: Actor) -> list[Collection]:
    with for_organisation(who.member.organisation.pk):
        return list(Collection.objects.order_by("pk"))


def put(who: Actor, find: Find, **more: str) -> HttpResponse:
    return who.post(who.desk(f"medios/curacion/{find.pk}/lugar/"), more)


@pytest.fixture
def three(alba: Actor) -> list[Find]:
    """Three links, in a collection that nobody sees yet."""
    for name in ("uno", "dos", "tres"):
        bring(alba, f"https://example.com/{name}")
    found = finds(alba)
    put(alba, found[0], title="Cuidar rosas")
    for find in found[1:]:
        put(alba, find, collection=str(collections(alba)[0].pk))
    return found


def order(who: Actor) -> list[str]:
    with for_organisation(who.member.organisation.pk):
        return [place.find.address.rsplit("/", 1)[-1] for place in Place.objects.select_related("find").order_by("position")]


def test_it_brings_a_link_by_hand_with_its_title_picture_and_true_address(alba: Actor, outside: Outside) -> None:
    outside.put("/rosa.png", image(), "image/png")
    outside.put("/rosas/", outside_page(outside), "text/html")
    bring(alba, f"{outside.base}/rosas/?utm_source=correo")
    find = finds(alba)[0]
    assert (find.address, find.title) == (f"{outside.base}/rosas/", f"{outside.base}/rosas/")
    look(alba, find)
    find = finds(alba)[0]
    assert (find.title, find.source) == ("Rosas que duran", "Jardín")
    assert find.picture_id
    bring(alba, f"{outside.base}/rosas/#abajo")
    assert len(finds(alba)) == 1


def outside_page(outside: Outside) -> str:
    return (
        '<head><meta property="og:title" content="Rosas que duran"><meta property="og:site_name" content="Jardín">'
        f'<meta property="og:image" content="/rosa.png"><link rel="canonical" href="{outside.base}/rosas/"></head>'
    )


def look(who: Actor, find: Find) -> None:
    JOBS["media.look_behind"].run(Lease(0, 0, who.member.organisation.pk, "media.look_behind"), find=str(find.pk))


def test_it_becomes_one_when_its_page_says_that_it_is_another(alba: Actor, outside: Outside) -> None:
    copy = outside.put("/copia/", f'<link rel="canonical" href="{outside.base}/rosas/">', "text/html")
    bring(alba, f"{outside.base}/rosas/")
    bring(alba, copy)
    first, second = finds(alba)
    alba.post(alba.desk(f"medios/curacion/{second.pk}/"), {"title": "Rosas", "stars": "5", "note": "Lo mejor", "tags": "rosas"})
    put(alba, second, title="Cuidar rosas")
    look(alba, second)
    left = finds(alba)
    assert [find.pk for find in left] == [first.pk]
    assert (left[0].stars, left[0].note, left[0].tags) == (5, "Lo mejor", ["rosas"])
    assert order(alba) == [""]
    with for_organisation(alba.member.organisation.pk):
        assert Sighting.objects.filter(find=first).count() == 2


@pytest.mark.parametrize(
    ("written", "one"),
    [
        ("HTTPS://Example.com:443/a?utm_medium=x&b=2&a=1#x", "https://example.com/a?a=1&b=2"),
        ("http://example.com", "http://example.com/"),
        ("https://youtu.be/dQw4w9WgXcQ?si=abc", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://m.youtube.com/watch?v=dQw4w9WgXcQ&list=x", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://www.youtube.com/shorts/dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://example.com/a?q=flores&gclid=1", "https://example.com/a?q=flores"),
    ],
)
def test_it_knows_one_address_for_all_copies(written: str, one: str) -> None:
    assert canonical(written) == one
    assert canonical(one) == one


@pytest.mark.parametrize(
    "written", ["", "hola", "javascript:alert(1)", "ftp://example.com/a", "https://ana:clave@example.com/", "https:///x"]
)
def test_it_takes_no_address_that_leads_nowhere(alba: Actor, written: str) -> None:
    answer = bring(alba, written)
    assert answer.status_code == 422
    assert finds(alba) == []


def test_it_rates_tags_and_says_why(alba: Actor) -> None:
    bring(alba, "https://example.com/rosas")
    find = finds(alba)[0]
    said = {"title": "Rosas que duran", "stars": "4", "note": "Explica el corte.", "tags": "rosas, agua"}
    alba.post(alba.desk(f"medios/curacion/{find.pk}/"), said)
    find = finds(alba)[0]
    assert (find.title, find.stars, find.note, find.tags) == ("Rosas que duran", 4, "Explica el corte.", ["rosas", "agua"])
    assert "4 estrellas de cinco" in alba.get(alba.desk("medios/curacion/"), {"state": "rated"}).content.decode()
    assert alba.post(alba.desk(f"medios/curacion/{find.pk}/"), {"title": "x", "stars": "9"}).status_code == 422
    assert finds(alba)[0].stars == 4
    alba.post(alba.desk(f"medios/curacion/{find.pk}/descarte/"))
    assert "Rosas que duran" not in alba.get(alba.desk("medios/curacion/")).content.decode()
    assert "Rosas que duran" in alba.get(alba.desk("medios/curacion/"), {"state": "aside"}).content.decode()


def test_it_groups_and_puts_in_order(alba: Actor, three: list[Find]) -> None:
    assert order(alba) == ["uno", "dos", "tres"]
    address = alba.desk(f"medios/colecciones/{collections(alba)[0].pk}/orden/")
    alba.post(address, {"find": str(three[2].pk), "up": "1"})
    assert order(alba) == ["uno", "tres", "dos"]
    alba.post(address, {"find": str(three[0].pk), "down": "1"})
    assert order(alba) == ["tres", "uno", "dos"]
    alba.post(address, {"find": str(three[0].pk), "remove": "1"})
    assert order(alba) == ["tres", "dos"]
    assert alba.post(address, {"find": str(three[0].pk), "up": "1"}).status_code == 404


def test_it_shows_finds_only_while_a_shared_collection_holds_them(alba: Actor, three: list[Find]) -> None:
    address = alba.desk(f"medios/colecciones/{collections(alba)[0].pk}/")

    def seen() -> int:
        with for_public():
            return Find.objects.count()

    assert seen() == 0
    alba.post(f"{address}publicacion/")
    assert seen() == 3
    alba.post(f"{address}orden/", {"find": str(three[0].pk), "remove": "1"})
    assert seen() == 2
    alba.post(f"{address}publicacion/", {"hide": "1"})
    assert seen() == 0
    alba.post(f"{address}publicacion/")
    alba.post(f"{address}retiro/")
    assert seen() == 0
    assert len(finds(alba)) == 3


def test_it_shares_nothing_empty_and_gives_two_collections_two_addresses(alba: Actor) -> None:
    for _twice in range(2):
        alba.post(alba.desk("medios/colecciones/"), {"title": "Cuidar rosas"})
    first, second = collections(alba)
    assert (first.slug, second.slug) == ("cuidar-rosas", "cuidar-rosas-2")
    answer = alba.post(alba.desk(f"medios/colecciones/{first.pk}/publicacion/"))
    assert answer.status_code == 422
    assert "Todavía no contiene nada: primero mete algo." in answer.content.decode()


def test_it_lets_gala_reach_nothing_of_it(alba: Actor, gala: Actor, three: list[Find]) -> None:
    collection = collections(alba)[0]
    bring(gala, "https://example.com/suyo")
    hers = finds(gala)[0]
    for path in (f"medios/curacion/{three[0].pk}/", f"medios/colecciones/{collection.pk}/"):
        assert gala.get(gala.desk(path)).status_code == 404
    assert put(gala, hers, collection=str(collection.pk)).status_code == 404
    assert gala.post(gala.desk(f"medios/colecciones/{collection.pk}/orden/"), {"find": str(three[0].pk), "up": "1"}).status_code == 404
    assert order(alba) == ["uno", "dos", "tres"]


def test_it_pages_what_was_found(alba: Actor) -> None:
    with for_organisation(alba.member.organisation.pk):
        Find.objects.bulk_create(
            Find(address=f"https://example.com/{n}", title=f"Hallazgo {n:03}", published_at=now(), created_at=now(), looked_at=now())
            for n in range(50)
        )
    first = alba.get(alba.desk("medios/curacion/")).content.decode()
    shown = {n for n in range(50) if f"Hallazgo {n:03}" in first}
    assert len(shown) == 40
    after = first.split("after=")[-1].split('"')[0].replace("%3A", ":").replace("%2B", "+")
    second = alba.get(alba.desk("medios/curacion/"), {"after": after}).content.decode()
    assert {n for n in range(50) if f"Hallazgo {n:03}" in second} == set(range(50)) - shown
