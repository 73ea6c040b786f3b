"""What a row would change of an offer as it is."""

from __future__ import annotations

from typing import Any

PARTIAL = ("attributes", "details", "prices", "stock")
"""Of these, only what the file names counts; the rest stays."""
SHOWN = 200
Change = list[Any]
"""[field, before, after]"""


def difference(current: dict[str, Any], given: dict[str, Any]) -> tuple[list[Change], dict[str, Any]]:
    """The changes, field by field, and the part of `given` that makes them. A field that is not in `current` is not ours to change."""
    changes: list[Change] = []
    kept: dict[str, Any] = {key: value for key, value in given.items() if key.startswith("_")}
    for key, wanted in given.items():
        if key.startswith("_") or key not in current:
            continue
        if key == "has_variants" and not wanted:  # that there are variants, their rows say
            continue
        if key in PARTIAL:
            parts = {name: value for name, value in wanted.items() if _other(current[key].get(name), value)}
            changes += [[f"{key}.{name}" if name else key, _short(current[key].get(name)), _short(value)] for name, value in parts.items()]
            if parts:
                kept[key] = parts
        elif current[key] != wanted:
            changes.append([key, _short(current[key]), _short(wanted)])
            kept[key] = wanted
    return changes, kept


def _short(value: Any) -> Any:
    """For reading only: nobody compares pages of text in a table."""
    return f"{value[:SHOWN]}…" if isinstance(value, str) and len(value) > SHOWN else value


def _other(before: Any, after: Any) -> bool:
    """An empty value is the same as none."""
    return before != after and not (before in (None, "", []) and after in (None, "", []))
