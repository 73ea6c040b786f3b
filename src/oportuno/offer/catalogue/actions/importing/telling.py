"""What an import has to say about rows besides their problems: notes by kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from oportuno.offer.catalogue.models import ImportRun
from oportuno.offer.catalogue.rules.formats.base import Found

MOST_NOTES = 60


def tell_notes(run: ImportRun, notes: Iterable[tuple[int, Found]]) -> None:
    """Add to `run.notes`: {"code|value": {field, code, data, line of the first, count}}. The caller saves."""
    kept: dict[str, dict[str, Any]] = run.notes
    for line, (name, code, data) in notes:
        key = f"{code}|{data.get('value', '')}"
        if key not in kept and len(kept) >= MOST_NOTES:
            key, data = f"{code}|…", {**data, "value": "…"}
        if key in kept:
            kept[key]["count"] += 1
        elif len(kept) < MOST_NOTES * 2:
            kept[key] = {"field": name, "code": code, "data": dict(data), "line": line, "count": 1}
