"""A site's pages and posts, as any program reads them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites import api as sites
from oportuno.offer.sites.api import bringing
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


SAYS = {"version": 1, "blocks": [{"type": "text", "text": "Hola"}]}


@pytest.fixture
def site(alba: Actor) -> str:
    """Seven posts and two pages on show, and what is hidden."""
    assert alba.organisation is not None
    owner = alba.organisation.pk
    with for_organisation(owner):
        sites.found_site(organisation=alba.organisation, title="Viejo blog", by=None, at=now())
        author = bringing.bring_authors(owner, {"a": "Ana"}, at=now())["a"]
        filed = [bringing.NewTerm("c", "category", "rosas", "Rosas"), bringing.NewTerm("t", "tag", "riego", "Riego")]
        terms = tuple(bringing.bring_terms(owner, filed, at=now()).values())
        posts = [
            _new(f"post {day}", "post", "published", f"blog/pieza-{day}", datetime(2020, 1, day, tzinfo=UTC), author=author, terms=terms)
            for day in range(1, 8)
        ]
        day = datetime(2020, 1, 1, tzinfo=UTC)
        pages = [
            _new(path, "page", state, path, day)
            for path, state in (("sobre", "published"), ("sobre/equipo", "published"), ("oculta", "private"))
        ]
        draft = _new("draft", "post", "draft", "blog/borrador", None)
        bringing.bring_entries(owner, [*posts, *pages, draft], run=uuid4(), by=None, note="", at=now())
    return alba.organisation.slug


def _new(origin: str, kind: str, state: str, path: str, moment: datetime | None, **more: Any) -> bringing.NewEntry:
    return bringing.NewEntry(
        pk=uuid4(), origin=origin, kind=kind, state=state, path=path, slug=path.rpartition("/")[2], title=origin, document=SAYS,
        changed_at=now(), published_at=moment, **more,
    )  # fmt: skip


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
    assert (first["author"], first["html"], first["published_at"][:10]) == ("Ana", None, "2020-01-07")
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
