"""Variants out of options: each value of one with each value of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

MOST = 100
"""Variants made at once; nobody looks through more."""


def options_in(text: str) -> dict[str, list[str]]:
    """What somebody wrote, one option a line: "Color: rojo, blanco". Lines without a colon or values are left out."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        name, _colon, values = line.partition(":")
        given = [value.strip()[:80] for value in values.split(",") if value.strip()]
        if name.strip() and given:
            found[name.strip()[:60]] = list(dict.fromkeys(given))
    return found


def combinations(options: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """All forms, in the order written. Raises ValueError beyond `MOST`, with how many there would be."""
    many = 1
    for values in options.values():
        many *= len(values)
    if many > MOST:
        raise ValueError(many)
    return [dict(zip(options, values, strict=True)) for values in product(*options.values())] if options else []
