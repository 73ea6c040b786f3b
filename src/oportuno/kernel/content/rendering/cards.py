"""What stands in mails in more than one kind of block: cards, buttons, pictures side by side."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from .page import Page

BESIDE = 190
"""Pixels of a picture that stands beside words, of the 600 that a mail's column has."""
WIDE = 600


def mail_button(href: str, label: str, *, outlined: bool = False, align: str = "") -> str:
    """`href` is escaped already, as `Page.address` gives it. How an outlined one looks is said in rendering.mail."""
    look = ' mj-class="outlined" css-class="outlined"' if outlined else ""
    place = f' align="{align}"' if align else ""
    return f'<mj-button{look}{place} href="{href}">{escape(label)}</mj-button>'


def mail_card(
    page: Page, *, title: str, href: str, action: str, lines: Sequence[str] = (), note: str = "", src: str = "", alt: str = ""
) -> str:
    """A thing with its picture beside its words; on a phone the picture stands above them."""
    way = page.address(href)
    cover = (
        f'<td class="card-picture" width="{BESIDE}"><a href="{way}"><img src="{page.picture(src)}" alt="{escape(alt or title)}" width="{BESIDE}"></a></td>'
        if src
        else ""
    )
    told = "".join(f"<p>{escape(line)}</p>" for line in lines if line) + (f'<p class="card-note">{escape(note)}</p>' if note else "")
    words = f'<h3><a href="{way}">{escape(title)}</a></h3>{told}<p class="card-way"><a href="{way}">{escape(action)} →</a></p>'
    return f'<mj-table css-class="card"><tr>{cover}<td class="card-words">{words}</td></tr></mj-table>'


def mail_tiles(tiles: Sequence[str], across: int) -> str:
    """So many side by side, on a phone too: each is what stands in one place, drawn already."""
    rows = [tiles[place : place + across] for place in range(0, len(tiles), across)]
    share = 100 // across
    drawn = "".join("<tr>" + "".join(f'<td class="tile" width="{share}%">{tile}</td>' for tile in row) + "</tr>" for row in rows)
    return f'<mj-table css-class="tiles" table-layout="fixed">{drawn}</mj-table>'
