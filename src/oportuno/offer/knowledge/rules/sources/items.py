"""One source: which fields it may have, and what is kept of what somebody brought."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

from .dates import clean_date
from .names import clean_names

Item = dict[str, Any]
"""One item of CSL-JSON, with only the fields below."""
TYPES = (
    "article-journal", "book", "chapter", "report", "standard", "legislation", "thesis", "paper-conference", "webpage",
    "article-magazine", "article-newspaper", "dataset", "motion_picture",
)  # fmt: skip
NAMES = ("author", "editor")
FIELDS = (
    "title", "container-title", "publisher", "publisher-place", "volume", "issue", "page", "edition", "number", "genre", "DOI", "ISBN",
    "ISSN", "URL", "language", "note",
)  # fmt: skip
LONGEST = {"title": 500, "container-title": 300, "note": 500, "URL": 1000}
USUAL = 200
DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>{}|\\^`]{1,200}", re.ASCII)
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_:.-]{0,59}", re.ASCII)
SAME_TYPES = {"article": "article-journal", "post-weblog": "webpage", "post": "webpage", "bill": "legislation", "regulation": "legislation"}


class SourceUnreadable(ValueError):
    """What somebody brought is no source. `code` says why: "nothing", "title", "address", "many" or "line" (then `at` is its number)."""

    def __init__(self, code: str, at: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.at = at


def clean(given: Mapping[str, Any]) -> Item:
    """Only known fields, within their lengths. Raises SourceUnreadable without a title, and for an address that is none."""
    kind = str(given.get("type", ""))
    item: Item = {"type": kind if kind in TYPES else SAME_TYPES.get(kind, "webpage" if given.get("URL") else "book")}
    for field in FIELDS:
        if text := " ".join(str(given.get(field) or "").split())[: LONGEST.get(field, USUAL)]:
            item[field] = text
    for field in NAMES:
        if names := clean_names(given.get(field)):
            item[field] = names
    for field in ("issued", "accessed"):
        if found := clean_date(given.get(field)):
            item[field] = found
    if not item.get("title"):
        raise SourceUnreadable("title")
    if "DOI" in item:
        item["DOI"] = doi_of(item["DOI"])
        if not item["DOI"]:
            del item["DOI"]
    if "URL" in item and not item["URL"].startswith(("https://", "http://")):
        raise SourceUnreadable("address")
    return item


def doi_of(text: str) -> str:
    """The bare DOI in an address or a line, lower case (DOIs do not tell cases apart); "" for none."""
    found = DOI.search(text)
    return found[0].rstrip(".,;)").lower() if found else ""


def year_of(item: Mapping[str, Any]) -> int | None:
    try:
        return int(item["issued"]["date-parts"][0][0])
    except (KeyError, IndexError, TypeError, ValueError):
        return None


def key_for(item: Mapping[str, Any], taken: Collection[str] = (), wanted: str = "") -> str:
    """What the text cites it by: `wanted` where it can be, else family, year; none of those `taken`."""
    if not KEY.fullmatch(wanted):
        who: Mapping[str, str] = next(iter(item.get("author") or item.get("editor") or []), {})
        words = _plain(who.get("family") or who.get("literal") or item.get("title", "")).split()
        wanted = f"{''.join(words[:1])[:30] or 'fuente'}{year_of(item) or ''}"
    if wanted not in taken:
        return wanted
    letters = (f"{wanted[:57]}{chr(97 + step // 26 % 26) if step > 25 else ''}{chr(97 + step % 26)}" for step in range(1, 600))
    return next(one for one in letters if one not in taken)


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9 ]", "", bare.lower())
