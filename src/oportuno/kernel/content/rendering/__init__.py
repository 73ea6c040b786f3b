"""How documents look: as a page, as mail, as plain text."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from ..blocks.block import Need
from ..document import Document
from ..sources import look_up
from .mail import MailFoot, MailLook, in_the_dark, render_mail
from .page import Page

Finish = Callable[[str, Document, str], str]
"""Takes what was drawn, what of, and the reader's language; answers it again, still safe HTML."""
Stamp = Callable[[str], Hashable]
"""Takes the reader's language; answers something else whenever a finish would."""
_finishes: list[tuple[Finish, Stamp]] = []


def add_finish(finish: Finish, stamp: Stamp) -> None:
    """Let a higher app have the last look at every document that is drawn as a page. Called in config.wiring."""
    if (finish, stamp) not in _finishes:
        _finishes.append((finish, stamp))


def finish_stamps(language: str) -> list[Hashable]:
    return [stamp(language) for _finish, stamp in _finishes]


def render_html(document: Document, *, language: str, finished: bool = True) -> str:
    """Safe HTML for the inside of an <article>; the theme's style sheet gives it its look. One query for each sort of thing it shows.

    `finished` False: a part of a document, on which finishes have no last look.
    """
    return draw(document, look_up(document.needs(), language), language, finished=finished)


def draw(document: Document, found: Mapping[Need, Any], language: str, *, finished: bool = True) -> str:
    """The same, of what was looked up already."""
    drawn = "\n".join(Page(language, found).html(document.blocks))
    for finish, _stamp in _finishes if finished else ():
        drawn = finish(drawn, document, language)
    return drawn


def render_mjml(document: Document, *, language: str, base: str) -> str:
    """Sections of MJML for the inside of an <mj-body>. `base` ("https://market.example") goes before our own addresses."""
    page = Page(language, look_up(document.needs(), language), base)
    return "\n".join(page.sections(document.blocks))


def render_text(document: Document, *, language: str, base: str = "") -> str:
    """Plain text: paragraphs with an empty line between them, links in angle brackets."""
    page = Page(language, look_up(document.needs(), language), base)
    return page.text(document.blocks)


__all__ = ["MailFoot", "MailLook", "add_finish", "in_the_dark", "render_html", "render_mail", "render_mjml", "render_text"]
