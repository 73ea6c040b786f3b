"""HTML as a tree: nh3 parses it as browsers do and writes it whole; what it writes is so regular that a line takes it apart."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import nh3

MARK = "wp-mark"
"""Our own element for what is no HTML: blocks without words, shortcodes, the “more” tag."""
VOID = {"br", "hr", "img", "source", "embed", "wbr", "col", "track", "param"}
TAGS = {
    "a", "abbr", "acronym", "address", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite",
    "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "embed", "figcaption", "figure", "font", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "iframe", "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre",
    "q", "s", "samp", "section", "small", "source", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot",
    "th", "thead", "time", "tr", "tt", "u", "ul", "var", "video", "wbr", "object", "param", "form", "fieldset", "label", "legend", "select", "optgroup",
    "option", "textarea", "button", MARK,
}  # fmt: skip
SILENT = {"script", "style", "noscript", "template", "head", "title"}
ATTRIBUTES = {
    "*": {"class", "style", "align", "id"},
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "td": {"colspan"},
    "th": {"colspan"},
    "iframe": {"src", "title"},
    "embed": {"src"},
    "object": {"data"},
    "param": {"name", "value"},
    "audio": {"src"},
    "video": {"src", "poster"},
    "source": {"src"},
    "details": {"open"},
}
SCHEMES = {"http", "https", "mailto", "tel", "data"}
"""A picture inside of its own address is told from one that is missing."""
TOKEN = re.compile(r"<(/?)([a-zA-Z][^\s>/]*)((?:\s+[^\s=>]+=\"[^\"]*\")*)\s*/?>|([^<]+)")
ATTRIBUTE = re.compile(r"([^\s=>]+)=\"([^\"]*)\"")
DEEPEST = 200
"""Elements in elements; what lies deeper is taken for beside."""


class Node:
    """An element. Its children are elements and words, unescaped."""

    __slots__ = ("attributes", "children", "tag")

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Node | str] = []

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    def text(self) -> str:
        """All its words, a line break for each <br>."""
        if self.tag == "br":
            return "\n"
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def every(self) -> Iterator[Node]:
        """All elements inside of it, in their order."""
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child.every()

    def first(self, *tags: str) -> Node | None:
        return next((node for node in self.every() if node.tag in tags), None)

    def elements(self) -> list[Node]:
        return [child for child in self.children if isinstance(child, Node)]


def tree(source: str) -> Node:
    """The elements of a piece of HTML, however badly it is written. Scripts and styles are gone."""
    whole = nh3.clean(
        source, tags=TAGS, clean_content_tags=SILENT, attributes=ATTRIBUTES, generic_attribute_prefixes={"data-"}, url_schemes=SCHEMES,
        link_rel=None,
    )  # fmt: skip
    root = Node("", {})
    above = [root]
    for closes, tag, attributes, words in TOKEN.findall(whole):
        if words:
            above[-1].children.append(html.unescape(words))
        elif closes:
            _close(above, tag)
        else:
            node = Node(tag, {name: html.unescape(value) for name, value in ATTRIBUTE.findall(attributes)})
            above[-1].children.append(node)
            if tag not in VOID and len(above) < DEEPEST:
                above.append(node)
    return root


def _close(above: list[Node], tag: str) -> None:
    for place in range(len(above) - 1, 0, -1):
        if above[place].tag == tag:
            del above[place:]
            return
