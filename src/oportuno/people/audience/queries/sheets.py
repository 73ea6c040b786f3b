"""Contacts as a spreadsheet, without live formulas (threat T13)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from oportuno.people.audience.models import Contact

COLUMNS = ("name", "kind", "stage", "email", "phone", "language", "country", "place", "tags", "source", "known_since", "last_seen")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def lines(contacts: Iterable[Contact]) -> Iterator[str]:
    """A heading and a line each, UTF-8 with the mark that spreadsheets look for."""
    yield "\ufeff" + _line(COLUMNS)
    for one in contacts:
        moments = (one.created_at.isoformat(timespec="seconds"), one.last_seen_at.isoformat(timespec="seconds"))
        known = (one.display_name, one.kind, one.stage, one.email, one.phone, one.language, one.country, one.place)
        yield _line([harmless(cell) for cell in (*known, ", ".join(one.tags), one.source, *moments)])


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe goes before what would begin a formula, and is taken off on import."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) or cell.startswith("'") else cell


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
