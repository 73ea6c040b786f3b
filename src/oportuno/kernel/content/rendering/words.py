"""Blocks of words, drawn."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from django.utils.translation import pgettext_lazy

from ..blocks.words import Button, Code, Divider, Heading, Item, List, Quote, Table, Text
from ..inline import plain
from ..kinds import Kind, Part
from .cards import mail_button
from .marks import addressed, aligned
from .page import Page


def heading_html(one: Heading, page: Page) -> str:
    return f'<h{one.level} id="{page.anchor(plain(one.text))}"{aligned("block-heading", one.align)}>{one.text}</h{one.level}>'


def heading_mjml(one: Heading, page: Page) -> str:
    return f'<mj-text css-class="heading-{one.level}"{_align(one.align)}><h{one.level}>{page.inline(one.text)}</h{one.level}></mj-text>'


def heading_text(one: Heading, page: Page) -> str:
    words = plain(one.text)
    return f"{words}\n{('=' if one.level == 2 else '-') * min(len(words), 72)}"


def text_html(one: Text, page: Page) -> str:
    return f"<p{aligned('block-lead' if one.lead else '', one.align)}>{one.text}</p>" if one.text else ""


def text_mjml(one: Text, page: Page) -> str:
    look = ' css-class="lead"' if one.lead else ""
    return f"<mj-text{look}{_align(one.align)}><p>{page.inline(one.text)}</p></mj-text>" if one.text else ""


def text_text(one: Text, page: Page) -> str:
    return _linked(one.text, page)


def list_html(one: List, page: Page) -> str:
    start = f' start="{one.start}"' if one.numbered and one.start != 1 else ""
    return _nested(one.items, "ol" if one.numbered else "ul", f' class="block-list"{start}')


def list_mjml(one: List, page: Page) -> str:
    return f"<mj-text>{page.inline(_nested(one.items, 'ol' if one.numbered else 'ul', ''))}</mj-text>"


def list_text(one: List, page: Page) -> str:
    counts = [one.start - 1] + [0] * 5
    lines = []
    for item in one.items:
        counts[item.level] += 1
        counts[item.level + 1 :] = [0] * (5 - item.level)
        sign = f"{counts[item.level]}." if one.numbered else "-"
        lines.append(f"{'  ' * item.level}{sign} {_linked(item.text, page)}")
    return "\n".join(lines)


def _nested(items: Sequence[Item], tag: str, attributes: str) -> str:
    """Levels as lists in lists. A level that is jumped over is taken as the next."""
    parts, depth = [f"<{tag}{attributes}>"], 0
    for place, item in enumerate(items):
        level = min(item.level, depth + 1) if place else 0
        if level > depth:
            parts.append(f"<{tag}>")
        elif place:
            parts.append("</li>" + f"</{tag}></li>" * (depth - level))
        parts.append(f"<li>{item.text}")
        depth = level
    return "".join([*parts, "</li>" if items else "", f"</{tag}></li>" * depth, f"</{tag}>"])


def quote_html(one: Quote, page: Page) -> str:
    by = f"<figcaption>{one.by}</figcaption>" if one.by else ""
    return f'<figure class="block-quote"><blockquote><p>{one.text}</p></blockquote>{by}</figure>'


def quote_mjml(one: Quote, page: Page) -> str:
    by = f"<p>— {page.inline(one.by)}</p>" if one.by else ""
    return f'<mj-text css-class="quote"><blockquote><p>{page.inline(one.text)}</p></blockquote>{by}</mj-text>'


def quote_text(one: Quote, page: Page) -> str:
    said = "\n".join(f"> {line}" for line in _linked(one.text, page).splitlines())
    return f"{said}\n— {plain(one.by)}" if one.by else said


def button_html(one: Button, page: Page) -> str:
    return (
        f'<p{aligned("block-button", one.align)}><a class="button {one.look}" href="{page.address(one.href)}">{escape(one.label)}</a></p>'
    )


def button_mjml(one: Button, page: Page) -> str:
    return mail_button(page.address(one.href), one.label, outlined=one.look == "outline", align=one.align)


def button_text(one: Button, page: Page) -> str:
    return f"{one.label}: {page.base if one.href.startswith('/') else ''}{one.href}"


def table_html(one: Table, page: Page) -> str:
    caption = f"<figcaption>{one.caption}</figcaption>" if one.caption else ""
    return f'<figure class="block-table" tabindex="0"><table>{_rows(one)}</table>{caption}</figure>'


def table_mjml(one: Table, page: Page) -> str:
    caption = f'<mj-text css-class="caption"><p>{page.inline(one.caption)}</p></mj-text>' if one.caption else ""
    return f'<mj-table css-class="figures">{page.inline(_rows(one))}</mj-table>{caption}'


def table_text(one: Table, page: Page) -> str:
    lines = [" | ".join(plain(cell).replace("\n", " ") for cell in row) for row in one.rows]
    return "\n".join([*lines, *([plain(one.caption)] if one.caption else [])])


def _rows(one: Table) -> str:
    head, body = (one.rows[:1], one.rows[1:]) if one.head_row else ((), one.rows)
    top = "".join("<tr>" + "".join(f'<th scope="col">{cell}</th>' for cell in row) + "</tr>" for row in head)
    return (f"<thead>{top}</thead>" if top else "") + f"<tbody>{''.join(_row(row, one.head_column) for row in body)}</tbody>"


def _row(row: Sequence[str], head: bool) -> str:
    first, rest = (f'<th scope="row">{row[0]}</th>', row[1:]) if head else ("", row)
    return f"<tr>{first}" + "".join(f"<td>{cell}</td>" for cell in rest) + "</tr>"


def divider_html(one: Divider, page: Page) -> str:
    return '<hr class="block-divider">'


def divider_mjml(one: Divider, page: Page) -> str:
    return "<mj-divider />"


def divider_text(one: Divider, page: Page) -> str:
    return "* * *"


def code_html(one: Code, page: Page) -> str:
    return f'<pre class="block-code" tabindex="0"><code>{escape(one.text)}</code></pre>'


def code_mjml(one: Code, page: Page) -> str:
    return f'<mj-text css-class="code"><pre>{escape(one.text)}</pre></mj-text>'


def code_text(one: Code, page: Page) -> str:
    return one.text


def _align(align: str) -> str:
    return f' align="{align}"' if align else ""


def _linked(text: str, page: Page) -> str:
    return plain(addressed(page.inline(text)))


KINDS = [
    Kind(Heading, heading_html, heading_mjml, heading_text),
    Kind(Text, text_html, text_mjml, text_text),
    Kind(List, list_html, list_mjml, list_text),
    Kind(Quote, quote_html, quote_mjml, quote_text),
    Kind(
        Button,
        button_html,
        button_mjml,
        button_text,
        pgettext_lazy("editor", "Button"),
        "hand-click",
        (
            Part("label", "line", pgettext_lazy("editor", "What it says"), required=True),
            Part("href", "address", pgettext_lazy("editor", "Leads to"), required=True),
            Part(
                "look",
                "choice",
                pgettext_lazy("editor", "Look"),
                choices=(("solid", pgettext_lazy("editor", "Full")), ("outline", pgettext_lazy("editor", "Outlined"))),
                usual="solid",
            ),
            Part(
                "align",
                "choice",
                pgettext_lazy("editor", "Where"),
                choices=(
                    ("", pgettext_lazy("editor", "Left")),
                    ("center", pgettext_lazy("editor", "Middle")),
                    ("right", pgettext_lazy("editor", "Right")),
                ),
            ),
        ),
    ),
    Kind(Table, table_html, table_mjml, table_text),
    Kind(Divider, divider_html, divider_mjml, divider_text),
    Kind(Code, code_html, code_mjml, code_text),
]
