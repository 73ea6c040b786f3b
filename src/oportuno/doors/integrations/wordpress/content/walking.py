"""From a tree to blocks: words, lists, quotes, tables. What holds files is in `media`, what is WordPress's own in `marks`."""

from __future__ import annotations

from collections.abc import Callable

from . import marks, media
from .inline import OBJECTS, aligned, is_inline
from .page import LONGEST, Block, Writer, chunks, tidy
from .tree import Node

MOST_ITEMS, MOST_ROWS, MOST_CELLS = 500, 300, 12  # as kernel.content.blocks.words
DEEPEST = 4  # as kernel.content.kinds


def walk(node: Node, writer: Writer) -> None:
    """All that is in an element, in its order."""
    for child in node.children:
        if isinstance(child, str):
            writer.letters(child)
        elif is_inline(child):
            writer.words(child)
        else:
            block(child, writer)


def block(node: Node, writer: Writer) -> None:
    """An element that is more than words."""
    if handler := HANDLERS.get(node.tag):
        handler(node, writer)
    elif node.tag in OBJECTS:
        media.thing(node, writer)
    else:
        _mixed(node, writer, [])


def _mixed(node: Node, writer: Writer, above: list[Node]) -> None:
    """Emphasis or a link around a picture, or around whole paragraphs: its words keep it, the rest stands alone."""
    within = [*above, node]
    for child in node.children:
        if isinstance(child, str):
            writer.wrapped(within, child)
        elif child.tag == "img":
            media.image(child, writer, href=next((one.attributes.get("href", "") for one in within if one.tag == "a"), ""))
        elif child.tag in HANDLERS or child.tag in OBJECTS:
            block(child, writer)
        else:
            _mixed(child, writer, within)


def paragraph(node: Node, writer: Writer) -> None:
    writer.flush()
    writer.align(node)
    walk(node, writer)
    writer.flush()


def heading(node: Node, writer: Writer) -> None:
    """Six levels become three: the piece's title is the first, and nobody sees a difference below the fourth."""
    inner = Writer(writer.page, writer.depth)
    walk(node, inner)
    inner.flush()
    level = max(2, min(4, int(node.tag[1])))
    align = aligned(node)
    for one in inner.blocks:
        if one["type"] == "text":
            writer.add({"type": "heading", "level": level, "text": one["text"], **({"align": align} if align else {})})
        else:
            writer.add(one)


def section(node: Node, writer: Writer) -> None:
    """A box that only groups; some of Gutenberg's mean something."""
    writer.flush()
    if not media.box(node, writer):
        side = aligned(node)
        before = len(writer.blocks)
        walk(node, writer)
        writer.flush()
        for one in writer.blocks[before:] if side else ():
            if one["type"] in ("text", "heading", "button"):
                one.setdefault("align", side)


def code(node: Node, writer: Writer) -> None:
    """Verses and preformatted words keep their emphasis; code is as it is typed."""
    writer.flush()
    if node.classes & {"wp-block-verse", "wp-block-preformatted"}:
        lines = writer.inside(node) if writer.page.is_classic else _with_lines(node, writer)
        for piece in chunks(tidy(lines)):
            writer.add({"type": "text", "text": piece})
    else:
        words = node.text().strip("\n")
        for at in range(0, len(words), LONGEST):
            writer.add({"type": "code", "text": words[at : at + LONGEST]})


def _with_lines(node: Node, writer: Writer) -> str:
    writer.page.is_classic = True
    try:
        return writer.inside(node)
    finally:
        writer.page.is_classic = False


