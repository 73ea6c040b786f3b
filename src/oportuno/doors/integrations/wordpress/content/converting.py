"""One piece of WordPress as a document of ours, and what of it had no equivalent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from oportuno.kernel.content import read, write
from oportuno.kernel.content.document import MOST_BLOCKS
from oportuno.kernel.content.inline import plain
from oportuno.kernel.errors import Refusal

from .marking import Reused, has_blocks, marked
from .media import embed
from .page import LONGEST, Block, Page, Shown, Writer, chunks
from .tree import tree
from .walking import walk

NUMBERS = re.compile(r"wp-image-(\d{1,12})|\[(?:gallery|playlist)[^\]]{0,2000}?\b(?:ids|include)\s*=\s*[\"']?([\d,\s]{1,4000})")
BESIDE = re.compile(r"\[(?:gallery|playlist|audio|video)\b")
SCRIPTS = re.compile(r"<(script|style|form|canvas|svg|math)\b", re.IGNORECASE)
MORE = re.compile(r"<!--\s*more\b.*?-->|<!--\s*wp:more\b", re.DOTALL)


@dataclass(frozen=True)
class Converted:
    """`files` are those to bring: their names in the document → (sort, address). `left`: (sort, name) → how often.

    `blocks` are the names of Gutenberg's blocks in it, sorted.
    """

    document: dict[str, Any]
    files: Mapping[str, tuple[str, str]]
    left: Counter[tuple[str, str]]
    blocks: tuple[str, ...] = ()


def needs(content: str) -> tuple[set[str], bool]:
    """Numbers of attachments that it names, and whether it may show those that hang on its item."""
    numbers = {
        number.strip() for one, several in NUMBERS.findall(content) for number in ([one] if one else several.split(",")) if number.strip()
    }
    return numbers, BESIDE.search(content) is not None


def convert(
    content: str,
    *,
    owner: str = "",
    base: str = "",
    library: Mapping[str, Shown] | None = None,
    beside: tuple[Shown, ...] = (),
    reused: Reused = lambda number: "",
    links: Callable[[str], str] = lambda href: href,
) -> Converted:
    """Blocks of ours, cleaned. Files are named by `file_id` of their addresses until `settle` says what became of them.

    `links` tells where a link of the old site leads now. Never raises: what cannot be a block is words.
    """
    page = Page(owner, base, not has_blocks(content), library or {}, beside, links)
    for found in SCRIPTS.findall(content):
        page.leave("element", found.lower())
    names: Counter[str] = Counter()
    source = marked(content.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", ""), reused=reused, named=names)
    writer = Writer(page)
    walk(tree(source), writer)
    writer.flush()
    blocks = _embedded(writer.blocks, page) if page.is_classic else writer.blocks
    for name, times in names.items():
        if "/" in name and not name.startswith("core-embed/"):  # of a plugin: its words are there, what it did is not
            page.left["block", name] += times - page.left["block", name]
    return Converted(_document(_relinked(blocks, links)), page.files, page.left, tuple(sorted(names)))


def teaser(content: str) -> str:
    """What stands before the “more” tag; empty where there is none."""
    found = MORE.search(content)
    return content[: found.start()] if found else ""


ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def _embedded(blocks: list[Block], page: Page) -> list[Block]:
    """In classic content an address alone on its line shows what is there."""
    writer = Writer(page)
    for block in blocks:
        if block["type"] == "text" and ADDRESS.fullmatch(block["text"]):
            embed(plain(block["text"]), "", writer)
        else:
            writer.add(block)
    return writer.blocks


HREF = re.compile(r'(<a href=")([^"]*)"')


def _relinked(blocks: list[Block], links: Callable[[str], str]) -> list[Block]:
    """Links in words lead to where the old site's pages are now."""

    def of(value: Any, name: str = "") -> Any:
        if isinstance(value, list):
            return [of(one, name) for one in value]
        if isinstance(value, dict):
            return {key: of(one, key) for key, one in value.items()}
        if isinstance(value, str) and '<a href="' in value and name != "code":
            return HREF.sub(lambda found: f'{found[1]}{escape(links(_unescaped(found[2])))}"', value)
        return value

    return [block if block["type"] == "code" else of(block) for block in blocks]


def _unescaped(href: str) -> str:
    return href.replace("&amp;", "&").replace("&quot;", '"').replace("&#x27;", "'").replace("&lt;", "<").replace("&gt;", ">")


def _document(blocks: list[Block]) -> dict[str, Any]:
    """Whole where it can be; otherwise block by block, and one that is refused becomes its words."""
    fitting = _fit(blocks)
    try:
        return write(read({"version": 1, "blocks": fitting}))
    except Refusal:
        return write(read({"version": 1, "blocks": [one for block in fitting for one in _surely(block)]}))


def _surely(block: Block) -> list[Block]:
    try:
        read({"version": 1, "blocks": [block]})
    except Refusal:
        said = " ".join(_strings(block))
        return [{"type": "text", "text": piece} for piece in chunks(escape(plain(said), quote=False)[: LONGEST * 10])]
    return [block]


WORDY = {"text", "caption", "title", "label", "by", "rows", "items", "pictures", "folds", "columns", "blocks"}


def _strings(value: Any) -> list[str]:
    """All words of a block."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [said for one in value for said in _strings(one)]
    if isinstance(value, dict):
        return [said for key, one in value.items() if key in WORDY for said in _strings(one)]
    return []


def _count(blocks: list[Block]) -> int:
    return sum(1 + sum(_count(part["blocks"]) for part in _parts(block)) for block in blocks)


def _parts(block: Block) -> list[Block]:
    """What holds the blocks in it."""
    found: list[Block] = block["columns"] if block["type"] == "columns" else block["folds"] if block["type"] == "accordion" else []
    return found


def _fit(blocks: list[Block]) -> list[Block]:
    """As many blocks as a piece may have: paragraphs that follow each other become one, until it fits."""
    if _count(blocks) <= MOST_BLOCKS:
        return blocks
    fewer: list[Block] = []
    for block in blocks:
        before = fewer[-1] if fewer else None
        if block["type"] == "text" and before and before["type"] == "text" and len(before["text"]) + len(block["text"]) < LONGEST:
            fewer[-1] = {"type": "text", "text": f"{before['text']}<br><br>{block['text']}"}
        else:
            fewer.append(block)
    if _count(fewer) <= MOST_BLOCKS:
        return fewer
    words = [piece for block in fewer for said in _strings(block) for piece in chunks(said)]
    joined: list[str] = [""]
    for one in words:
        if len(joined[-1]) + len(one) < LONGEST:
            joined[-1] += f"<br>{one}" if joined[-1] else one
        else:
            joined.append(one)
    return [{"type": "text", "text": one} for one in joined[:MOST_BLOCKS]]
