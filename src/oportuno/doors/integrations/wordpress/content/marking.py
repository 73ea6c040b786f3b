"""Turning what is WordPress's own, Gutenberg's comments and shortcodes, into elements of a tree.

Blocks that hold HTML need nothing more than that HTML: its classes say what it is. Those that hold none (`<!-- wp:search /-->`), and
shortcodes, become marks: `<wp-mark data-sort="block" data-name="search" data-said="{…}">`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from hashlib import sha1
from html import escape
from typing import Any

from .tree import MARK

COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
BLOCK = re.compile(r"(/)?wp:([a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)(?:\s+(\{.*\}))?\s*(/)?\Z", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
HAS_BLOCKS = "<!-- wp:"
MOST_SAID = 20_000  # letters of a block's attributes
NEST = 5  # blocks for reuse in blocks for reuse
CODE = re.compile(r"(\[?)\[(/?)([a-zA-Z][\w-]{1,60})((?:\s+(?:\"[^\"\[\]]*\"|'[^'\[\]]*'|[^\[\]\"'])*)?)(/?)\](\]?)")
SAID = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'\]]+))|\"([^\"]+)\"|(\S+)")
KNOWN = {"caption", "wp_caption", "gallery", "embed", "audio", "video", "playlist", "youtube", "vimeo"}
"""Shortcodes of WordPress itself and of Jetpack that we can read."""
PAIRED = {"caption", "wp_caption", "embed", "audio", "video"}
RAW = re.compile(r"<(pre|code|script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)

Reused = Callable[[str], str]
"""The content of a block for reuse (`wp_block`) by its number; empty for none."""


def has_blocks(source: str) -> bool:
    """Whether it was written in Gutenberg; otherwise line breaks are paragraphs."""
    return HAS_BLOCKS in source


def marked(source: str, *, reused: Reused, named: Counter[str], level: int = 0) -> str:
    """The same with marks. `named` counts blocks by their names (without "core/")."""

    def put(found: re.Match[str]) -> str:
        said = found[1].strip()
        if (block := BLOCK.match(said)) is None:
            return mark("tag", said) if said in ("more", "nextpage") or said.startswith("more ") else ""
        closes, name, attributes, is_void = block.groups()
        name = name.removeprefix("core/")
        if closes:
            return ""
        named[name] += 1
        given = _json(attributes)
        if name == "block" and level < NEST:
            return marked(reused(str(given.get("ref", ""))), reused=reused, named=named, level=level + 1)
        return mark("block", name, given) if is_void else ""

    return COMMENT.sub(put, _codes(source))


def digest_of_words(source: str) -> str:
    """Of all that is no tag, so that what was read can be compared with the file; empty for what has no words at all."""
    words = " ".join(TAG.sub(" ", source).split())
    return sha1(words.encode(), usedforsecurity=False).hexdigest() if source else ""


def block_names(source: str) -> list[str]:
    """Which of Gutenberg's blocks are in it, sorted."""
    found = (BLOCK.match(comment.strip()) for comment in COMMENT.findall(source)) if HAS_BLOCKS in source else ()
    return sorted({one[2].removeprefix("core/") for one in found if one and not one[1]})


def mark(sort: str, name: str, said: dict[str, Any] | None = None) -> str:
    """An element that says what stood here."""
    given = escape(json.dumps(said, ensure_ascii=False)) if said else ""
    return f'<{MARK} data-sort="{sort}" data-name="{escape(name[:80])}" data-said="{given}"></{MARK}>'


def said(attributes: dict[str, str]) -> dict[str, Any]:
    """What a mark was told."""
    return _json(attributes.get("data-said", ""))


def _json(text: str | None) -> dict[str, Any]:
    if not text or len(text) > MOST_SAID:
        return {}
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return given if isinstance(given, dict) else {}


def _codes(source: str) -> str:
    """Shortcodes as marks, except where words are shown as they are typed."""
    if "[" not in source:
        return source
    out, last = [], 0
    for raw in RAW.finditer(source):
        out += [_marked_codes(source[last : raw.start()]), raw[0]]
        last = raw.end()
    return "".join([*out, _marked_codes(source[last:])])


def _marked_codes(source: str) -> str:
    out, last = [], 0
    found = list(CODE.finditer(source))
    closing = {(m[3].lower()) for m in found if m[2]}
    skip = 0
    for place, code in enumerate(found):
        if code.start() < skip:
            continue
        name = code[3].lower()
        if code[1] and code[6]:  # [[gallery]]: shown as [gallery]
            out += [source[last : code.start()], code[0][1:-1]]
        elif name in KNOWN and not code[2]:
            end = _end_of(found, place, name) if name in PAIRED and name in closing else None
            inner = source[code.end() : end.start()] if end else ""
            out += [source[last : code.start()], _known(name, _given(code[4]), inner)]
            skip = end.end() if end else code.end()
            last = skip
            continue
        elif name in KNOWN or name in closing or "=" in code[4] or ("-" in name or "_" in name):
            out += [source[last : code.start()], mark("code", name, {"raw": code[0], "closes": bool(code[2])})]
        else:  # somebody's [sic]
            continue
        last = code.end()
    return "".join([*out, source[last:]])


def _end_of(found: list[re.Match[str]], place: int, name: str) -> re.Match[str] | None:
    """The next closing code of this name, if none of them opens before."""
    for code in found[place + 1 :]:
        if code[3].lower() == name:
            return code if code[2] else None
    return None


def _given(text: str | None) -> dict[str, str]:
    """`ids="1,2" loop` as {"ids": "1,2", "0": "loop"}."""
    given: dict[str, str] = {}
    for name, double, single, bare, quoted, alone in SAID.findall(text or ""):
        if name:
            given[name.lower()] = double or single or bare
        elif quoted or alone.strip("/"):
            given[str(sum(key.isdecimal() for key in given))] = quoted or alone
    return given


def _known(name: str, given: dict[str, str], inner: str) -> str:
    if name in ("caption", "wp_caption"):
        words = f"<figcaption>{given['caption']}</figcaption>" if given.get("caption") else ""
        align = escape(given.get("align", ""))
        return f'<figure class="wp-caption-code {align}">{inner.strip()}{words}</figure>'
    return mark("code", name, {**given, **({"inner": inner.strip()[:2_000]} if inner.strip() else {})})
