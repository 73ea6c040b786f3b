"""What an import has to say about contacts besides their problems: notes by kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from oportuno.people.audience.models import ContactImport
from oportuno.people.audience.rules.bringing.shapes import Found

MOST_NOTES = 60


def tell_notes(run: ContactImport, notes: Iterable[tuple[int, Found]]) -> None:
    """Add to `run.notes`: {code: {field, code, data of the first, line of the first, count}}. The caller saves."""
    kept: dict[str, dict[str, Any]] = run.notes
    for line, (name, code, data) in notes:
        if code in kept:
            kept[code]["count"] += 1
        elif len(kept) < MOST_NOTES:
            kept[code] = {"field": name, "code": code, "data": dict(data), "line": line, "count": 1}