def quote(node: Node, writer: Writer) -> None:
    """Its paragraphs are one quotation, with whom it is by; anything else in it stands after it."""
    writer.flush()
    inner = Writer(writer.page, writer.depth)
    by = _take(node, "cite", "footer")
    walk(node, inner)
    inner.flush()
    said: list[str] = []
    rest: list[Block] = []
    for one in inner.blocks:
        if one["type"] in ("text", "heading") and not rest:
            said.append(one["text"])
        else:
            rest.append(one)
    source = "".join(filter(None, (tidy(writer.inside(one)) for one in by)))
    pieces = chunks("<br><br>".join(said))
    for place, piece in enumerate(pieces):
        writer.add({"type": "quote", "text": piece, **({"by": source[:LONGEST]} if source and place == len(pieces) - 1 else {})})
    writer.add(*rest)
    if source and not pieces:
        writer.text(source)


def _take(node: Node, *tags: str) -> list[Node]:
    """Elements among the last of a quotation that say whose it is, taken out of it."""
    taken: list[Node] = []
    for holder in [node, *(child for child in node.elements() if child.tag == "p")]:
        last = next((child for child in reversed(holder.children) if not (isinstance(child, str) and not child.strip())), None)
        if isinstance(last, Node) and last.tag in tags:
            holder.children.remove(last)
            taken.append(last)
    return taken


def items(node: Node, writer: Writer) -> None:
    """Lists in lists are levels; what is no line (a picture, a table) stands after the list."""
    writer.flush()
    if "blocks-gallery-grid" in node.classes or "wp-block-gallery" in node.classes:
        media.gallery(node, writer)
        return
    found: list[Block] = []
    after: list[Block] = []
    _items(node, writer, 0, found, after)
    numbered = node.tag == "ol"
    start = node.attributes.get("start", "")
    first = int(start) if numbered and start.isdecimal() and len(start) < 6 else 1
    for at in range(0, len(found), MOST_ITEMS):
        one: Block = {"type": "list", "items": found[at : at + MOST_ITEMS]}
        writer.add({**one, "numbered": True, **({"start": first + at} if first + at != 1 else {})} if numbered else one)
    writer.add(*after)


def _items(node: Node, writer: Writer, level: int, found: list[Block], after: list[Block]) -> None:
    for child in node.children:
        if isinstance(child, str):
            if child.strip():
                found.append({"text": tidy(child.strip()), "level": min(level, 4)})
        elif child.tag in ("ul", "ol"):
            _items(child, writer, level + 1 if found else level, found, after)
        elif child.tag == "li":
            _item(child, writer, level, found, after)
        else:
            inner = Writer(writer.page, writer.depth)
            block(child, inner) if not is_inline(child) else inner.words(child)
            inner.flush()
            _lines(inner.blocks, level, found, after)


def _item(node: Node, writer: Writer, level: int, found: list[Block], after: list[Block]) -> None:
    lists = [child for child in node.elements() if child.tag in ("ul", "ol")]
    inner = Writer(writer.page, writer.depth)
    own = Node("li", {})
    own.children = [child for child in node.children if child not in lists]
    walk(own, inner)
    inner.flush()
    _lines(inner.blocks, level, found, after)
    for one in lists:
        _items(one, writer, level + 1, found, after)


def _lines(blocks: list[Block], level: int, found: list[Block], after: list[Block]) -> None:
    """One line of a list, of several paragraphs perhaps."""
    said = [one["text"] for one in blocks if one["type"] in ("text", "heading")]
    after += [one for one in blocks if one["type"] not in ("text", "heading")]
    found += [{"text": piece, "level": min(level, 4)} for piece in chunks("<br>".join(said))]


