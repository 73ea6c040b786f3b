"""A mail is written once, as text; its HTML is made from that.

    Subject: Confirm that you want the bulletin
    (an empty line)
    A paragraph.
    > {{ question }}                  what somebody wrote, kept line by line
    => {{ link }} Yes, I want it      a button
    - an item of a list

What the context holds is put in after the structure has been read: whatever a person typed stays words, and becomes
neither a button nor a heading nor a line of the header.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.template import Context, Engine, engines
from django.template.backends.django import DjangoTemplates
from django.template.loader import render_to_string
from django.utils import translation

from oportuno.kernel.errors import Broken

OPEN, CLOSE = "\ue000", "\ue001"  # of the private use area: no keyboard types them
MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
BLANK = re.compile(r"[\s\x00-\x1f\x7f]+")
LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class Piece:
    """One block of a mail; `url` only of buttons, `items` only of lists and quotes (its lines)."""

    kind: Literal["paragraph", "button", "list", "quote", "heading"]
    text: str = ""
    url: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Frame:
    """What stands around every mail: who writes, from where, why to this person, and the way out of marketing."""

    sender: str
    postal: str
    reason: str
    market: str
    origin: str
    way_out: str = ""


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str
    html: str


def render_mail(template: str, context: Mapping[str, Any], language: str, frame: Frame) -> Rendered:
    """Subject, text and HTML of a mail in the reader's language. Raises Broken for a template without subject."""
    with translation.override(language):
        values: list[str] = []
        source = _engine().get_template(template).render(Context({k: _marked(v, values) for k, v in context.items()}, autoescape=False))
        subject, body = _split(source, template)
        pieces = [_filled(piece, values) for piece in _pieces(body)]
        shown = {
            "pieces": pieces,
            "frame": frame,
            "subject": (title := one_line(_put(subject, values))[:LONGEST_SUBJECT]),
            "language": language,
        }
        return Rendered(title, render_to_string("messaging/mail.txt", shown).strip() + "\n", render_to_string("messaging/mail.html", shown))


def one_line(text: str) -> str:
    """On one line, without control characters: fit for a header."""
    return BLANK.sub(" ", text).strip()


def _engine() -> Engine:
    found = engines["django"]
    assert isinstance(found, DjangoTemplates)
    return found.engine


def _marked(value: Any, values: list[str]) -> Any:
    """A mark in place of a text, so that the structure is the template's alone. An empty text stays empty for `{% if %}`."""
    if not isinstance(value, str) or not value:
        return value
    values.append(value.replace(OPEN, "").replace(CLOSE, ""))
    return f"{OPEN}{len(values) - 1}{CLOSE}"


def _put(text: str, values: list[str]) -> str:
    return MARK.sub(lambda mark: values[int(mark.group(1))], text)


def _split(source: str, template: str) -> tuple[str, str]:
    first, _, rest = source.strip().partition("\n")
    name, colon, subject = first.partition(":")
    if not colon or name not in ("Subject", "Asunto"):
        raise Broken(f"{template} does not begin with its subject")
    return subject, rest


def _pieces(body: str) -> list[Piece]:
    return [piece for block in re.split(r"\n[ \t]*\n", body) if block.strip() for piece in _block(block.strip())]


def _block(block: str) -> list[Piece]:
    lines = [line.strip() for line in block.splitlines()]
    if lines[0].startswith("=> "):
        return [_button(line) for line in lines]
    if all(line.startswith("- ") for line in lines):
        return [Piece("list", items=tuple(line[2:] for line in lines))]
    if all(line.startswith(">") for line in lines):
        return [Piece("quote", text="\n".join(line[1:].strip() for line in lines))]
    if lines[0].startswith("# "):
        return [Piece("heading", text=" ".join(lines)[2:])]
    return [Piece("paragraph", text=" ".join(lines))]


def _button(line: str) -> Piece:
    _, url, label = line.split(" ", 2)
    return Piece("button", text=label, url=url)


def _filled(piece: Piece, values: list[str]) -> Piece:
    if piece.kind == "quote":  # the only place where a person's own line breaks are kept
        return Piece("quote", items=tuple(line.rstrip() for line in _put(piece.text, values).splitlines()))
    items = tuple(one_line(_put(item, values)) for item in piece.items)
    return Piece(piece.kind, one_line(_put(piece.text, values)), one_line(_put(piece.url, values)).replace(" ", ""), items)
