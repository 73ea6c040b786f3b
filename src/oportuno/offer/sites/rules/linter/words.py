"""What is said in a document, told apart: paragraphs, headings, links, pictures, buttons."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Block = Mapping[str, Any]
TAG = re.compile(r"<[^>]*>")
LINK = re.compile(r'<a\s[^>]*href="([^"]*)"[^>]*>(.*?)</a>', re.IGNORECASE | re.DOTALL)
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")


@dataclass
class Said:
    """All of it, in its order. `pictures`: what each shows, "" where nobody said. `links`: (address, words)."""

    paragraphs: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    other: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join([*(words for _level, words in self.headings), *self.paragraphs, *self.other])

    @property
    def count(self) -> int:
        """Of words."""
        return len(words_of(self.text))

    @property
    def addresses(self) -> list[str]:
        return [address for address, _words in (*self.links, *self.buttons)]


def said_in(blocks: Sequence[Block]) -> Said:
    found = Said()
    for block in every(blocks):
        _hear(found, block)
    return found


def every(blocks: Sequence[Block]) -> Iterator[Block]:
    """All blocks, also those inside of columns and folds."""
    for block in blocks:
        yield block
        for part in (*block.get("columns", ()), *block.get("folds", ())) if block.get("type") in ("columns", "accordion") else ():
            yield from every(part.get("blocks", ()))


def words_of(text: str) -> list[str]:
    return WORD.findall(text.lower())


def sentences_of(text: str) -> list[str]:
    return [one.strip() for one in SENTENCE.findall(text) if words_of(one)]


def plain(inline: str) -> str:
    return " ".join(html.unescape(TAG.sub("", inline)).split())


def _hear(found: Said, block: Block) -> None:
    kind = str(block.get("type", ""))
    found.kinds.append(kind)
    for inline in _inline(block):
        found.links += [(address, plain(words)) for address, words in LINK.findall(inline)]
    if kind == "text":
        found.paragraphs.append(plain(block.get("text", "")))
    elif kind == "heading":
        found.headings.append((int(block.get("level", 2)), plain(block.get("text", ""))))
    elif kind == "button":
        found.buttons.append((str(block.get("href", "")), str(block.get("label", ""))))
    elif kind == "image":
        found.pictures.append(str(block.get("alt", "")).strip())
    elif kind == "gallery":
        found.pictures += [str(one.get("alt", "")).strip() for one in block.get("pictures", ())]
    else:
        found.other += [words for words in map(plain, _inline(block)) if words]


def _inline(block: Block) -> Iterator[str]:
    """Every piece of text that a block holds itself."""
    for name in ("text", "caption", "by", "title"):
        if isinstance(block.get(name), str):
            yield block[name]
    for one in (*block.get("items", ()), *block.get("folds", ()), *block.get("pictures", ())):
        for name in ("text", "title", "caption"):
            if isinstance(one, Mapping) and isinstance(one.get(name), str):
                yield one[name]
    for row in block.get("rows", ()):
        yield from (cell for cell in row if isinstance(cell, str))
