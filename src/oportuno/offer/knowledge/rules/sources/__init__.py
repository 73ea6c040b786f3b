"""Sources as CSL-JSON: read from forms, BibTeX and RIS, written as those and as APA (docs/adr/0012)."""

from .apa import Span, apa, apa_html, apa_text
from .bibtex import read_bibtex, write_bibtex
from .items import FIELDS, TYPES, Item, SourceUnreadable, clean, doi_of, key_for, year_of
from .names import Name, names_of, names_written
from .reading import read_any
from .ris import read_ris, write_ris

__all__ = [
    "FIELDS",
    "TYPES",
    "Item",
    "Name",
    "SourceUnreadable",
    "Span",
    "apa",
    "apa_html",
    "apa_text",
    "clean",
    "doi_of",
    "key_for",
    "names_of",
    "names_written",
    "read_any",
    "read_bibtex",
    "read_ris",
    "write_bibtex",
    "write_ris",
    "year_of",
]
