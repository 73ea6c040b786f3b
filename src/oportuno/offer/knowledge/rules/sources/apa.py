"""A source as the seventh edition of APA's style writes it, in the reader's language (docs/adr/0012).

Author. (Date). Title. Container. Address: each part is made alone, and ends with one full stop.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from .dates import said
from .names import initials

MOST_AUTHORS = 20
WORDS = {
    "es": {
        "and": "y", "nd": "s. f.", "in": "En", "ed": "Ed.", "eds": "Eds.", "p": "p.", "pp": "pp.", "vol": "Vol.", "edition": "{}.ª ed.",
        "no": "N.º", "video": "Video", "data": "Conjunto de datos", "thesis": "Tesis",
    },
    "en": {
        "and": "&", "nd": "n.d.", "in": "In", "ed": "Ed.", "eds": "Eds.", "p": "p.", "pp": "pp.", "vol": "Vol.", "edition": "{} ed.",
        "no": "No.", "video": "Video", "data": "Data set", "thesis": "Thesis",
    },
}  # fmt: skip
BY_THE_DAY = {"webpage", "article-magazine", "article-newspaper", "legislation", "motion_picture"}
"""Kinds whose whole date is said; of the others the year."""
PARTS_OF_SOMETHING = {"article-journal", "article-magazine", "article-newspaper", "chapter", "paper-conference"}
"""Kinds whose container is in italics instead of their own title."""
ENDINGS = {1: "st", 2: "nd", 3: "rd"}


@dataclass(frozen=True)
class Span:
    """Some words of a reference. `href`: they lead there."""

    text: str
    italic: bool = False
    href: str = ""


def apa(item: Mapping[str, Any], language: str = "es") -> list[Span]:
    """The whole reference, in pieces that a page or a PDF can draw."""
    language = language if language in WORDS else "en"
    who, when, title = authors(item.get("author") or [], language), _date(item, language), _title(item, language)
    head = [*_stop([Span(who)]), Span(f"{when}. "), *_stop(title)] if who else [*_stop(title), Span(f"{when}. ")]
    spans = [*head, *_stop(_container(item, language)), *_address(item)]
    return _joined(spans)


def apa_html(item: Mapping[str, Any], language: str = "es") -> str:
    """Escaped, ready for a page; leads to DOI or address."""
    return "".join(_drawn(one) for one in apa(item, language))


def apa_text(item: Mapping[str, Any], language: str = "es") -> str:
    return "".join(one.text for one in apa(item, language))


def authors(names: Sequence[Mapping[str, str]], language: str) -> str:
    """Up to twenty; of more the first nineteen and the last."""
    written = [_inverted(one) for one in names]
    if len(written) > MOST_AUTHORS:
        return f"{', '.join(written[: MOST_AUTHORS - 1])}, . . . {written[-1]}"
    if len(written) < 2:
        return "".join(written)
    comma = "" if language == "es" else ","
    return f"{', '.join(written[:-1])}{comma} {_and(written[-1], language)} {written[-1]}"


def _inverted(name: Mapping[str, str]) -> str:
    given = initials(name.get("given", ""))
    return name.get("literal") or (f"{name.get('family', '')}, {given}" if given else name.get("family", ""))


def _straight(name: Mapping[str, str]) -> str:
    return name.get("literal") or " ".join(part for part in (initials(name.get("given", "")), name.get("family", "")) if part)


def _and(before: str, language: str) -> str:
    """Spanish says "e" before the sound of i."""
    return "e" if language == "es" and re.match(r"(?i)(i|hi)(?![ae])|y(?![aeiouáéíóú])", before) else WORDS[language]["and"]


def _date(item: Mapping[str, Any], language: str) -> str:
    parts = item.get("issued", {}).get("date-parts", [[]])[0]
    if not parts:
        return f"({WORDS[language]['nd']})"
    return f"({said(parts if item['type'] in BY_THE_DAY else parts[:1], language)})"


def _title(item: Mapping[str, Any], language: str) -> list[Span]:
    words, kind = WORDS[language], item["type"]
    spans = [Span(item["title"], italic=kind not in PARTS_OF_SOMETHING)]
    inside = [] if kind in PARTS_OF_SOMETHING else [*_edition(item, language), *_volume(item, language)]
    number, genre = item.get("number", ""), item.get("genre", "")
    if kind in ("report", "standard") and number:
        inside.append(number if re.search(r"[^\W\d_]", number) else f"{genre} {words['no']} {number}".strip())
    if inside:
        spans.append(Span(f" ({', '.join(inside)})"))
    if kind == "thesis":
        spans.append(Span(f" [{', '.join(one for one in (genre or words['thesis'], item.get('publisher', '')) if one)}]"))
    elif kind == "legislation" and number:
        spans.append(Span(f" [{number}]"))
    elif kind in ("motion_picture", "dataset"):
        spans.append(Span(f" [{words['video' if kind == 'motion_picture' else 'data']}]"))
    return spans


def _edition(item: Mapping[str, Any], language: str) -> list[str]:
    edition = item.get("edition", "")
    if not edition:
        return []
    digits = re.match(r"\d+", edition)
    if not digits:
        return [edition]
    number = int(digits[0][:6])
    ending = ENDINGS.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
    return [WORDS[language]["edition"].format(number if language == "es" else f"{number}{ending}")] if number > 1 else []


def _volume(item: Mapping[str, Any], language: str) -> list[str]:
    return [f"{WORDS[language]['vol']} {item['volume']}"] if item.get("volume") else []


def _container(item: Mapping[str, Any], language: str) -> list[Span]:
    kind = item["type"]
    if kind.startswith("article-"):
        return _issue(item)
    if kind in ("chapter", "paper-conference") and item.get("container-title"):
        return _book(item, language)
    names = {one.get("literal") for one in item.get("author", [])}
    whose = [item.get("container-title", "")] if kind in ("webpage", "legislation") else []
    whose += [] if kind == "thesis" else [item.get("publisher", "")]
    return [Span(". ".join(dict.fromkeys(one for one in whose if one and one not in names and one != item["title"])))]


def _issue(item: Mapping[str, Any]) -> list[Span]:
    spans = [Span(item.get("container-title", ""), italic=True)] if item.get("container-title") else []
    volume, issue, page = item.get("volume", ""), item.get("issue", ""), item.get("page", "")
    if volume:
        spans += [Span(", "), Span(volume, italic=True)]
    if issue:
        spans.append(Span(f"({issue})" if volume else f", ({issue})"))
    return [*spans, Span(f", {_dashed(page)}")] if page else spans


def _book(item: Mapping[str, Any], language: str) -> list[Span]:
    words = WORDS[language]
    editors = [_straight(one) for one in item.get("editor", [])]
    head = f"{words['in']} "
    if editors:
        named = (
            f" {words['and']} ".join(editors)
            if len(editors) < 3
            else f"{', '.join(editors[:-1])}{', &' if language == 'en' else ' y'} {editors[-1]}"
        )
        head += f"{named} ({words['eds' if len(editors) > 1 else 'ed']}), "
    page = item.get("page", "")
    inside = [*_edition(item, language), *_volume(item, language)]
    inside += [f"{words['pp' if re.search('[-–,]', page) else 'p']} {_dashed(page)}"] if page else []
    publisher = item.get("publisher", "")
    tail = f" ({', '.join(inside)})" if inside else ""
    return [Span(head), Span(item["container-title"], italic=True), Span(f"{tail}. {publisher}" if publisher else tail)]


def _dashed(page: str) -> str:
    return re.sub(r"\s*-+\s*", "–", page)


def _address(item: Mapping[str, Any]) -> list[Span]:
    address = f"https://doi.org/{item['DOI']}" if item.get("DOI") else item.get("URL", "")
    return [Span(address, href=address)] if address else []


def _stop(spans: list[Span]) -> list[Span]:
    """With a full stop behind, unless the words end with one or with another sign that ends a sentence."""
    spans = [one for one in spans if one.text]
    if not spans:
        return []
    return [*spans, Span(" " if spans[-1].text.endswith((".", "?", "!")) else ". ")]


def _joined(spans: list[Span]) -> list[Span]:
    """Neighbours of one look as one, and nothing behind the last."""
    found: list[Span] = []
    for one in spans:
        if found and (found[-1].italic, found[-1].href) == (one.italic, one.href):
            found[-1] = Span(found[-1].text + one.text, one.italic, one.href)
        else:
            found.append(one)
    if found and not found[-1].href:
        found[-1] = Span(found[-1].text.rstrip(), found[-1].italic)
    return found


def _drawn(span: Span) -> str:
    words = escape(span.text)
    words = f"<i>{words}</i>" if span.italic else words
    return f'<a href="{escape(span.href)}" rel="noopener">{words}</a>' if span.href else words
