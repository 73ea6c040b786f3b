"""How documents look: as a page, as mail, as plain text."""

from __future__ import annotations

from ..document import Document
from ..sources import look_up
from .page import Page


def render_html(document: Document, *, language: str) -> str:
    """Safe HTML for the inside of an <article>; the theme's style sheet gives it its look. One query for each sort of thing it shows."""
    page = Page(language, look_up(document.needs(), language))
    return "\n".join(page.html(document.blocks))


def render_mjml(document: Document, *, language: str, base: str) -> str:
    """Sections of MJML for the inside of an <mj-body>. `base` ("https://market.example") goes before our own addresses."""
    page = Page(language, look_up(document.needs(), language), base)
    return "\n".join(page.sections(document.blocks))


def render_text(document: Document, *, language: str, base: str = "") -> str:
    """Plain text: paragraphs with an empty line between them, links in angle brackets."""
    page = Page(language, look_up(document.needs(), language), base)
    return page.text(document.blocks)


__all__ = ["render_html", "render_mjml", "render_text"]
