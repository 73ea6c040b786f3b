"""Words with emphasis and links, out of a tree."""

from __future__ import annotations

import re
from html import escape

from oportuno.kernel.content.address import harmless

from .tree import MARK, Node

SAME = {
    "a": "a", "strong": "strong", "b": "strong", "em": "em", "i": "em", "u": "u", "ins": "u", "s": "s", "del": "s", "strike": "s",
    "code": "code", "kbd": "code", "tt": "code", "samp": "code", "var": "em", "mark": "mark", "sub": "sub", "sup": "sup", "dfn": "dfn",
}  # fmt: skip
INLINE = {
    *SAME, "abbr", "acronym", "bdi", "bdo", "big", "br", "cite", "font", "label", "q", "small", "span", "time", "wbr",
}  # fmt: skip
OBJECTS = {"img", "iframe", "audio", "video", "embed", "object", MARK}
"""What stands in a line and is no word."""
BLANKS = re.compile(r"[ \t\r\f\v]+")
BLANKS_AND_LINES = re.compile(r"[ \t\r\n\f\v]+")


def is_inline(node: Node) -> bool:
    """Whether it is words and nothing else, all the way down."""
    return node.tag in INLINE and all(is_inline(child) for child in node.children if isinstance(child, Node))


def words(letters: str, *, keeps_lines: bool) -> str:
    """Letters as HTML; in classic content a line break is one."""
    return escape((BLANKS if keeps_lines else BLANKS_AND_LINES).sub(" ", letters), quote=False)


def inline(node: Node, *, keeps_lines: bool) -> str:
    """A node of words as HTML of ours; objects in it are left out."""
    if node.tag == "br":
        return "<br>"
    inside = "".join(
        words(child, keeps_lines=keeps_lines) if isinstance(child, str) else inline(child, keeps_lines=keeps_lines)
        for child in node.children
    )
    return around(node, inside)


def around(node: Node, inside: str) -> str:
    """The same emphasis, or link, around something else."""
    if node.tag == "q":
        return f"“{inside}”"
    tag = SAME.get(node.tag, "")
    if not tag or not inside.strip():
        return inside
    if tag == "a":
        href = address(node.attributes.get("href", ""))
        return f'<a href="{escape(href)}">{inside}</a>' if href else inside
    return f"<{tag}>{inside}</{tag}>"


def address(given: str) -> str:
    """Where a link may lead; empty where it may not."""
    if not given or len(given) > 2_000:
        return ""
    try:
        return harmless(given)
    except ValueError:
        return ""


def link(href: str, label: str = "") -> str:
    """A link as words; the label alone where the address leads nowhere."""
    said = escape(label.strip() or href, quote=False)
    there = address(href)
    return f'<a href="{escape(there)}">{said}</a>' if there else said


def aligned(node: Node) -> str:
    """ "center", "right" or nothing."""
    said = f"{node.attributes.get('class', '')} {node.attributes.get('style', '')} {node.attributes.get('align', '')}".lower()
    for side in ("center", "right"):
        if (
            f"has-text-align-{side}" in said
            or re.search(rf"text-align:\s*{side}", said)
            or node.attributes.get("align", "").lower() == side
        ):
            return side
    return "center" if node.tag == "center" else ""
