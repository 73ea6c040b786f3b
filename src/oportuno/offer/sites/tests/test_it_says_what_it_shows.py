"""The library knows which pages and posts show a thing, those that are still being written too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from oportuno.kernel.clock import now
from oportuno.kernel.content import read
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.media.api import Item
from oportuno.offer.media.testing import image
from oportuno.offer.sites import api
from oportuno.offer.sites.testing import open_site, write
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folders(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def rose(alba: Actor) -> Item:
    """A picture in Alba's library."""
    open_site(alba)
    alba.post(alba.desk("medios/subidas/"), {"file": SimpleUploadedFile("rosa.png", image())})
    with for_organisation(alba.member.organisation.pk):
        return Item.objects.get()


def with_cover(alba: Actor, item: Item) -> None:
    post = write(alba.member, "Con portada")
    with for_organisation(alba.member.organisation.pk):
        api.Entry.objects.filter(pk=post.pk).update(picture=item.pk)


def places(alba: Actor, item: Item) -> str:
    return alba.get(alba.desk(f"medios/{item.pk}/")).content.decode()


def test_it_tells_of_a_picture_in_a_draft_in_a_post_and_of_one_beside_it(alba: Actor, rose: Item) -> None:
    write(alba.member, "Sin ella")
    document = read({"blocks": [{"type": "columns", "columns": [{"blocks": [{"type": "image", "picture": str(rose.pk)}]}]}]})
    with for_organisation(alba.member.organisation.pk):
        by, at = alba.member, now()
        author = api.own_author(by=by, at=at).pk
        api.begin_entry(kind="post", title="Borrador con rosa", content=document, author=author, by=by, at=at)
        page = api.begin_entry(kind="page", title="Nuestro vivero", content=document, by=by, at=at)
        api.publish_entry(entry=page.pk, by=by, at=at)
    with_cover(alba, rose)
    shown = places(alba, rose)
    for told in ("Entrada: Borrador con rosa", "Página: Nuestro vivero", "Entrada: Con portada"):
        assert shown.count(told) == 1
    assert "Sin ella" not in shown


def test_it_warns_before_a_picture_of_a_post_goes(alba: Actor, rose: Item) -> None:
    with_cover(alba, rose)
    warned = alba.post(alba.desk("medios/cambios/"), {"do": "delete", "selected": str(rose.pk)})
    assert "Entrada: Con portada" in warned.content.decode()
    with for_organisation(alba.member.organisation.pk):
        assert Item.objects.get().deleted_at is None


def test_it_tells_nobody_else(alba: Actor, gala: Actor, rose: Item) -> None:
    open_site(gala)
    write(gala.member, "Entrada de Gala")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE oportuno_market")
        cursor.execute(
            "UPDATE site_entry SET document = jsonb_build_object('blocks', jsonb_build_array(jsonb_build_object('picture', %s::text)))"
            " WHERE title = 'Entrada de Gala'", [str(rose.pk)],
        )  # fmt: skip
        cursor.execute("RESET ROLE")
    assert "Entrada de Gala" not in places(alba, rose)
