"""Somebody follows a link that is ten years old."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from oportuno.doors.integrations.testing import bring, export, item
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites import api as sites
from oportuno.offer.sites.api import bringing
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
HERE = "/v/flores-de-alba/"


@pytest.fixture
def moved(alba: Actor, tmp_path: Path) -> None:
    assert alba.organisation is not None
    category = '<category domain="category" nicename="rosas">Rosas</category>'
    head = "<wp:category><wp:category_nicename>rosas</wp:category_nicename><wp:cat_name>Rosas</wp:cat_name></wp:category>"
    post = item(12, link="https://viejo.example/2012/05/rosas-rojas/", post_name="rosas-rojas", more=category)
    hidden = item(13, link="https://viejo.example/2012/05/secreto/", post_name="secreto", status="private")
    bring(alba, export(tmp_path / "a.xml", [post, hidden], head))
    with for_organisation(alba.organisation.pk):
        sites.allow_site(organisation=alba.organisation.pk, allowed=True, at=now())
        assert bringing.open_brought(alba.organisation.pk, at=now())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2012/05/rosas-rojas/", "blog/rosas-rojas/"),
        ("2012/05/rosas-rojas", "blog/rosas-rojas/"),
        ("sitio/?p=12", "blog/rosas-rojas/"),
        ("blog/?p=12", "blog/rosas-rojas/"),
        ("index.php?p=12", "blog/rosas-rojas/"),
        ("category/rosas/", "blog/categoria/rosas/"),
        ("feed/", "blog/rss.xml"),
        ("2020/01/", "blog/2020/01/"),
        ("2020/", "blog/2020/"),
        ("archivo/2020/1/02/", "blog/2020/01/"),
    ],
)
def test_it_leads_to_where_the_piece_is_now(moved: None, old: str, new: str) -> None:
    answer = Client().get(HERE + old)
    assert (answer.status_code, answer.headers.get("Location")) == (301, HERE + new)


@pytest.mark.parametrize("old", ["2012/05/secreto/", "index.php?p=13", "index.php?p=99", "2012/05/nada/", "2012/05/", "2012/"])
def test_what_is_hidden_is_as_if_it_were_not_there(moved: None, old: str) -> None:
    answer = Client().get(HERE + old)
    assert answer.status_code == 404
    assert b"secreto" not in answer.content.replace(b"2012/05/secreto", b"")
