"""Printed matter: `pdf(print, pictures=…)` sets pieces into the bytes of a PDF. See README."""

from .documents import picture_ids, pieces_of
from .pieces import (
    Break,
    Code,
    Contents,
    Facts,
    Heading,
    Item,
    List,
    Note,
    Picture,
    Piece,
    Print,
    Quote,
    Rule,
    Run,
    Runs,
    Table,
    Text,
)
from .printing import NotPrinted, pages_in, pdf
from .running import inline, plain_runs

__all__ = [
    "Break",
    "Code",
    "Contents",
    "Facts",
    "Heading",
    "Item",
    "List",
    "NotPrinted",
    "Note",
    "Picture",
    "Piece",
    "Print",
    "Quote",
    "Rule",
    "Run",
    "Runs",
    "Table",
    "Text",
    "inline",
    "pages_in",
    "pdf",
    "picture_ids",
    "pieces_of",
    "plain_runs",
]
