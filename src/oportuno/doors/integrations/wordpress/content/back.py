"""Our blocks as Gutenberg's: what WordPress shows, and what our own reader makes the same blocks of again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from oportuno.kernel.content import Block, Document, ShownFile, ShownPicture
from oportuno.kernel.content.blocks.block import Need
from oportuno.kernel.content.blocks.layout import Accordion, Columns
from oportuno.kernel.content.blocks.media import Audio, File, Gallery, Image, Video
from oportuno.kernel.content.blocks.words import Button, Code, Divider, Heading, Item, List, Quote, Table, Text
from oportuno.kernel.content.kinds import kind_of
from oportuno.kernel.content.rendering.page import Page

WIDTHS = {"wide": "alignwide", "full": "alignfull"}


def to_wordpress(document: Document, found: Mapping[Need, Any], *, base: str, language: str) -> str:
    """Gutenberg's content. `found` are the files that it needs, `base` goes before our own addresses."""
    return "\n\n".join(Back(Page(language, found, base)).all(document.blocks))


def wrapped(name: str, inside: str, said: Mapping[str, Any] | None = None) -> str:
    """A block of Gutenberg's: its comments around its HTML. Two hyphens in a row would end the comment."""
    given = (
        json.dumps(said, ensure_ascii=False).replace("--", "\\u002d\\u002d").replace("<", "\\u003c").replace(">", "\\u003e") if said else ""
    )
    return f"<!-- wp:{name} {given + ' ' if given else ''}-->\n{inside}\n<!-- /wp:{name} -->"


