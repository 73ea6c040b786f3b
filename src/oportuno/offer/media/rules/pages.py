"""What a page says of itself in its head: its canonical address, words, picture, feeds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from .addresses import canonical

HEAD = 512 * 1024
"""Bytes in which a head is looked for; a channel's page of YouTube has 400 KB before it."""
FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")
CHANNEL = re.compile(r'(?:"(?:channelId|externalId)"\s*:\s*"|/channel/|channel_id=)(UC[\w-]{22})')


@dataclass(frozen=True, slots=True)
class Told:
    """Empty where the page does not say."""

    canonical: str = ""
    title: str = ""
    summary: str = ""
    image: str = ""
    author: str = ""
    site: str = ""
    feeds: Sequence[str] = field(default_factory=tuple)


class _Head(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self.links: list[dict[str, str]] = []
        self.title = ""
        self.in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self.meta.setdefault((said.get("property") or said.get("name") or "").lower(), said.get("content", ""))
        elif tag == "link":
            self.links.append(said)
        elif tag == "title":
            self.in_title = not self.title

    def handle_endtag(self, tag: str) -> None:
        self.in_title = self.in_title and tag != "title"

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.title += data


def read_page(body: bytes, address: str) -> Told:
    """The head of a page of HTML; whatever else it is says nothing."""
    head = _Head()
    try:
        head.feed(body[:HEAD].decode("utf-8", "replace"))
    except (AssertionError, ValueError):  # what no browser reads either
        return Told()
    by_rel = [(said.get("rel", "").lower().split(), said) for said in head.links]
    one = next((said.get("href", "") for rels, said in by_rel if "canonical" in rels), "") or head.meta.get("og:url", "")
    feeds = [
        urljoin(address, said.get("href", "")) for rels, said in by_rel if "alternate" in rels and said.get("type", "").lower() in FEEDS
    ]
    return Told(
        canonical=_address(one, address),
        title=_line(head.meta.get("og:title") or head.title, 300),
        summary=_line(head.meta.get("og:description") or head.meta.get("description", ""), 1000),
        image=_address(head.meta.get("og:image") or head.meta.get("twitter:image", ""), address, exactly=True),
        author=_line(head.meta.get("author") or head.meta.get("article:author", ""), 120),
        site=_line(head.meta.get("og:site_name", ""), 200),
        feeds=tuple(feeds),
    )


def channel_of(body: bytes) -> str:
    """The id of a channel on its page at YouTube, or ""."""
    found = CHANNEL.search(body.decode("utf-8", "replace"))
    return found[1] if found else ""


def _address(said: str, base: str, *, exactly: bool = False) -> str:
    if not said.strip():
        return ""
    whole = urljoin(base, said.strip())
    try:
        one = canonical(whole)
    except ValueError:
        return ""
    return whole if exactly else one


def _line(said: str, most: int) -> str:
    words = " ".join(said.split())[:most]
    return "" if words.startswith(("http://", "https://")) else words
