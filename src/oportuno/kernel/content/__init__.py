"""Content in blocks: `read` and `write` documents, `render_html`, `render_mjml` and `render_text` them."""

from dataclasses import replace

from .blocks.block import Block, Need
from .document import EMPTY, Document, opening, read, write
from .editing import ContentField, Editing, Picker, drawn
from .keeping import kept_while_typing
from .kinds import AnyBlock, Kind, Part, add_kind, all_kinds
from .rendering import (
    MailFoot,
    MailLook,
    add_finish,
    in_the_dark,
    layout,
    media,
    render_html,
    render_mail,
    render_mjml,
    render_text,
    words,
)
from .shelf import drawn_html
from .sources import ShownFile, ShownPicture, add_source

for kind in (*words.KINDS, *media.KINDS, *layout.KINDS):
    add_kind(replace(kind, plain=True))

__all__ = [
    "EMPTY",
    "AnyBlock",
    "Block",
    "ContentField",
    "Document",
    "Editing",
    "Kind",
    "MailFoot",
    "MailLook",
    "Need",
    "Part",
    "Picker",
    "ShownFile",
    "ShownPicture",
    "add_finish",
    "add_kind",
    "add_source",
    "all_kinds",
    "drawn",
    "drawn_html",
    "in_the_dark",
    "kept_while_typing",
    "opening",
    "read",
    "render_html",
    "render_mail",
    "render_mjml",
    "render_text",
    "write",
]
