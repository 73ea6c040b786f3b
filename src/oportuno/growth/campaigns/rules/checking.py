"""What is looked at before sending. Each remark has its reason; there is no score from nowhere. Plain data in, remarks out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

GMAIL_CUTS = 102 * 1024
"""Bytes of HTML after which Gmail cuts a mail and hides its end, the way out with it."""
LONG_SUBJECT = 70
FEW_WORDS, MANY_PICTURES = 30, 3
SHOUTED = 0.5
GONE = frozenset({404, 410})
BLOCK, WARN = "block", "warn"

LURES = (
    "gratis", "100% gratis", "gane dinero", "gana dinero", "dinero facil", "sin riesgo", "credito inmediato", "haz clic aqui", "haga clic aqui",
    "actua ya", "ultima oportunidad", "te has ganado", "has sido seleccionado", "felicidades ganador", "ingresos extra", "urgente", "promocion exclusiva",
    "free money", "risk free", "act now", "click here", "you have won", "winner", "earn money", "limited time", "100% free", "no obligation", "urgent",
)  # fmt: skip
"""Words that filters of large mailboxes weigh against a mail (SpamAssassin's and their kin); found as whole words, without accents."""
SHORTENERS = frozenset({"bit.ly", "tinyurl.com", "goo.gl", "t.co", "ow.ly", "is.gd", "cutt.ly", "rebrand.ly", "acortar.link"})


@dataclass(frozen=True)
class Remark:
    """`code` names it, `told` is what its sentence needs. Of level block, nothing is sent before it is mended."""

    level: str
    code: str
    told: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """One version as its readers get it. `links` are addresses to what came of asking them (0: not reached), None: not asked."""

    channel: str
    subject: str
    html: str
    text: str
    unknown: Sequence[str]
    links: Mapping[str, int | None]
    pictures_without_words: int


@dataclass(frozen=True)
class Around:
    """What is the same for all versions. Of the segments that it asks for: how many are gone, and which cannot be counted any more."""

    audience: int
    postal: bool
    sender: bool
    gone: int = 0
    troubled: Sequence[str] = ()


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, None] = {}
        self.pictures = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" and (href := dict(attrs).get("href")) and href.startswith(("http://", "https://")):
            self.found[href] = None
        if tag == "img":
            self.pictures += 1


def links_of(html: str) -> list[str]:
    """The web addresses a mail leads to, each once."""
    parser = _Links()
    parser.feed(html)
    return list(parser.found)


def pictures_of(html: str) -> int:
    parser = _Links()
    parser.feed(html)
    return parser.pictures


def remarks_on(sheet: Sheet, around: Around) -> list[Remark]:
    """What must be mended first, then what had better be."""
    found = [*_empty(sheet, around), *_words(sheet), *(_shape(sheet) if sheet.channel == "email" else ())]
    return sorted(found, key=lambda one: one.level != BLOCK)


def _empty(sheet: Sheet, around: Around) -> list[Remark]:
    found = []
    if sheet.channel == "email" and not sheet.subject.strip():
        found.append(Remark(BLOCK, "no subject"))
    if not sheet.text.strip():
        found.append(Remark(BLOCK, "no words"))
    if around.gone:
        found.append(Remark(BLOCK, "segments gone"))
    if around.troubled:
        found.append(Remark(BLOCK, "segments troubled", {"segments": ", ".join(around.troubled)}))
    if not around.audience and not around.gone:
        found.append(Remark(BLOCK, "no audience"))
    if sheet.channel == "email" and not around.postal:
        found.append(Remark(BLOCK, "no postal address"))
    if not around.sender:
        found.append(Remark(BLOCK, "no sender"))
    if sheet.unknown:
        found.append(Remark(BLOCK, "unknown fields", {"fields": ", ".join(sheet.unknown)}))
    gone = [link for link, status in sheet.links.items() if status in GONE]
    if gone:
        found.append(Remark(BLOCK, "links gone", {"links": gone}))
    return found


def _words(sheet: Sheet) -> list[Remark]:
    found = []
    said = plain(f"{sheet.subject} {sheet.text}")
    lures = [one for one in LURES if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", said)]
    if lures:
        found.append(Remark(WARN, "lures", {"words": ", ".join(lures[:5])}))
    if shouts(sheet.subject):
        found.append(Remark(WARN, "shouted subject"))
    if sheet.subject.count("!") > 1 or "!!" in sheet.text or "$$" in sheet.text:
        found.append(Remark(WARN, "many marks"))
    return found


def _shape(sheet: Sheet) -> list[Remark]:
    found = []
    size = len(sheet.html.encode())
    if size > GMAIL_CUTS:
        found.append(Remark(WARN, "too heavy", {"kilobytes": size // 1024}))
    if len(sheet.subject) > LONG_SUBJECT:
        found.append(Remark(WARN, "long subject", {"letters": len(sheet.subject)}))
    if sheet.pictures_without_words:
        found.append(Remark(WARN, "pictures without words", {"count": sheet.pictures_without_words}))
    if pictures_of(sheet.html) >= MANY_PICTURES and len(sheet.text.split()) < FEW_WORDS:
        found.append(Remark(WARN, "almost only pictures"))
    short = sorted({host for link in sheet.links if (host := urlsplit(link).hostname or "") in SHORTENERS})
    if short:
        found.append(Remark(WARN, "shortened links", {"hosts": ", ".join(short)}))
    if any(re.fullmatch(r"[\d.]+", urlsplit(link).hostname or "") for link in sheet.links):
        found.append(Remark(WARN, "links to numbers"))
    if not sheet.links:
        found.append(Remark(WARN, "no links"))
    broken = [link for link, status in sheet.links.items() if status is not None and status not in GONE and (status == 0 or status >= 400)]
    if broken:
        found.append(Remark(WARN, "links broken", {"links": broken}))
    if any(status is None for status in sheet.links.values()):
        found.append(Remark(WARN, "links not asked"))
    return found


def shouts(text: str) -> bool:
    """More capitals than small letters, in more than a word or two."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 10 and sum(letter.isupper() for letter in letters) / len(letters) > SHOUTED


def plain(text: str) -> str:
    """Small letters without accents."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(letter))
