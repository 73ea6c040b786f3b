"""What an item of WordPress becomes here: its state, its date, its address, its name."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, unquote, urlsplit

from oportuno.kernel.content.inline import plain

from ..wxr import Item

ENTRIES = {"post": "post", "page": "page"}
UNFINISHED = "auto-draft"
"""WordPress makes one whenever somebody opens an empty editor."""
STATES = {"publish": "published", "draft": "draft", "pending": "review", "private": "private", "future": "scheduled", "trash": "trashed"}
READING = 2
"""Of our reader: a better one makes of the same words another piece."""
SLUG = re.compile(r"[\w-]{1,90}")
UNTRASHED = re.compile(r"__trashed(?:-\d+)?$")
WORDS_OF_A_TITLE = 8


@dataclass(frozen=True)
class Standing:
    """Where a piece stands here. `published_at` is aware. `notes`: why it stands otherwise than there."""

    state: str
    published_at: datetime | None
    notes: tuple[tuple[str, str], ...] = ()


def becomes_entry(item: Item) -> bool:
    return item.kind in ENTRIES and item.status != UNFINISHED


def standing(item: Item, at: datetime) -> Standing:
    """Nothing is seen here that was hidden there: what wants a password becomes private, a moment that went by publishes nothing."""
    moment = moment_of(item)
    state = STATES.get(item.status, "")
    if not state:
        return Standing("draft", moment, (("status", item.status),))
    if state == "published" and item.password:
        return Standing("private", moment or at, (("password", ""),))
    if state == "published" and moment and moment > at:
        return Standing("scheduled", moment)
    if state == "scheduled" and (moment is None or moment <= at):
        return Standing("draft", moment, (("moment", ""),))
    return Standing(state, moment or (at if state in ("published", "private") else None))


def moment_of(item: Item) -> datetime | None:
    """When it was, or will be, published: the universal time, else the feed's, else the site's clock taken for universal time."""
    return _universal(item.date_gmt) or _of_mail(item.pub_date) or _universal(item.date)


def moment(date_gmt: str, date: str) -> datetime | None:
    return _universal(date_gmt) or _universal(date)


def _universal(said: str) -> datetime | None:
    """WordPress writes 0000-00-00 for never."""
    try:
        found = datetime.strptime(said.strip()[:19].replace("T", " "), "%Y-%m-%d %H:%M:%S")
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.year > 1 else None


def _of_mail(said: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(said)
        return found.astimezone(UTC) if found.tzinfo and found.year > 1 else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def title_of(item: Item, text: str = "") -> str:
    """Its name without markup; of one that has none, its first words."""
    name = " ".join(plain(html.unescape(item.title) if "&" in item.title else item.title).split())[:200]
    return name or " ".join(text.split()[:WORDS_OF_A_TITLE])[:200]


def slug_of(item: Item) -> str:
    """Its slug as people read it, letters of any alphabet; empty when there is none that could stand in an address."""
    slug = UNTRASHED.sub("", unicodedata.normalize("NFC", unquote(item.slug)).lower())[:90].strip("-")
    return slug if SLUG.fullmatch(slug) else ""


def readable_slug(slug: str) -> str:
    """The same of a term, whose slug may hold anything."""
    found = slug_of(Item(0, slug=slug))
    return found or hashlib.blake2b(slug.encode(), digest_size=6).hexdigest()


def key_of(item: Item) -> str:
    """Its number; files of other programs have none, then what comes nearest to one."""
    number = item.number.strip()
    if number:
        return number[:40]
    return hashlib.blake2b((item.guid or item.link or f"{item.title} {item.date}").encode(), digest_size=12).hexdigest()


def digest_of(item: Item) -> str:
    """What it says, without its comments, which are told from each other one by one."""
    said = (
        READING, item.kind, item.status, item.slug, item.title, item.link, item.author, item.date, item.date_gmt, item.content,
        item.excerpt, item.parent, item.position, bool(item.password), item.sticky, item.comment_status, item.filed,
        item.said("_thumbnail_id"),
    )  # fmt: skip
    return hashlib.blake2b(repr(said).encode(errors="replace"), digest_size=16).hexdigest()


NOBODYS = ("localhost", ".local", ".test", ".internal", ".lan", ".invalid")
"""Hosts that many sites are called by."""


def source_of(address: str, title: str = "") -> str:
    """Which WordPress it is: host and path, so that a move to https is no other one; its title, where the host tells nothing."""
    parts = urlsplit(address if "//" in address else f"//{address}")
    host = (parts.hostname or "").lower().removeprefix("www.")
    found = f"{(parts.netloc or '').lower().removeprefix('www.')}{parts.path.rstrip('/')}"[:200]
    if title and ("." not in host or host.endswith(NOBODYS) or host.replace(".", "").isdecimal()):
        found = f"{found} “{title[:90]}”"
    return found or "wordpress"


def origin_of(source: str, sort: str, key: str) -> str:
    """The name of a thing where it comes from, at most 200 letters."""
    whole = f"wordpress:{source}#{sort}:{key}"
    return whole if len(whole) <= 200 else f"wordpress:{hashlib.blake2b(whole.encode(), digest_size=24).hexdigest()}"


def old_path(address: str, source: str = "") -> str:
    """What stands behind the host in an address of the old site: a path without slashes around it, or "?p=1".

    Empty for its first page, and, where `source` is given, for addresses of other hosts.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    host = parts.netloc.lower().removeprefix("www.")
    if source and host and host != source.partition(" ")[0].partition("/")[0]:
        return ""
    numbered = next((f"?{name}={value}" for name, value in parse_qsl(parts.query) if name in ("p", "page_id") and value.isdecimal()), "")
    path = re.sub(r"/{2,}", "/", unquote(parts.path)).strip("/")
    return numbered if numbered else path[:400]
