"""Citations in a text: `[@key]`, `[@one; @other, p. 12]` become numbers that lead to their source, and each source leads back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

MARK = re.compile(
    r"\[(@[A-Za-z0-9][A-Za-z0-9_:.-]{0,59}(?:,[^\[\]@;<>]{1,80})?(?:;\s*@[A-Za-z0-9][A-Za-z0-9_:.-]{0,59}(?:,[^\[\]@;<>]{1,80})?){0,19})\]"
)
ONE = re.compile(r"@([A-Za-z0-9][A-Za-z0-9_:.-]*)\s*(?:,\s*([^;]+))?")
TAG = re.compile(r"""(<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>)""")
CLOSED = ("a", "code", "pre", "button", "script", "style", "textarea")
"""Inside of these a mark stays as it is written."""


@dataclass
class Cited:
    """`html` with numbers; `places`: for each key the anchors where it is cited; `unknown`: keys that no source has."""

    html: str
    places: dict[str, list[str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


def keys_in(texts: Iterable[str]) -> list[str]:
    """Keys cited in plain texts, in order, each once."""
    found = (one[1].rstrip(".") for text in texts for mark in MARK.finditer(text) for one in ONE.finditer(mark[1]))
    return list(dict.fromkeys(found))


def numbered(cited: Sequence[str], known: Sequence[str]) -> dict[str, int]:
    """Numbers of sources: those that are cited in the order of the text, then the others as they stand."""
    there = set(known)
    order = dict.fromkeys([*(one for one in cited if one in there), *known])
    return {key: place for place, key in enumerate(order, 1)}


def cite(html: str, numbers: Mapping[str, int], *, prefix: str = "", seen: dict[str, list[str]] | None = None) -> Cited:
    """Marks in the words of a page become links to `#<prefix>fuente-<number>`; an unknown key is shown as it was written.

    `prefix` tells several texts on one page apart; `seen` holds the places of the parts before. Marks in links, code and buttons are left alone.
    """
    cited = Cited("", {} if seen is None else seen)
    inside: list[str] = []
    pieces = []
    for piece in TAG.split(html):
        if piece.startswith("<") and TAG.fullmatch(piece):
            _walk(piece, inside)
            pieces.append(piece)
        else:
            pieces.append(piece if inside else MARK.sub(lambda mark: _drawn(mark, numbers, prefix, cited), piece))
    cited.html = "".join(pieces)
    return cited


def cited_text(text: str, numbers: Mapping[str, int]) -> str:
    """Marks in plain text as [3], those of unknown sources left out: for search, mail and PDFs."""

    def said(mark: re.Match[str]) -> str:
        known = [(numbers[key], where) for key, where in _ones(mark) if key in numbers]
        return f"[{'; '.join(f'{number}, {where}' if where else str(number) for number, where in known)}]" if known else ""

    return MARK.sub(said, text)


def _walk(tag: str, inside: list[str]) -> None:
    name = re.match(r"</?\s*([a-zA-Z0-9-]+)", tag)
    if name is None or name[1].lower() not in CLOSED:
        return
    if not tag.startswith("</"):
        inside.append(name[1].lower())
    elif inside:
        inside.pop()


def _ones(mark: re.Match[str]) -> list[tuple[str, str]]:
    return [(one[1].rstrip("."), (one[2] or "").strip()) for one in ONE.finditer(mark[1])]


def _drawn(mark: re.Match[str], numbers: Mapping[str, int], prefix: str, cited: Cited) -> str:
    links = []
    for key, where in _ones(mark):
        if key not in numbers:
            cited.unknown.append(key)
            links.append(f"<mark>@{key}</mark>")
            continue
        places = cited.places.setdefault(key, [])
        anchor = f"{prefix}cita-{numbers[key]}-{len(places) + 1}"
        places.append(anchor)
        link = f'<a href="#{prefix}fuente-{numbers[key]}" id="{anchor}">{numbers[key]}</a>'
        links.append(f"{link}, {where}" if where else link)
    return f'<span class="cite">[{"; ".join(links)}]</span>'