class Back:
    """One piece on its way out."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._ways: dict[type[Block], Callable[[Any], str]] = {
            Heading: self.heading, Text: self.text, List: self.list_, Quote: self.quote, Button: self.button, Table: self.table,
            Divider: lambda _one: wrapped("separator", '<hr class="wp-block-separator"/>'), Code: self.code, Image: self.image,
            Gallery: self.gallery, Video: self.video, Audio: self.audio, File: self.file, Columns: self.columns, Accordion: self.accordion,
        }  # fmt: skip

    def all(self, blocks: Iterable[Block]) -> list[str]:
        return [written for block in blocks if (written := self._ways.get(type(block), self.other)(block))]

    def other(self, block: Block) -> str:
        """What only this market has stands as it looked."""
        drawn = kind_of(block).html(block, self._page)
        return wrapped("html", self._page.inline(drawn)) if drawn else ""

    def heading(self, one: Heading) -> str:
        side, said = self._aligned(one.align, "textAlign")
        level = {} if one.level == 2 else {"level": one.level}
        look = f"wp-block-heading{' ' + side if side else ''}"
        return wrapped("heading", f'<h{one.level} class="{look}">{self._inline(one.text)}</h{one.level}>', {**level, **said})

    def text(self, one: Text) -> str:
        side, said = self._aligned(one.align, "align")
        look = f' class="{side}"' if side else ""
        return wrapped("paragraph", f"<p{look}>{self._inline(one.text)}</p>", said) if one.text else ""

    def list_(self, one: List) -> str:
        start = one.start if one.numbered and one.start != 1 else None
        said = {**({"ordered": True} if one.numbered else {}), **({"start": start} if start is not None else {})}
        written, end = self._items(one.items, 0, 0, "ol" if one.numbered else "ul", said)
        return written if end else ""

    def _items(self, items: tuple[Item, ...], at: int, level: int, tag: str, said: dict[str, Any]) -> tuple[str, int]:
        """The lines of one level from `at` on, each with those below it; and where they end."""
        lines: list[str] = []
        while at < len(items) and items[at].level >= level:
            text, at = self._inline(items[at].text), at + 1
            below = ""
            if at < len(items) and items[at].level > level:
                below, at = self._items(items, at, level + 1, tag, {"ordered": True} if tag == "ol" else {})
            lines.append(wrapped("list-item", f"<li>{text}{below}</li>"))
        start = f' start="{said["start"]}"' if "start" in said else ""
        return wrapped("list", f'<{tag}{start} class="wp-block-list">{"".join(lines)}</{tag}>', said), at

    def quote(self, one: Quote) -> str:
        by = f"<cite>{self._inline(one.by)}</cite>" if one.by else ""
        inside = "".join(wrapped("paragraph", f"<p>{part}</p>") for part in self._inline(one.text).split("<br><br>"))
        return wrapped("quote", f'<blockquote class="wp-block-quote">{inside}{by}</blockquote>')

    def button(self, one: Button) -> str:
        outline = one.look == "outline"
        look = "wp-block-button is-style-outline" if outline else "wp-block-button"
        link = f'<div class="{look}"><a class="wp-block-button__link wp-element-button" href="{self._page.address(one.href)}">{escape(one.label)}</a></div>'
        inner = wrapped("button", link, {"className": "is-style-outline"} if outline else {})
        layout = {"layout": {"type": "flex", "justifyContent": one.align}} if one.align else {}
        return wrapped("buttons", f'<div class="wp-block-buttons">{inner}</div>', layout)

    def table(self, one: Table) -> str:
        head, body = (one.rows[:1], one.rows[1:]) if one.head_row else ((), one.rows)
        top = f"<thead>{''.join(self._row(row, 'th', False) for row in head)}</thead>" if head else ""
        rows = "".join(self._row(row, "td", one.head_column) for row in body)
        figure = f'<figure class="wp-block-table"><table>{top}<tbody>{rows}</tbody></table>{self._below(one.caption)}</figure>'
        return wrapped("table", figure)

    def _row(self, row: tuple[str, ...], tag: str, head: bool) -> str:
        cells = [
            f"<{'th' if head and not place else tag}>{self._inline(cell)}</{'th' if head and not place else tag}>"
            for place, cell in enumerate(row)
        ]
        return f"<tr>{''.join(cells)}</tr>"

    def code(self, one: Code) -> str:
        return wrapped("code", f'<pre class="wp-block-code"><code>{escape(one.text, quote=False)}</code></pre>')

    def image(self, one: Image) -> str:
        shown: ShownPicture | None = self._page.shown("picture", one.picture)
        if shown is None:
            return ""
        drawn = self._img(shown, one.alt)
        linked = f'<a href="{self._page.address(one.href)}">{drawn}</a>' if one.href else drawn
        side = WIDTHS.get(one.width, "")
        said = {"align": one.width} if side else {}
        return wrapped(
            "image", f'<figure class="wp-block-image{" " + side if side else ""}">{linked}{self._below(one.caption)}</figure>', said
        )

    def _img(self, shown: ShownPicture, alt: str) -> str:
        return f'<img src="{self._page.address(shown.src)}" alt="{escape(alt or shown.alt)}"/>'

    def gallery(self, one: Gallery) -> str:
        tiles = [self.image(Image(picture=each.picture, alt=each.alt, caption=each.caption)) for each in one.pictures]
        look = f"wp-block-gallery has-nested-images columns-{one.columns} is-cropped"
        return wrapped("gallery", f'<figure class="{look}">{"".join(tiles)}</figure>', {"columns": one.columns}) if any(tiles) else ""

    def video(self, one: Video) -> str:
        if one.url:
            inside = f'<figure class="wp-block-embed is-type-video"><div class="wp-block-embed__wrapper">\n{escape(one.url)}\n</div>{self._below(one.caption)}</figure>'
            return wrapped("embed", inside, {"url": one.url, "type": "video"})
        return self._played("video", one.file, one.caption)

    def audio(self, one: Audio) -> str:
        return self._played("audio", one.file, one.caption)

    def _played(self, tag: str, name: str, caption: str) -> str:
        shown: ShownFile | None = self._page.shown("file", name)
        if shown is None:
            return ""
        return wrapped(
            tag,
            f'<figure class="wp-block-{tag}"><{tag} controls src="{self._page.address(shown.src)}"></{tag}>{self._below(caption)}</figure>',
        )

    def file(self, one: File) -> str:
        shown: ShownFile | None = self._page.shown("file", one.file)
        if shown is None:
            return ""
        href = self._page.address(shown.src)
        return wrapped("file", f'<div class="wp-block-file"><a href="{href}">{escape(one.label or shown.name)}</a></div>', {"href": href})

    def columns(self, one: Columns) -> str:
        inner = "".join(wrapped("column", f'<div class="wp-block-column">{"".join(self.all(each.blocks))}</div>') for each in one.columns)
        return wrapped("columns", f'<div class="wp-block-columns">{inner}</div>')

    def accordion(self, one: Accordion) -> str:
        return "\n\n".join(
            wrapped(
                "details",
                f'<details class="wp-block-details"{" open" if fold.open else ""}><summary>{escape(fold.title)}</summary>{"".join(self.all(fold.blocks))}</details>',
                {"showContent": True} if fold.open else {},
            )
            for fold in one.folds
        )

    def _inline(self, text: str) -> str:
        return self._page.inline(text)

    def _below(self, words: str) -> str:
        return f'<figcaption class="wp-element-caption">{self._inline(words)}</figcaption>' if words else ""

    def _aligned(self, align: str, called: str) -> tuple[str, dict[str, Any]]:
        return (f"has-text-align-{align}", {called: align}) if align else ("", {})
