"""Which value wins when two contacts become one, and which consent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from oportuno.people.audience.rules.stages import ORDER

CHOICES = (
    "display_name", "given_name", "family_name", "company", "job_title", "email", "phone", "place", "country", "language", "stage",
)  # fmt: skip
OWN = "field:"
"""Begins the name of a choice about an own field."""
STRICT = {"given": 0, "pending": 1, "withdrawn": 2}
Row = dict[str, Any]


def value_of(row: Row, name: str) -> Any:
    """What a contact's row says of one choice."""
    if name.startswith(OWN):
        return row["fields"].get(name.removeprefix(OWN))
    return row["company_name"] if name == "company" else row[name]


def choices_of(kept: Row, gone: Row) -> list[str]:
    """What may be chosen: all that one of them says."""
    own = sorted({*kept["fields"], *gone["fields"]})
    return [name for name in (*CHOICES, *(f"{OWN}{key}" for key in own)) if said(value_of(kept, name)) or said(value_of(gone, name))]


def said(value: Any) -> bool:
    """No and nought are said, too."""
    return value not in (None, "", [])


def usual(kept: Row, gone: Row, name: str) -> str:
    """ "kept" or "gone": whose value stands when nobody chooses. The relation is as far as it got; what only one says, stays."""
    if name == "stage":
        return "gone" if ORDER.index(gone["stage"]) > ORDER.index(kept["stage"]) else "kept"
    return "kept" if said(value_of(kept, name)) else "gone"


def joined(kept: Row, gone: Row, chosen: Mapping[str, str]) -> Row:
    """The kept's row after it: what was chosen, tags of both, met when the first was met and seen when the last was seen."""
    after = {**kept, "fields": dict(kept["fields"])}
    for name in choices_of(kept, gone):
        side = chosen.get(name) if chosen.get(name) in ("kept", "gone") else usual(kept, gone, name)
        if side == "kept":
            continue
        if name.startswith(OWN):
            key = name.removeprefix(OWN)
            after["fields"].pop(key, None)
            if key in gone["fields"]:
                after["fields"][key] = gone["fields"][key]
        elif name == "company":
            after["company_name"], after["company_id"] = gone["company_name"], gone["company_id"]
        else:
            after[name] = gone[name]
            if name == "display_name":
                after["name_key"] = gone["name_key"]
    after["tags"] = sorted({*kept["tags"], *gone["tags"]})
    older = min(kept, gone, key=lambda row: row["created_at"])
    after["created_at"], after["source"] = older["created_at"], older["source"]
    after["last_seen_at"] = max(kept["last_seen_at"], gone["last_seen_at"])
    after["person_id"] = kept["person_id"] or gone["person_id"]
    return after


def strictest(states: list[Row]) -> list[Row]:
    """Of each channel and purpose, the one that allows least; of equal ones, the last word."""
    found: dict[tuple[str, str], Row] = {}
    for one in sorted(states, key=lambda row: (STRICT[row["standing"]], row["since"])):
        found[one["channel"], one["purpose"]] = one
    return list(found.values())


def parted(now: Row, before: Row, after: Row) -> Row:
    """The kept's row when they are two again: as before, save what was changed since they were joined."""
    found = {name: before[name] if now[name] == after.get(name) and name in before else now[name] for name in now}
    found["fields"] = dict(now["fields"])
    for key in {*before["fields"], *after["fields"]}:
        if now["fields"].get(key) == after["fields"].get(key):
            found["fields"].pop(key, None)
            if key in before["fields"]:
                found["fields"][key] = before["fields"][key]
    came = set(after["tags"]) - set(before["tags"])
    found["tags"] = sorted(set(now["tags"]) - came)
    return found
