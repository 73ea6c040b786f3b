"""Who wrote a source: as people type it, and as CSL-JSON keeps it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

Name = dict[str, str]
"""{"family", "given"}, or {"literal"} for an organisation."""
MOST, LONGEST = 100, 200
PARTS = re.compile(r"\s*;\s*|\s*\n\s*")


def names_of(text: str) -> list[Name]:
    """ "Pérez Arango, Ana; FAO" → people have a comma between family and given names, organisations have none."""
    return [_name(one) for one in PARTS.split(text.strip()) if one.strip(" ,")][:MOST]


def names_written(names: Iterable[Mapping[str, Any]]) -> str:
    """The other way: what the form shows."""
    return "; ".join(one.get("literal") or ", ".join(part for part in (one.get("family"), one.get("given")) if part) for one in names)


def clean_names(given: Any) -> list[Name]:
    """What a file brought, without what is no name."""
    found = []
    for one in given if isinstance(given, list) else []:
        if isinstance(one, Mapping):
            kept = {part: " ".join(str(one[part]).split())[:LONGEST] for part in ("family", "given", "literal") if one.get(part)}
            if kept.get("family") or kept.get("literal"):
                found.append({"literal": kept["literal"]} if "literal" in kept else kept)
    return found[:MOST]


def initials(given: str) -> str:
    """ "Ana María" → "A. M."; "Jean-Luc" → "J.-L."."""
    return " ".join("-".join(f"{part[0].upper()}." for part in word.split("-") if part) for word in given.replace(".", ". ").split())


def _name(text: str) -> Name:
    family, comma, given = (part.strip()[:LONGEST] for part in text.partition(","))
    return {"family": family, "given": given} if comma and given and family else {"literal": family or given}
