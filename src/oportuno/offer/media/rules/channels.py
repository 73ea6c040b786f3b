"""How a channel is named by people, how often it is looked at, and how a hub proves itself."""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import timedelta
from urllib.parse import urlsplit

YOUTUBE = "https://www.youtube.com"
YOUTUBE_HUB = "https://pubsubhubbub.appspot.com/subscribe"
"""Their Atom feed names no hub; this is the one. Source: YouTube Data API, "Subscribe to Push Notifications"."""
CHANNEL_ID = re.compile(r"UC[\w-]{22}")
HANDLE = re.compile(r"@[\w.·-]{2,60}")
EVERY = timedelta(minutes=4)  # with the minute of the clock: on the page within five
EVERY_WITH_HUB = timedelta(minutes=30)  # the hub tells us; this is in case that it forgot
SELDOM = timedelta(hours=6)
GIVEN_UP = 60  # failures in a row: two weeks
LEASE = timedelta(days=5)
RENEWED_BEFORE = timedelta(days=1)
ASKED_AGAIN = timedelta(hours=1)  # where a hub never came back to verify
HASHES = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}


def feed_of_channel(channel_id: str) -> str:
    return f"{YOUTUBE}/feeds/videos.xml?channel_id={channel_id}"


def topic_of_channel(channel_id: str) -> str:
    return f"{YOUTUBE}/xml/feeds/videos.xml?channel_id={channel_id}"


def channel_id_in(said: str) -> str:
    """The id of a YouTube channel in what somebody wrote: the id itself, its page, its feed; "" where it is not said."""
    if CHANNEL_ID.fullmatch(said):
        return said
    found = re.search(r"(?:/channel/|channel_id=)(UC[\w-]{22})(?![\w-])", said)
    return found[1] if found and is_youtube(said) else ""


def is_youtube(address: str) -> bool:
    return urlsplit(address).netloc.lower() in {urlsplit(YOUTUBE).netloc, "youtube.com", "m.youtube.com", "www.youtube.com"}


def address_of(said: str) -> str:
    """An address to begin with, out of what somebody wrote; "" for what is none."""
    words = said.strip()
    if CHANNEL_ID.fullmatch(words):
        return feed_of_channel(words)
    if HANDLE.fullmatch(words):
        return f"{YOUTUBE}/{words}"
    if not words or any(letter.isspace() for letter in words):
        return ""
    whole = words if "://" in words else f"https://{words}"
    parts = urlsplit(whole)
    return whole if parts.scheme in ("http", "https") and "." in (parts.hostname or "") else ""


def next_look(*, failures: int, has_hub: bool) -> timedelta:
    """How long until a channel is looked at again; twice as long after each failure."""
    usual = EVERY_WITH_HUB if has_hub else EVERY
    return min(SELDOM, max(usual, EVERY * 2 ** min(failures, 10)) if failures else usual)


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Whether who sent this knows the secret. Source: WebSub §7.1, "method=signature" in hexadecimal."""
    method, _equals, given = signature.strip().partition("=")
    known = HASHES.get(method.lower())
    if known is None or not given or not secret:
        return False
    return hmac.compare_digest(hmac.new(secret.encode(), body, known).hexdigest(), given.lower())
