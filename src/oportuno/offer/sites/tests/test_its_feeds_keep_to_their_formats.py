"""Feeds against what their specifications ask: RSS 2.0 (rssboard.org/rss-specification) and Atom (RFC 4287)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites import api
from oportuno.offer.sites.models import Entry
from oportuno.offer.sites.testing import open_site, write
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
A = "{http://www.w3.org/2005/Atom}"
WHOLE = "{http://purl.org/rss/1.0/modules/content/}encoded"
MARCH = datetime(2026, 3, 10, 15, tzinfo=UTC)
TEXT = 'Un <strong>texto</strong> con <a href="/v/otra/">enlace</a>, “comillas”, 5 < 7 & 🌹 \x08 \ufffe.'


@pytest.fixture
def blog(felix: Actor) -> str:
    """Posts whose words are awkward in XML, one of nobody, one changed since, one of which only the title is there."""
    open_site(felix, title="Félix & <hijos>")
    write(felix.member, "R&D <b>en negrita</b> ]]> ñ \x0b", TEXT, at=MARCH, tags=["Rosas & más \x1f"])
    write(felix.member, "Nada", "", at=MARCH + timedelta(days=1))
    nobodys = write(felix.member, "De nadie", TEXT, at=MARCH + timedelta(days=2))
    assert felix.organisation
    with for_organisation(felix.organisation.pk):
        Entry.objects.filter(pk=nobodys.pk).update(author=None)
        api.keep_draft(entry=nobodys.pk, excerpt="Cambió", by=felix.member, at=now())
        api.publish_entry(entry=nobodys.pk, by=felix.member, at=now())
    return f"/v/{felix.organisation.slug}/blog/"


def read(visitor: Client, address: str, kind: str) -> ElementTree.Element:
    answer = visitor.get(address)
    assert answer.headers["Content-Type"] == f"{kind}; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def whole(address: str | None) -> str:
    """An address that means the same wherever the feed is read."""
    assert address
    assert urlsplit(address).scheme in ("http", "https"), address
    assert urlsplit(address).netloc, address
    return address


def harmless(html: str | None) -> str:
    """What readers show: nothing runs, and every address is whole."""
    assert html is not None
    assert not re.search(r"<(script|style|form|iframe|object)\b|\son\w+=", html)
    for address in re.findall(r'(?:href|src|poster)="([^"]*)"', html):
        whole(address)
    return html


def test_rss_has_what_rss_asks_for(blog: str, stranger: Client) -> None:
    root = read(stranger, f"{blog}rss.xml", "application/rss+xml")
    assert (root.tag, root.get("version"), len(root)) == ("rss", "2.0", 1)
    channel = root[0]
    for name in ("title", "link", "description", "language", "lastBuildDate"):
        assert len(channel.findall(name)) == 1, name
        assert channel.findtext(name), name
    whole(channel.findtext("link"))
    own = channel.find(f"{A}link")
    assert own is not None
    assert own.get("rel") == "self"
    assert whole(own.get("href")).endswith(f"{blog}rss.xml")
    items = channel.findall("item")
    assert len(items) == 3
    assert len({one.findtext("guid") for one in items}) == 3
    for one in items:
        guid = one.find("guid")
        assert guid is not None
        assert guid.get("isPermaLink") == "false"
        assert one.findtext("title")
        whole(one.findtext("link"))
        assert re.fullmatch(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}", one.findtext("pubDate") or "")
        harmless(one.findtext(WHOLE))
    dates = [parsedate_to_datetime(one.findtext("pubDate") or "") for one in items]
    assert all(later >= earlier for later, earlier in pairwise(dates)), "the newest first"
    assert not [one for one in items if one.find("author") is not None], "RSS's author is an e-mail address; names are Dublin Core's"


def test_atom_has_what_atom_asks_for(blog: str, stranger: Client) -> None:
    root = read(stranger, f"{blog}atom.xml", "application/atom+xml")
    assert root.tag == f"{A}feed"
    moments = [root.findtext(f"{A}updated")]
    for place in (root, *root.findall(f"{A}entry")):
        for name in ("id", "title", "updated"):
            assert len(place.findall(f"{A}{name}")) == 1, name
            assert place.findtext(f"{A}{name}"), name
        assert len([one for one in place.findall(f"{A}link") if one.get("rel", "alternate") == "alternate"]) == 1
        for link in place.findall(f"{A}link"):
            whole(link.get("href"))
        assert urlsplit(place.findtext(f"{A}id") or "").scheme in ("urn", "http", "https")
    entries = root.findall(f"{A}entry")
    assert len({one.findtext(f"{A}id") for one in entries}) == len(entries) == 3
    for one in entries:
        assert one.find(f"{A}author") is not None or root.find(f"{A}author") is not None
        content = one.find(f"{A}content")
        assert content is not None
        assert content.get("type") == "html"
        harmless(content.text or "")
        moments += [one.findtext(f"{A}updated"), one.findtext(f"{A}published")]
        for term in one.findall(f"{A}category"):
            assert term.get("term")
    for moment in moments:
        assert moment
        assert datetime.fromisoformat(moment).tzinfo
    assert root.find(f"{A}link[@rel='self']") is not None
