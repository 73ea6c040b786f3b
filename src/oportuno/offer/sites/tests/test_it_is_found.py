"""Ways into a blog: categories, tags, months, authors, neighbours, related pieces, feeds, the map."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites import api
from oportuno.offer.sites.testing import open_site, write
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
MARCH = datetime(2026, 3, 10, 15, tzinfo=UTC)
BY_THE_CLOCK = ("glossary_", "installed_pack")
"""What is looked at once in a moment, whichever page comes first."""


def base(actor: Actor) -> str:
    assert actor.organisation
    return f"/v/{actor.organisation.slug}/"


def body(visitor: Client, address: str) -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_a_tag_a_month_and_an_author_show_what_belongs_to_them(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    write(felix.member, "Rosas de marzo", at=MARCH, tags=["Rosas"])
    write(felix.member, "Lirios de abril", at=MARCH + timedelta(days=30), tags=["Lirios"])
    for address in ("blog/etiqueta/rosas/", "blog/2026/03/"):
        shown = body(stranger, base(felix) + address)
        assert "Rosas de marzo" in shown
        assert "Lirios de abril" not in shown
    assert "Lirios de abril" in body(stranger, base(felix) + "blog/autor/felix/")
    assert stranger.get(base(felix) + "blog/2025/01/").status_code == 404
    assert stranger.get(base(felix) + "blog/2026/13/").status_code == 404
    assert stranger.get(base(felix) + "blog/etiqueta/nada/").status_code == 404


def test_a_category_shows_what_is_filed_below_it(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    assert felix.organisation
    with for_organisation(felix.organisation.pk):
        above = api.change_term(term=None, kind="category", name="Plantas", by=felix.member, at=now())
        below = api.change_term(term=None, kind="category", name="Suculentas", parent=above.pk, by=felix.member, at=now())
    post = write(felix.member, "Una suculenta feliz")
    with for_organisation(felix.organisation.pk):
        api.file_entry(entry=post.pk, terms=[below.pk], by=felix.member, at=now())
    assert "Una suculenta feliz" in body(stranger, base(felix) + "blog/categoria/plantas/")


def test_a_month_is_a_month_where_the_organisation_is(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    write(felix.member, "Nochevieja", at=datetime(2026, 1, 1, 3, tzinfo=UTC))  # still 2025 in Bogotá
    assert "Nochevieja" in body(stranger, base(felix) + "blog/2025/12/")


def test_a_post_has_neighbours_and_related_pieces_with_their_reason(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    write(felix.member, "Primera", at=MARCH, tags=["Agua"])
    write(felix.member, "Segunda", at=MARCH + timedelta(days=1))
    write(felix.member, "Tercera", at=MARCH + timedelta(days=2), tags=["Agua"])
    shown = body(stranger, base(felix) + "blog/segunda/")
    assert f'rel="prev" href="{base(felix)}blog/primera/"' in shown
    assert f'rel="next" href="{base(felix)}blog/tercera/"' in shown
    assert "También trata de Agua" in body(stranger, base(felix) + "blog/tercera/")


def test_the_feeds_hold_whole_posts_and_only_published_ones(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    write(felix.member, "Rosas & lirios", "Con <strong>cuidado</strong>.", at=MARCH, tags=["Rosas"])
    write(felix.member, "Secreto", published=False)
    for address in ("blog/rss.xml", "blog/atom.xml"):
        found = feedparser.parse(stranger.get(base(felix) + address).content)
        assert not found.bozo, found.get("bozo_exception")
        assert [html.unescape(one.title) for one in found.entries] == ["Rosas & lirios"]
        assert "cuidado" in found.entries[0].content[0].value
        assert found.entries[0].link.endswith("/blog/rosas-lirios/")
        assert [one.term for one in found.entries[0].tags] == ["Rosas"]


def test_the_map_names_every_page_once(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    write(felix.member, "Rosas")
    write(felix.member, "Nosotros", kind="page")
    tree = ElementTree.fromstring(stranger.get(base(felix) + "sitemap.xml").content)
    paths = [one.text.partition("/v/")[2] for one in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc") if one.text]
    own = base(felix).removeprefix("/v/")
    assert sorted(paths) == sorted([f"{own}sitio/", f"{own}blog/", f"{own}blog/rosas/", f"{own}nosotros/"])


def test_a_long_blog_is_read_page_by_page_without_a_gap(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    for number in range(13):
        write(felix.member, f"Pieza {number:02}", at=MARCH + timedelta(minutes=number // 3))
    first = body(stranger, base(felix) + "blog/")
    following = first.partition('href="?before=')[2].partition('"')[0]
    second = body(stranger, base(felix) + f"blog/?before={following}")
    seen = [f"Pieza {n:02}" for n in range(13) if f">Pieza {n:02}<" in first.partition("archive-ways")[0]]
    seen += [f"Pieza {n:02}" for n in range(13) if f">Pieza {n:02}<" in second.partition("archive-ways")[0]]
    assert sorted(seen) == [f"Pieza {n:02}" for n in range(13)]


def test_every_page_describes_itself_to_who_searches(felix: Actor, stranger: Client) -> None:
    """Where nobody has written a description, a list names its posts, and any other page says whose it is."""
    open_site(felix)
    write(felix.member, "Rosas", tags=["Agua"])
    write(felix.member, "Lirios", tags=["Agua"])
    for path, said in (("blog/", "Lirios; Rosas"), ("blog/etiqueta/agua/", "Lirios; Rosas"), ("no-hay/", "Félix Escribe")):
        found = re.search('<meta name="description" content="([^"]+)">', stranger.get(base(felix) + path).content.decode())
        assert found
        assert said in found[1]


def test_a_post_costs_the_same_however_much_was_written(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    for number in range(3):
        write(felix.member, f"Pieza {number}", tags=["Agua", "Luz"])
    counted = []
    for more in (0, 9):
        for number in range(more):
            write(felix.member, f"Otra {number}", tags=["Agua", "Sol", f"T{number}"])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            body(stranger, base(felix) + "blog/pieza-1/")
        counted.append(len([one for one in queries if not any(table in one["sql"] for table in BY_THE_CLOCK)]))
    assert counted[1] <= counted[0] <= 13
