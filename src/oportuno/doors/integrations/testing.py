"""Imports from WordPress, for tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from oportuno.doors.integrations import api
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.people.organisations.testing import Actor

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Viejo blog</title>
<link>https://viejo.example</link><language>es-CO</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://viejo.example</wp:base_site_url><wp:base_blog_url>https://viejo.example</wp:base_blog_url>
"""
TAIL = "</channel></rss>\n"


def item(number: int, content: str = "<p>Hola</p>", **said: str) -> str:
    """An item as WordPress writes it; `said` are its elements ("status", "post_type" …), `more` stands as it is."""
    told = {
        "status": "publish", "post_type": "post", "post_name": f"pieza-{number}", "post_date_gmt": "2020-01-02 03:04:05", "post_parent": "0",
    } | said  # fmt: skip
    more, title, link = told.pop("more", ""), told.pop("title", f"Pieza {number}"), told.pop("link", f"https://viejo.example/?p={number}")
    creator = told.pop("creator", "")
    inner = "".join(f"<wp:{name}><![CDATA[{value}]]></wp:{name}>" for name, value in told.items())
    return (
        f"<item><title><![CDATA[{title}]]></title><link>{link.replace('&', '&amp;')}</link><dc:creator>{creator}</dc:creator>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded><wp:post_id>{number}</wp:post_id>{inner}{more}</item>\n"
    )


def comment(number: int, text: str, *, parent: int = 0, approved: str = "1", email: str = "lector@example.com") -> str:
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>Lector {number}</wp:comment_author>"
        f"<wp:comment_author_email>{email}</wp:comment_author_email><wp:comment_date_gmt>2020-01-03 00:00:00</wp:comment_date_gmt>"
        f"<wp:comment_content><![CDATA[{text}]]></wp:comment_content><wp:comment_approved>{approved}</wp:comment_approved>"
        f"<wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
    )


def meta(key: str, value: str) -> str:
    return f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"


def export(path: Path, items: Iterable[str], head: str = "") -> Path:
    """An export file of these items."""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD + head)
        file.writelines(items)
        file.write(TAIL)
    return path


def started(actor: Actor, path: Path, *, dry_run: bool = False) -> api.WordpressRun:
    assert actor.organisation is not None
    with for_organisation(actor.organisation.pk):
        return api.start_run(name=path.name, path=path, at=now(), dry_run=dry_run)


def driven(actor: Actor, run: api.WordpressRun) -> api.WordpressRun:
    assert actor.organisation is not None
    return api.bring(Lease(0, 0, actor.organisation.pk, "import wordpress"), run.pk)


def bring(actor: Actor, path: Path, *, dry_run: bool = False) -> api.WordpressRun:
    """An import, to its end."""
    return driven(actor, started(actor, path, dry_run=dry_run))


def told(actor: Actor, run: api.WordpressRun) -> dict[str, Any]:
    """What the command line would print as JSON."""
    assert actor.organisation is not None
    with for_organisation(actor.organisation.pk):
        pages: Iterator[list[dict[str, Any]]] = api.listed(run, f"/v/{actor.organisation.slug}/")
        return {**api.summary(run), "list": [one for page in pages for one in page]}