def table(node: Node, writer: Writer, caption: str = "") -> None:
    """Rows of equally many cells; one that is too wide is written as lines."""
    writer.flush()
    rows: list[list[str]] = []
    is_head: list[bool] = []
    objects: list[Block] = []
    for row in node.every():
        if row.tag == "tr":
            cells = [cell for cell in row.elements() if cell.tag in ("td", "th")]
            rows.append([text for cell in cells for text in _cell(cell, writer, objects)])
            is_head.append(bool(cells) and all(cell.tag == "th" for cell in cells))
    titles = [tidy(writer.inside(one)) for one in node.elements() if one.tag == "caption"]
    caption = caption or "".join(titles)
    rows, is_head = [row for row in rows if row], [head for head, row in zip(is_head, rows, strict=True) if row]
    width = max(map(len, rows), default=0)
    if width > MOST_CELLS or any(len(cell) > LONGEST for row in rows for cell in row):
        writer.page.leave("table", "")
        for line in rows:
            writer.text(" | ".join(line))
        rows = []
    for at in range(0, len(rows), MOST_ROWS):
        even = [row + [""] * (width - len(row)) for row in rows[at : at + MOST_ROWS]]
        head = is_head[0] and at == 0 and len(rows) > 1
        writer.add({"type": "table", "rows": even, "head_row": head, **({"caption": caption} if caption and at == 0 else {})})
    if caption and not rows:
        writer.text(caption)
    writer.add(*objects)


def _cell(cell: Node, writer: Writer, objects: list[Block]) -> list[str]:
    """Its words, and empty ones for the columns it spans."""
    inner = Writer(writer.page, writer.depth)
    walk(cell, inner)
    inner.flush()
    said = [one["text"] for one in inner.blocks if one["type"] in ("text", "heading")]
    objects += [one for one in inner.blocks if one["type"] not in ("text", "heading")]
    span = cell.attributes.get("colspan", "")
    return ["<br>".join(said), *[""] * (min(int(span), MOST_CELLS) - 1 if span.isdecimal() and len(span) < 4 else 0)]


def terms(node: Node, writer: Writer) -> None:
    """A list of words and what they mean."""
    writer.flush()
    for child in node.children:
        if isinstance(child, str):
            writer.letters(child)
        elif child.tag == "dt":
            writer.flush()
            if said := tidy(writer.inside(child)):
                writer.text(f"<strong>{said}</strong>")
        else:
            writer.flush()
            walk(child, writer)
            writer.flush()
    writer.flush()


def details(node: Node, writer: Writer) -> None:
    """What opens below its title."""
    writer.flush()
    title = next((one for one in node.elements() if one.tag == "summary"), None)
    rest = Node("div", {})
    rest.children = [child for child in node.children if child is not title]
    said = " ".join(title.text().split()) if title else ""
    inner = Writer(writer.page, writer.depth + 1)
    walk(rest, inner)
    inner.flush()
    if writer.depth >= DEEPEST or len(inner.blocks) > 100 or not said or len(said) > 300:
        writer.text(f"<strong>{tidy(writer.inside(title))}</strong>" if title else "")
        writer.add(*inner.blocks)
        return
    fold = {"title": said, "blocks": inner.blocks, **({"open": True} if "open" in node.attributes else {})}
    before = writer.blocks[-1] if writer.blocks else None
    if before and before["type"] == "accordion" and len(before["folds"]) < 100:
        before["folds"].append(fold)
    else:
        writer.add({"type": "accordion", "folds": [fold]})


def figure(node: Node, writer: Writer) -> None:
    writer.flush()
    media.figure(node, writer)


def divider(node: Node, writer: Writer) -> None:
    writer.add({"type": "divider"})


def mark(node: Node, writer: Writer) -> None:
    marks.put(node, writer)


HANDLERS: dict[str, Callable[[Node, Writer], None]] = {
    "p": paragraph, "pre": code, "blockquote": quote, "ul": items, "ol": items, "table": table, "dl": terms, "details": details,
    "figure": figure, "hr": divider, "wp-mark": mark,
    **{f"h{level}": heading for level in range(1, 7)},
    **dict.fromkeys(
        ("div", "section", "article", "aside", "header", "footer", "main", "nav", "address", "center", "figcaption", "li", "dt", "dd",
         "summary", "caption", "tr", "td", "th", "tbody", "form", "fieldset",
         "legend", "select", "optgroup", "option", "textarea", "button"),
        section,
    ),
}  # fmt: skip
