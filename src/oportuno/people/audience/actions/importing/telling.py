"""What an import has to say about contacts: problems by line, notes by kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from oportuno.people.audience.models import ContactImport, ImportedProblem
from oportuno.people.audience.rules.bringing.shapes import Found

MOST_KEPT = 10_000  # sentences; all are counted, and nobody reads more
MOST_NOTES = 60


def tell_problems(run: ContactImport, wrong: Sequence[tuple[int, list[Found]]]) -> int:
    """Keep why contacts are wrong; how many. Beyond the ten thousandth they are only counted."""
    if run.wrong < MOST_KEPT:
        ImportedProblem.objects.bulk_create(
            ImportedProblem(organisation_id=run.organisation_id, run=run, line=line, field=name[:80], code=code, data=dict(data))
            for line, problems in wrong
            for name, code, data in problems[:3]
        )
    return len(wrong)


def tell_notes(run: ContactImport, notes: Iterable[tuple[int, Found]]) -> None:
    """Add to `run.notes`: {code: {field, code, data of the first, line of the first, count}}. The caller saves."""
    kept: dict[str, dict[str, Any]] = run.notes
    for line, (name, code, data) in notes:
        if code in kept:
            kept[code]["count"] += 1
        elif len(kept) < MOST_NOTES:
            kept[code] = {"field": name, "code": code, "data": dict(data), "line": line, "count": 1}
