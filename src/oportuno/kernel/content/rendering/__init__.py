"""How documents look: as a page, as mail, as plain text."""

from __future__ import annotations

from collections.abc import Callable

from ..document import Document
from ..sources import look_up
from .mail import MailFoot, MailLook, in_the_dark, render_mail
from .page import Page

Finish = Callable[[str, Document, str], str]
"""Takes what was drawn, what of, and the reader's language; answers it again, still safe HTML."""
_finishes: list[Finish] = []


def add_finish(finish: Finish) -> None:
    """Let a higher app have the last look at every document that is drawn as a page. Called in config.wiring."""
    if finish not in _finishes:
        _finishes.append(finish)


def render_html(document: Document, *, language: str, finished: bool = True) -> str:
    """Safe HTML for the inside of an <article>; the theme's style sheet gives it its look. One query for each sort of thing it shows.

    `finished` False: a part of a document, on which finishes have no last look.
    """
    page = Page(language, look_up(document.needs(), language))
    drawn = "\n".join(page.html(document.blocks))
    for finish in _finishes if finished else ():
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
