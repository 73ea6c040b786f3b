"""Reading RSS and Atom as they come. The library gets bytes alone: it never goes anywhere itself."""

from __future__ import annotations

import html
import re
import time
from calendar import timegm
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

import feedparser
import nh3

from .addresses import canonical, film_at, host_of

MOST = 100
"""Entries of one feed that are looked at; the newest stand first in every feed that people read."""
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class News:
    """One entry. `name` is the feed's own for it; `sound` the address of its audio; `image` of its picture. `at` None: not said."""

    name: str
    address: str
    title: str
    summary: str
    author: str
    kind: str
    sound: str
    image: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed. `hub` and `topic`: who tells of its news, and what that is called there (WebSub)."""

    title: str
    site: str
    image: str
    hub: str
    topic: str
    news: Sequence[News]

    @property
    def is_podcast(self) -> bool:
        return bool(self.news) and all(one.kind == "audio" for one in self.news[:5])


def read_feed(body: bytes, address: str, headers: Mapping[str, str] | None = None) -> Feed | None:
    """A feed, or None for what is none."""
    told = {"content-location": address, "content-type": (headers or {}).get("content-type", "application/xml")}
    found = feedparser.parse(BytesIO(body), response_headers=told)
    if not found.get("version") and not found.entries:
        return None
    head = found.feed
    links = head.get("links", [])
    linked = {link.get("rel", ""): str(link.get("href", "")) for link in reversed(links)} | _link_header((headers or {}).get("link", ""))
    return Feed(
        title=_plain(head.get("title", ""))[:200] or host_of(address),
        site=_web(str(head.get("link", "")), address),
        image=_web(str((head.get("image") or {}).get("href", "")), address),
        hub=_web(linked.get("hub", ""), address),
        topic=_web(linked.get("self", ""), address),
        news=[one for entry in found.entries[:MOST] if (one := _news(entry, address))],
    )


def _news(entry: Any, base: str) -> News | None:
    sound = next((link for link in entry.get("enclosures", []) if str(link.get("type", "")).startswith(("audio/", "video/"))), None)
    sound_at = _web(str(sound.get("href", "")), base) if sound else ""
    link = _web(str(entry.get("link", "")), base) or sound_at
    try:
        address = canonical(link)
    except ValueError:
        return None
    film = film_at(address)
    kind = "video" if film else (str(sound["type"]).split("/")[0] if sound and sound_at else "text")
    return News(
        name=str(entry.get("id") or address)[:1000],
        address=address,
        title=_plain(entry.get("title", ""))[:300] or host_of(address),
        summary=_plain(entry.get("summary", ""))[:1000],
        author=_plain(entry.get("author", ""))[:120],
        kind=kind,
        sound=sound_at if kind == "audio" else "",
        image=_image(entry, base),
        at=_moment(entry.get("published_parsed") or entry.get("updated_parsed")),
    )


def _image(entry: Any, base: str) -> str:
    thumbs = [str(one.get("url", "")) for one in entry.get("media_thumbnail", [])]
    media = [str(one.get("url", "")) for one in entry.get("media_content", []) if str(one.get("medium", "")) == "image"]
    enclosed = [str(one.get("href", "")) for one in entry.get("enclosures", []) if str(one.get("type", "")).startswith("image/")]
    own = str((entry.get("image") or {}).get("href", ""))
    return next((found for one in (*thumbs, *media, own, *enclosed) if one and (found := _web(one, base))), "")


def _plain(text: object) -> str:
    """Words alone."""
    return SPACES.sub(" ", html.unescape(nh3.clean(str(text).replace("<br", " <br"), tags=set()))).strip()


def _web(address: str, base: str) -> str:
    """A whole address of the web, or "" for what is none."""
    whole = urljoin(base, address.strip()) if address.strip() else ""
    return whole[:2000] if whole.startswith(("https://", "http://")) else ""


def _moment(parsed: time.struct_time | None) -> datetime | None:
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC)
    except (OverflowError, ValueError, OSError):
        return None


LINK = re.compile(r'<([^>]*)>\s*;[^,]*?rel="?(hub|self)"?', re.IGNORECASE)


def _link_header(said: str) -> dict[str, str]:
    """WebSub §4: the header says more than the document."""
    return {rel.lower(): address for address, rel in LINK.findall(said[:4000])}
