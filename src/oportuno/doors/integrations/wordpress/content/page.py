"""One piece being converted: what was found so far, and where its files are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit
from uuid import UUID, uuid5

from ..wxr.shapes import Item
from .inline import aligned, around, inline, words
from .tree import Node

Block = dict[str, Any]
FILES = UUID("5b6a4a0e-6b34-4f0f-8f4c-0a5b1c1f7d21")
"""Names of files that are not here yet: what is asked for by one address twice is one file."""
LONGEST = 45_000
SCALED = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w{2,5}$)")


def file_id(owner: str, address: str) -> str:
    """What a block of this owner calls a file until it has come."""
    return str(uuid5(FILES, f"{owner} {address}"))


@dataclass(frozen=True)
class Shown:
    """An attachment of the library that it came from."""

    address: str
    alt: str = ""
    caption: str = ""

    @classmethod
    def of(cls, item: Item) -> Shown:
        return cls(item.attachment or item.guid, item.said("_wp_attachment_image_alt"), item.excerpt.strip())


@dataclass
class Page:
    """`owner` is whose the files will be, `base` the old site's address. `library` has attachments by their numbers, `beside` those that hang on this item."""

    owner: str = ""
    base: str = ""
    is_classic: bool = True
    library: Mapping[str, Shown] = field(default_factory=dict)
    beside: tuple[Shown, ...] = ()
    links: Callable[[str], str] = lambda href: href
    files: dict[str, tuple[str, str]] = field(default_factory=dict)
    left: Counter[tuple[str, str]] = field(default_factory=Counter)

    def leave(self, sort: str, name: str) -> None:
        """Something without an equivalent: a block, a shortcode, what is embedded."""
        self.left[sort, name[:60]] += 1

    def file(self, sort: str, given: str) -> str:
        """The name of a file to bring ("picture", "audio", "video", "file"); empty where there is no address."""
        whole = self.whole(given)
        if not whole:
            return ""
        name = file_id(self.owner, whole)
        self.files.setdefault(name, (sort, whole))
        return name

    def whole(self, given: str) -> str:
        """A whole web address, of one that may be relative; empty for none."""
        try:
            joined = urljoin(f"{self.base}/", given.strip())
            parts = urlsplit(joined)
        except ValueError:
            return ""
        return joined if parts.scheme in ("http", "https") and parts.netloc and len(joined) <= 2_000 else ""

    def full_size(self, node: Node) -> str:
        """The address of a picture, of its largest version where the library knows it."""
        src = node.attributes.get("src", "")
        number = next((one.removeprefix("wp-image-") for one in node.classes if one.startswith("wp-image-")), "")
        known = self.library.get(number)
        return known.address if known and _stem(known.address) == _stem(src) else src


def _stem(address: str) -> str:
    return SCALED.sub("", address.split("?")[0].rpartition("/")[2])


class Writer:
    """Blocks, and the line that is being written. `depth` as in kernel.content: blocks in blocks end somewhere."""

    def __init__(self, page: Page, depth: int = 1) -> None:
        self.page = page
        self.depth = depth
        self.blocks: list[Block] = []
        self._line: list[str] = []
        self._align = ""

    def add(self, *blocks: Block) -> None:
        """Blocks after all that was written."""
        self.flush()
        self.blocks += blocks

    def text(self, html: str, align: str = "") -> None:
        """A paragraph of its own."""
        self.flush()
        self._align = align
        self._line.append(html)
        self.flush()

    def letters(self, letters: str) -> None:
        self._line.append(words(letters, keeps_lines=self.page.is_classic))

    def words(self, node: Node) -> None:
        self._line.append(self.html(node))

    def wrapped(self, above: list[Node], letters: str) -> None:
        """Letters in emphasis that also holds an object, and so is written in parts."""
        written = words(letters, keeps_lines=self.page.is_classic)
        for node in reversed(above):
            written = around(node, written)
        self._line.append(written)

    def html(self, node: Node) -> str:
        return inline(node, keeps_lines=self.page.is_classic)

    def inside(self, node: Node) -> str:
        """The words in an element, without itself."""
        return "".join(
            words(child, keeps_lines=self.page.is_classic) if isinstance(child, str) else self.html(child) for child in node.children
        )

    def align(self, node: Node) -> None:
        self._align = aligned(node)

    def flush(self) -> None:
        """End the paragraph. Classic content has as many of them as there are empty lines."""
        written, self._line = "".join(self._line), []
        align, self._align = self._align, ""
        for part in re.split(r"\n[ \t\xa0]*\n\s*", written) if self.page.is_classic else [written]:
            clean = tidy(part)
            for piece in chunks(clean):
                self.blocks.append({"type": "text", "text": piece, **({"align": align} if align else {})})


BREAK_AND_LINE = re.compile(r"<br>[ \t]*\n[ \t]*")
EMPTY = re.compile(r"<[^>]*>|&nbsp;|[\s\xa0\u200b\ufeff]")
PIECES = re.compile(r"<[^>]*>|[^<\s]+\s*|\s+")


def tidy(written: str) -> str:
    """A paragraph without breaks around it; empty when it says nothing."""
    if not EMPTY.sub("", written):
        return ""
    lines = BREAK_AND_LINE.sub("<br>", written.strip()).replace("\n", "<br>").split("<br>")
    first = next(place for place, line in enumerate(lines) if EMPTY.sub("", line))
    last = next(place for place in range(len(lines) - 1, -1, -1) if EMPTY.sub("", lines[place]))
    return "<br>".join(line.strip() for line in lines[first : last + 1])


def chunks(text: str) -> list[str]:
    """As many pieces as are needed: nobody reads a paragraph of a whole book, but none is lost."""
    if len(text) <= LONGEST:
        return [text] if text else []
    pieces, size = [[""]], 0
    for one in PIECES.findall(text):
        size += len(one)
        if size > LONGEST:
            pieces.append([])
            size = len(one)
        if len(one) <= LONGEST:
            pieces[-1].append(one)
        else:  # no blank for pages
            pieces += [[one[at : at + LONGEST]] for at in range(0, len(one), LONGEST)]
            size = LONGEST
    return [joined for piece in pieces if EMPTY.sub("", joined := "".join(piece))]
