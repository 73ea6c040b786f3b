"""A site's pages and posts, as any program reads them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from oportuno.doors.integrations.testing import bring, export, item
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites import api as sites
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(alba: Actor, tmp_path: Path) -> str:
    assert alba.organisation is not None
    filed = '<category domain="category" nicename="rosas">Rosas</category><category domain="post_tag" nicename="riego">Riego</category>'
    posts = [item(number, creator="ana", more=filed, post_date_gmt=f"2020-01-{number:02} 00:00:00") for number in range(1, 8)]
    pages = [
        item(20, post_type="page", post_name="sobre"),
        item(21, post_type="page", post_name="equipo", post_parent="20"),
        item(22, post_type="page", post_name="oculta", status="private"),
        item(23, status="draft"),
    ]
    bring(alba, export(tmp_path / "a.xml", posts + pages))
    return alba.organisation.slug


def _open(actor: Actor) -> None:
    assert actor.organisation is not None
    with for_organisation(actor.organisation.pk):
        sites.allow_site(organisation=actor.organisation.pk, allowed=True, at=now())
        sites.open_site(by=actor.member, at=now())


def _ask(path: str) -> tuple[int, Any]:
    answer = Client().get(f"/api/v1/{path}")
    return answer.status_code, json.loads(answer.content)


def test_it_lists_what_is_published_and_nothing_else(alba: Actor, site: str) -> None:
    _open(alba)
    status, found = _ask(f"sites/{site}/pages?content=true")
    assert status == 200
    assert [(one["path"], one["parent"], one["html"]) for one in found["pages"]] == [
        ("sobre", None, "<p>Hola</p>"),
        ("sobre/equipo", "sobre", "<p>Hola</p>"),
    ]
    status, found = _ask(f"sites/{site}/posts")
    assert [one["slug"] for one in found["posts"]] == [f"pieza-{number}" for number in range(7, 0, -1)]
    first = found["posts"][0]
    assert (first["author"], first["html"], first["published_at"][:10]) == ("ana", None, "2020-01-07")
    assert ([one["slug"] for one in first["categories"]], [one["slug"] for one in first["tags"]]) == (["rosas"], ["riego"])
    assert _ask(f"sites/{site}")[1]["title"] == "Viejo blog"


def test_it_goes_from_page_to_page_without_losing_any(alba: Actor, site: str) -> None:
    _open(alba)
    for noun, many in (("posts", 7), ("pages", 2)):
        seen: list[str] = []
        after = ""
        while True:
            found = _ask(f"sites/{site}/{noun}?limit=1&after={after}")[1]
            seen += [one["path"] for one in found[noun]]
            after = found["next"]
            if after is None:
                break
        assert len(seen) == len(set(seen)) == many


def test_a_site_that_is_not_open_is_not_there(alba: Actor, site: str) -> None:
    for path in (f"sites/{site}", f"sites/{site}/pages", f"sites/{site}/posts", "sites/nadie/posts"):
        assert _ask(path)[0] == 404
