"""What an import has to say about rows: problems by line, notes by kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from oportuno.offer.catalogue.models import ImportProblem, ImportRun
from oportuno.offer.catalogue.rules.formats.base import Found

MOST_KEPT = 10_000  # sentences; all are counted, and nobody reads more
MOST_NOTES = 60


def tell_problems(run: ImportRun, wrong: Sequence[tuple[int, list[Found]]]) -> int:
    """Keep why rows are wrong; how many rows. Beyond the ten thousandth they are only counted."""
    if run.wrong < MOST_KEPT:
        ImportProblem.objects.bulk_create(
            ImportProblem(organisation_id=run.organisation_id, run=run, line=line, field=name[:80], code=code, data=dict(data))
            for line, problems in wrong
            for name, code, data in problems
        )
    return len(wrong)


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
