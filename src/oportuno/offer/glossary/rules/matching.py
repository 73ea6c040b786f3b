"""Finding terms in what was drawn: one pass over the words, one look-up for each, however large the glossary is."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

from .said import Language
from .wording import WORD, forms

Form = tuple[str, ...]
PIECE = re.compile(r"<!--.*?-->|<[^>]*>|[^<]+", re.DOTALL)
NAME = re.compile(r"</?\s*([a-zA-Z][a-zA-Z0-9]*)")
NEVER_IN = frozenset(
    {"a", "abbr", "audio", "button", "code", "dfn", "figcaption", "form", "h1", "h2", "h3", "h4", "h5", "h6", "label", "nav", "option",
     "pre", "script", "select", "style", "summary", "svg", "textarea", "th", "title", "video"}
)  # fmt: skip
GAP = re.compile(r"[ \u00a0\n\t-]{1,3}|/")
"""What may stand between the words of one name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a link to a term needs. `line` is what the card says."""

    key: str
    title: str
    line: str
    href: str


@dataclass(frozen=True)
class Matcher:
    """Every form of every name, by its first word, the longest first. Frozen: one for a whole process until the glossary changes."""

    by_first: dict[str, list[tuple[Form, Entry]]] = field(default_factory=dict)

    def find(self, text: str) -> Iterator[tuple[int, int, Entry]]:
        """Where plain words name a term: (from, to, which), the longest name at each place, none over another."""
        found = list(WORD.finditer(text))
        place = 0
        while place < len(found):
            hit = self._at(text, found, place)
            if hit:
                last, entry = hit
                yield found[place].start(), found[last].end(), entry
                place = last + 1
            else:
                place += 1

    def _at(self, text: str, found: list[re.Match[str]], place: int) -> tuple[int, Entry] | None:
        word = found[place][0]
        small = word.casefold()
        for form, entry in self.by_first.get(small, ()):
            if self._says(text, found, place, form, exact=False):
                return place + len(form) - 1, entry
        if small != word:
            for form, entry in self.by_first.get(word, ()):
                if self._says(text, found, place, form, exact=True):
                    return place + len(form) - 1, entry
        return None

    @staticmethod
    def _says(text: str, found: list[re.Match[str]], place: int, form: Form, *, exact: bool) -> bool:
        if place + len(form) > len(found):
            return False
        for offset, wanted in enumerate(form):
            one = found[place + offset]
            if (one[0] if exact else one[0].casefold()) != wanted:
                return False
            if offset and not GAP.fullmatch(text, found[place + offset - 1].end(), one.start()):
                return False
        return True


def compiled(terms: Iterable[tuple[Entry, Iterable[str]]], language: Language) -> Matcher:
    """From each term and its names. Of two terms with one name the first has it."""
    seen: dict[Form, Entry] = {}
    for entry, names in terms:
        for name in names:
            for form in forms(name, language):
                seen.setdefault(form, entry)
    by_first: dict[str, list[tuple[Form, Entry]]] = {}
    for form in sorted(seen, key=lambda one: -len(one)):
        by_first.setdefault(form[0], []).append((form, seen[form]))
    return Matcher(by_first)


def linked(drawn: str, matcher: Matcher, draw: Callable[[Entry, str], str], *, without: Collection[str] = ()) -> str:
    """Drawn HTML of ours with the first mention of each term as a link. `draw` gets the term and the words, which are HTML already.

    `without`: keys of terms that are left alone.
    """
    if not matcher.by_first:
        return drawn
    done, inside, parts = set(without), 0, []
    closed: list[str] = []
    for found in PIECE.finditer(drawn):
        piece = found[0]
        if piece[0] == "<":
            inside = _step(piece, closed)
            parts.append(piece)
        else:
            parts.append(piece if inside else _worded(piece, matcher, draw, done))
    return "".join(parts)


def _step(tag: str, closed: list[str]) -> int:
    """Inside of how many places where nothing is linked we are after this tag."""
    name = NAME.match(tag)
    if name and (word := name[1].lower()) in NEVER_IN:
        if not tag.startswith("</"):
            if not tag.endswith("/>"):
                closed.append(word)
        elif word in closed:
            while closed.pop() != word:
                pass
    return len(closed)


def _worded(piece: str, matcher: Matcher, draw: Callable[[Entry, str], str], done: set[str]) -> str:
    text = unicodedata.normalize("NFC", html.unescape(piece))
    parts, at = [], 0
    for begin, end, entry in matcher.find(text):
        if entry.key not in done:
            done.add(entry.key)
            parts += [html.escape(text[at:begin], quote=False), draw(entry, html.escape(text[begin:end], quote=False))]
            at = end
    return "".join([*parts, html.escape(text[at:], quote=False)]) if parts else piece
