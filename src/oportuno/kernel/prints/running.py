"""Inline HTML, as `kernel.content` keeps it, into runs."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import get_args
from urllib.parse import urljoin, urlsplit

from .pieces import Run, Runs, Strength

SCHEMES = {"http", "https", "mailto", "tel"}
LOOKS: frozenset[str] = frozenset(get_args(Strength))


def plain_runs(words: object) -> Runs:
    """One run of plain words; none when there are no words. Lazy translations are taken as they read now."""
    text = str(words)
    return (Run(text),) if text else ()


def inline(words: str, base: str = "") -> Runs:
    """Words with emphasis and links. `base` ("https://market.example") goes before our own addresses; what leads nowhere keeps its words.

    `#name` leads to the piece with that anchor.
    """
    if "<" not in words and "&" not in words:
        return plain_runs(words)
    reader = _Reader(base)
    reader.feed(words)
    reader.close()
    return tuple(reader.runs)


class _Reader(HTMLParser):
    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base = base
        self.runs: list[Run] = []
        self.open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.handle_data("\n")
        else:
            href = (dict(attrs).get("href") or "") if tag == "a" else ""
            self.open.append((tag, href if href.startswith("#") else _whole(href, self.base)))

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        looks: tuple[Strength, ...] = tuple(dict.fromkeys(tag for tag, _href in self.open if tag in LOOKS))  # type: ignore[arg-type]
        href = next((found for _tag, found in reversed(self.open) if found), "")
        self.runs.append(Run(data, looks, "", href[1:]) if href.startswith("#") else Run(data, looks, href))


def _whole(href: str, base: str) -> str:
    if not href:
        return ""
    if href.startswith("/") and not base:
        return ""
    whole = urljoin(f"{base}/", href) if base else href
    return whole if urlsplit(whole).scheme in SCHEMES else ""
