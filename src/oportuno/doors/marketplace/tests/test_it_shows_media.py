"""The medium of the vertical: pieces of all sellers on show, by category and format; collections with their sources."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.dateparse import parse_datetime

from oportuno.doors.marketplace.middleware import SHELF
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.directory import api as directory
from oportuno.offer.media.api import Collection, Find, Piece
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folders(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def sellers(market: object, alba: Actor, gala: Actor) -> tuple[Actor, Actor]:
    """Alba is on show, Gala waits."""
    return alba, gala


def piece(who: Actor, title: str, **more: Any) -> Piece:
    with for_organisation(who.member.organisation.pk):
        given = {"slug": title.lower().replace(" ", "-"), "problem": "Duran poco", "published": True, "at": now(), "changed_at": now()}
        return Piece.objects.create(title=title, **{**given, **more})


def page(**asked: str) -> str:
    SHELF.clear()
    answer = Client().get("/medios/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_gathers_pieces_of_sellers_on_show_alone(sellers: tuple[Actor, Actor]) -> None:
    alba, gala = sellers
    piece(alba, "Rosas que duran", formats=["text"], text={"version": 1, "blocks": [{"type": "text", "text": "Corta el tallo"}]})
    piece(alba, "Borrador", published=False)
    hers = piece(gala, "Suculentas")
    shown = page()
    assert "Rosas que duran" in shown
    assert "Resuelve: Duran poco" in shown
    assert "Borrador" not in shown
    assert "Suculentas" not in shown
    slug = alba.member.organisation.slug
    assert "Corta el tallo" in Client().get(f"/medios/{slug}/rosas-que-duran/").content.decode()
    assert Client().get(f"/medios/{slug}/borrador/").status_code == 404
    assert Client().get(f"/medios/{gala.member.organisation.slug}/{hers.slug}/").status_code == 404


def test_it_loses_a_seller_who_is_suspended_at_once(sellers: tuple[Actor, Actor], dario: Actor) -> None:
    alba, _gala = sellers
    piece(alba, "Rosas que duran")
    assert "Rosas que duran" in page()
    with for_organisation(alba.member.organisation.pk):
        seller = directory.seller_of(alba.member.organisation.pk)
    assert seller
    directory.suspend_seller(seller=seller.pk, by=dario.member, reason="Se pausa por revisión", at=now())
    assert "Rosas que duran" not in page()


def test_it_narrows_by_format_and_category(sellers: tuple[Actor, Actor]) -> None:
    alba, _gala = sellers
    piece(alba, "La de video", formats=["video"], category="flores-cortadas", film="https://youtu.be/dQw4w9WgXcQ")
    piece(alba, "La de audio", formats=["audio", "text"], category="plantas")

    def shown(**asked: str) -> list[str]:
        body = page(**asked)
        return [name for name in ("La de video", "La de audio") if name in body]

    assert shown() == ["La de video", "La de audio"]
    assert shown(format="video") == ["La de video"]
    assert shown(format="text") == ["La de audio"]
    assert shown(category="flores-cortadas") == ["La de video"]
    assert shown(category="flores-cortadas", format="audio") == []
    assert shown(format="nada", category="nada", before="basura") == ["La de video", "La de audio"]


def test_it_asks_nothing_of_others_before_somebody_presses(sellers: tuple[Actor, Actor]) -> None:
    alba, _gala = sellers
    piece(alba, "La de video", formats=["video"], film="https://youtu.be/dQw4w9WgXcQ", persona="novia")
    slug = alba.member.organisation.slug
    body = Client().get(f"/medios/{slug}/la-de-video/").content.decode()
    assert 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"' in body
    assert "<iframe" not in body
    assert 'src="http' not in body


def test_it_pages_by_key(sellers: tuple[Actor, Actor]) -> None:
    alba, _gala = sellers
    for number in range(30):
        piece(alba, f"Pieza {number:02}", at=now() - timedelta(minutes=number // 2))
    first = page()
    before = first.split("before=")[1].split('"')[0].split("&")[0].replace("%3A", ":").replace("%2B", "+").replace("%7E", "~")
    assert parse_datetime(before.split("~")[0])
    second = page(before=before)
    seen = [[f"Pieza {n:02}" in body for n in range(30)] for body in (first, second)]
    assert [a or b for a, b in zip(*seen, strict=True)] == [True] * 30
    assert not any(a and b for a, b in zip(*seen, strict=True))


def test_it_shares_a_collection_with_its_sources(sellers: tuple[Actor, Actor]) -> None:
    alba, _gala = sellers
    address = alba.desk("medios/")
    alba.post(f"{address}curacion/enlaces/", {"address": "https://example.com/rosas"})
    with for_organisation(alba.member.organisation.pk):
        find = Find.objects.get()
    alba.post(f"{address}curacion/{find.pk}/", {"title": "Cortar bien", "stars": "5", "note": "Lo explica con calma."})
    alba.post(f"{address}curacion/{find.pk}/lugar/", {"title": "Cuidar rosas"})
    with for_organisation(alba.member.organisation.pk):
        collection = Collection.objects.get()
    public = f"/medios/colecciones/{alba.member.organisation.slug}/cuidar-rosas/"
    assert Client().get(public).status_code == 404
    alba.post(f"{address}colecciones/{collection.pk}/publicacion/")
    SHELF.clear()
    body = Client().get(public).content.decode()
    for told in ("Cuidar rosas", "Cortar bien", "Lo explica con calma.", "Fuente: example.com", 'href="https://example.com/rosas"'):
        assert told in body
    assert "Cuidar rosas" in page()


def test_it_tells_search_engines_of_pieces_on_show_alone(sellers: tuple[Actor, Actor]) -> None:
    alba, gala = sellers
    piece(alba, "Rosas que duran")
    piece(alba, "Borrador", published=False)
    piece(gala, "Suculentas")
    assert "sitemap-media.xml" in Client().get("/sitemap.xml").content.decode()
    told = Client().get("/sitemap-media.xml").content.decode()
    assert f"/medios/{alba.member.organisation.slug}/rosas-que-duran/" in told
    assert "borrador" not in told
    assert "suculentas" not in told
