"""Pictures, films, sound and files, and Gutenberg's boxes that arrange them."""

from __future__ import annotations

from urllib.parse import urlsplit

from oportuno.kernel.content.blocks.media import MOST_PICTURES, film_of

from . import walking
from .inline import address, aligned, link
from .page import Block, Shown, Writer, tidy
from .tree import Node

SIDES = {"alignwide": "wide", "alignfull": "full"}
SHOWN = {"image", "video", "audio"}  # what takes words below
MOST_COLUMNS, MOST_INSIDE = 4, 100  # as kernel.content.blocks.layout
PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".bmp")
FILMS = (".mp4", ".m4v", ".webm", ".ogv", ".mov")
SOUNDS = (".mp3", ".ogg", ".oga", ".m4a", ".wav", ".flac")


def thing(node: Node, writer: Writer, caption: str = "") -> None:
    """What stands in a line and is no word."""
    if node.tag == "img":
        image(node, writer, caption=caption)
    elif node.tag in ("audio", "video"):
        _played(node, writer, caption)
    else:
        inner = node.first("embed", "iframe") if node.tag == "object" else None
        src = (inner or node).attributes.get("src") or node.attributes.get("data", "")
        embed(src, caption, writer, title=node.attributes.get("title", ""))
        if node.tag == "object" and inner is None:
            walking.walk(node, writer)


def image(node: Node, writer: Writer, *, caption: str = "", href: str = "", wide: str = "") -> None:
    """A picture of the library to be; a link to its own larger self is none."""
    page = writer.page
    src = page.full_size(node)
    if src.startswith("data:") or not page.whole(src):
        page.leave("picture", "data:" if src.startswith("data:") else src[:60])
        if caption or node.attributes.get("alt", "").strip():
            writer.text(caption or tidy(node.attributes["alt"].replace("<", "&lt;")))
        return
    leads = address(href)
    if leads and _path(leads).endswith(PICTURES):
        leads = ""
    one: Block = {"type": "image", "picture": page.file("picture", src), "alt": node.attributes.get("alt", "").strip()[:500]}
    extra = {"caption": caption, "href": page.links(leads) if leads else "", "width": wide}
    writer.add({**one, **{name: said for name, said in extra.items() if said}})


def attached(shown: Shown, writer: Writer) -> Block | None:
    """A picture of a gallery that names its pictures by their numbers."""
    if not writer.page.whole(shown.address):
        return None
    caption = tidy(shown.caption.replace("\n", " "))
    one: Block = {"picture": writer.page.file("picture", shown.address), "alt": shown.alt[:500]}
    return {**one, **({"caption": caption} if caption else {})}


def pictures(found: list[Block], columns: str, writer: Writer) -> None:
    """A gallery, or several when there are too many for one."""
    many = int(columns) if columns.isdecimal() and len(columns) < 3 else 3
    for at in range(0, len(found), MOST_PICTURES):
        writer.add({"type": "gallery", "pictures": found[at : at + MOST_PICTURES], "columns": max(1, min(6, many))})


def gallery(node: Node, writer: Writer, caption: str = "") -> None:
    """Pictures with their words; what else stands between them follows."""
    found: list[Block] = []
    inner = Writer(writer.page, writer.depth)
    walking.walk(node, inner)
    inner.flush()
    rest: list[Block] = []
    for one in inner.blocks:
        if one["type"] == "image":
            found.append({name: one[name] for name in ("picture", "alt", "caption") if name in one})
        elif one["type"] == "gallery":
            found += one["pictures"]
        elif one["type"] == "text" and found and "caption" not in found[-1]:
            found[-1]["caption"] = one["text"]
        else:
            rest.append(one)
    columns = next((one.rpartition("-")[2] for one in node.classes if one.startswith("columns-") and one[8:].isdecimal()), "")
    pictures(found, columns, writer)
    writer.add(*rest)
    if caption:
        writer.text(caption)


def figure(node: Node, writer: Writer) -> None:
    """Something with words below it."""
    words = [child for child in node.elements() if child.tag == "figcaption"]
    caption = "<br>".join(filter(None, (tidy(writer.inside(one)) for one in words)))
    beyond = [inner for one in words for inner in one.every() if inner.tag in ("img", "iframe", "wp-mark")]
    body = Node("div", {})
    body.children = [child for child in node.children if child not in words]
    if "wp-caption-code" in node.classes and not words:
        caption, body = _classic_caption(node, writer)
    if node.classes & {"wp-block-gallery", "gallery"} or (node.first("figure") and len([n for n in body.every() if n.tag == "img"]) > 1):
        gallery(_with_classes(body, node), writer, caption)
    elif "wp-block-embed" in node.classes or any(one.startswith("wp-block-embed") for one in node.classes):
        embed(body.text().strip(), caption, writer)
    elif (first := body.first("table")) is not None and not body.text().replace(first.text(), "", 1).strip():
        walking.table(first, writer, caption)
    else:
        _captioned(body, caption, _wide(node), writer)
    for one in beyond:
        walking.block(one, writer)


def _with_classes(body: Node, node: Node) -> Node:
    body.attributes = node.attributes
    return body


