"""Columns and accordion, drawn."""

from __future__ import annotations

from html import escape

from ..blocks.block import Block
from ..blocks.layout import Accordion, Columns, Fold
from ..kinds import Kind
from .page import Page

TWELFTHS = 12


def columns_html(one: Columns, page: Page) -> str:
    parts = []
    for column in one.columns:
        look = f"column share-{column.share}" if column.share else "column"
        parts.append(f'<div class="{look}">' + "".join(page.html(column.blocks)) + "</div>")
    return f'<div class="block-columns of-{len(parts)}">' + "".join(parts) + "</div>"


def columns_mjml(one: Columns, page: Page) -> str:
    """Mail knows no columns in columns: what lies deeper comes one below the other."""
    parts = []
    for column in one.columns:
        width = f' width="{column.share * 100 / TWELFTHS:.2f}%"' if column.share else ""
        parts.append(f"<mj-column{width}>{''.join(_flat(page, column.blocks))}</mj-column>")
    return f"<mj-section>{''.join(parts)}</mj-section>"


def columns_text(one: Columns, page: Page) -> str:
    return "\n\n".join(text for column in one.columns if (text := page.text(column.blocks)))


def accordion_html(one: Accordion, page: Page) -> str:
    return '<div class="block-accordion">' + "".join(_fold(fold, page) for fold in one.folds) + "</div>"


def _fold(fold: Fold, page: Page) -> str:
    opened = " open" if fold.open else ""
    return f"<details{opened}><summary>{escape(fold.title)}</summary><div>{''.join(page.html(fold.blocks))}</div></details>"


def accordion_mjml(one: Accordion, page: Page) -> str:
    """Mail cannot fold: everything is open."""
    parts = [f"<mj-text><h3>{escape(fold.title)}</h3></mj-text>{''.join(_flat(page, fold.blocks))}" for fold in one.folds]
    return "".join(parts)


def accordion_text(one: Accordion, page: Page) -> str:
    return "\n\n".join(f"{fold.title}\n{page.text(fold.blocks)}".strip() for fold in one.folds)


def _flat(page: Page, blocks: tuple[Block, ...]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Columns):
            for column in block.columns:
                found += _flat(page, column.blocks)
        else:
            found += page.mjml([block])
    return found


KINDS = [
    Kind(Columns, columns_html, columns_mjml, columns_text),
    Kind(Accordion, accordion_html, accordion_mjml, accordion_text),
]
