"""What changed between two versions of a text, paragraph by paragraph and word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Sort = Literal["same", "new", "gone"]
WORDS = re.compile(r"\s+|[^\s]+")
UNDERLINE = re.compile(r"(?<=[^\n])\n[=-]{2,}$", re.M)
LONGEST = 4_000  # words of a paragraph that are compared one by one


@dataclass(frozen=True)
class Piece:
    """Some words, as they stand in both, in the newer or in the older."""

    sort: Sort
    text: str


@dataclass(frozen=True)
class Paragraph:
    """`sort` "same", "new", "gone", or "changed": then its pieces say what."""

    sort: Literal["same", "new", "gone", "changed"]
    pieces: tuple[Piece, ...]


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a plain text; what underlines a heading there is no word of it."""
    return [one for one in UNDERLINE.sub("", text).split("\n\n") if one.strip()]


def differences(before: Sequence[str], after: Sequence[str]) -> list[Paragraph]:
    """Paragraphs in the order of the newer, those that are gone where they stood."""
    found: list[Paragraph] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Paragraph("same", (Piece("same", one),)) for one in after[c:d]]
            continue
        pairs = min(b - a, d - c)
        found += [_compared(before[a + i], after[c + i]) for i in range(pairs)]
        found += [Paragraph("gone", (Piece("gone", one),)) for one in before[a + pairs : b]]
        found += [Paragraph("new", (Piece("new", one),)) for one in after[c + pairs : d]]
    return found


def _compared(before: str, after: str) -> Paragraph:
    one, other = WORDS.findall(before)[:LONGEST], WORDS.findall(after)[:LONGEST]
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(other[c:d])))
            continue
        if b > a:
            pieces.append(Piece("gone", "".join(one[a:b])))
        if d > c:
            pieces.append(Piece("new", "".join(other[c:d])))
    return Paragraph("changed", tuple(pieces))