def _classic_caption(node: Node, writer: Writer) -> tuple[str, Node]:
    """`[caption]<a><img></a> words[/caption]`: the first element is the picture, the rest its words."""
    body, words = Node("div", {}), Node("span", {})
    for child in node.children:
        is_picture = isinstance(child, Node) and (child.tag == "img" or child.first("img") is not None)
        (body if is_picture and not body.children else words).children.append(child)
    if not body.children:
        return "", words
    return tidy(writer.inside(words)), body


def _captioned(body: Node, caption: str, wide: str, writer: Writer) -> None:
    """The words go below the last thing that takes any; otherwise they stand as a paragraph."""
    inner = Writer(writer.page, writer.depth)
    walking.walk(body, inner)
    inner.flush()
    last = next((one for one in reversed(inner.blocks) if one["type"] in SHOWN), None)
    if last is not None and wide and last["type"] == "image":
        last["width"] = wide
    if last is not None and caption and not last.get("caption"):
        last["caption"], caption = caption, ""
    writer.add(*inner.blocks)
    if caption:
        writer.text(caption)


def embed(given: str, caption: str, writer: Writer, *, title: str = "") -> None:
    """A film of YouTube or Vimeo; a file; of all else the link."""
    src = f"https:{given}" if given.startswith("//") else given
    name = _path(src)
    if src and address(src) and film_of(src):
        writer.add({"type": "video", "url": src, **({"title": title[:500]} if title else {}), **({"caption": caption} if caption else {})})
        return
    for sort, endings in (("video", FILMS), ("audio", SOUNDS)):
        if name.endswith(endings) and (file := writer.page.file(sort, src)):
            writer.add({"type": sort, "file": file, **({"caption": caption} if caption else {})})
            return
    if src:
        writer.page.leave("embed", urlsplit(src).hostname or "" if address(src) else "")
        writer.text(link(src, title))
    if caption:
        writer.text(caption)


def _played(node: Node, writer: Writer, caption: str) -> None:
    source = node.first("source")
    src = node.attributes.get("src") or (source.attributes.get("src", "") if source else "")
    file = writer.page.file(node.tag, src)
    if not file:
        walking.walk(node, writer)
        return
    one: Block = {"type": node.tag, "file": file}
    if node.tag == "video" and (poster := node.attributes.get("poster")) and (picture := writer.page.file("picture", poster)):
        one["poster"] = picture
    writer.add({**one, **({"caption": caption} if caption else {})})


def box(node: Node, writer: Writer) -> bool:
    """Whether a <div> is one of Gutenberg's that mean something; then it is written."""
    classes = node.classes
    if "wp-block-columns" in classes:
        _columns([one for one in node.elements() if "wp-block-column" in one.classes], writer)
        walking.walk(_without(node, "wp-block-column"), writer)
    elif "wp-block-button" in classes and (found := node.first("a")) is not None:
        _button(node, found, writer)
    elif "wp-block-media-text" in classes:
        _columns(node.elements(), writer)
    elif "wp-block-file" in classes and (found := node.first("a")) is not None:
        _file(found, writer)
    elif "gallery" in classes and node.first("img") is not None:
        gallery(node, writer)
    else:
        return False
    return True


def _without(node: Node, name: str) -> Node:
    rest = Node("div", {})
    rest.children = [child for child in node.children if isinstance(child, str) or name not in child.classes]
    return rest


def _columns(given: list[Node], writer: Writer) -> None:
    """Side by side, at most four; deeper than blocks may lie in blocks, one below the other."""
    found: list[list[Block]] = []
    for node in given:
        inner = Writer(writer.page, writer.depth + 1)
        walking.block(node, inner)
        inner.flush()
        found.append(inner.blocks)
    found = [blocks for blocks in found if blocks]
    if len(found) < 2 or writer.depth >= walking.DEEPEST or any(len(blocks) > MOST_INSIDE for blocks in found):
        writer.add(*(one for blocks in found for one in blocks))
        return
    for at in range(0, len(found), MOST_COLUMNS):
        writer.add({"type": "columns", "columns": [{"blocks": blocks} for blocks in found[at : at + MOST_COLUMNS]]})


def _button(node: Node, found: Node, writer: Writer) -> None:
    label, href = " ".join(found.text().split()), address(found.attributes.get("href", ""))
    if not label:
        return
    if not href or len(label) > 300:
        walking.walk(node, writer)
        return
    side = aligned(node)
    look = {"look": "outline"} if "is-style-outline" in node.classes else {}
    writer.add({"type": "button", "label": label, "href": writer.page.links(href), **look, **({"align": side} if side else {})})


def _file(found: Node, writer: Writer) -> None:
    """A file to take away. The word on its button says nothing new."""
    label = " ".join(found.text().split())[:500]
    if name := writer.page.file("file", found.attributes.get("href", "")):
        writer.add({"type": "file", "file": name, **({"label": label} if label else {})})
    elif label:
        writer.text(link("", label))


def _wide(node: Node) -> str:
    return next((width for name, width in SIDES.items() if name in node.classes), "")


def _path(href: str) -> str:
    """The last part of an address, in small letters."""
    try:
        return urlsplit(href).path.lower()
    except ValueError:
        return ""
