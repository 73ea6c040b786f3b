"""A selection of the contact list as conditions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from oportuno.people.audience.api import Filters, OwnField, fields_of
from oportuno.people.audience.api.own_fields import Unfit, read


def tree_of(organisation: int, filters: Filters) -> dict[str, Any]:
    """Whom the list shows, as a tree. A word that is looked for is looked for in names, e-mails and phones.

    What is no condition (any more) stands in it all the same: it is refused then, and not left out.
    """
    nodes: list[dict[str, Any]] = []
    if filters.q:
        begins = [_leaf(what, "begins", filters.q) for what in ("email", "phone")]
        nodes.append({"match": "any", "of": [_leaf("name", "contains", filters.q), *begins]})
    if filters.stage:
        nodes.append(_leaf("stage", "is", [filters.stage]))
    if filters.tag:
        nodes.append(_leaf("tags", "any", [filters.tag]))
    if filters.source:
        nodes.append(_leaf("source", "is", [filters.source]))
    if filters.consent:
        nodes.append(_leaf(f"consent:email:{filters.consent}", "given"))
    if filters.since:
        nodes.append(_since(filters.since))
    if filters.field and filters.value:
        own = next((one for one in fields_of(organisation) if one.key == filters.field), None)
        nodes.append(_own(own, filters.value) if own else _leaf(f"field:{filters.field}", "is", [filters.value]))
    return {"version": 1, "match": "all", "of": nodes}


def _since(day: str) -> dict[str, Any]:
    try:
        return _leaf("seen", "after", (date.fromisoformat(day) - timedelta(days=1)).isoformat())
    except (ValueError, OverflowError):
        return _leaf("seen", "after", day)


def _own(own: OwnField, said: str) -> dict[str, Any]:
    what = f"field:{own.key}"
    try:
        value = said if own.kind == "text" else read(own, said)
    except Unfit:
        value = said
    if own.kind == "yesno" and isinstance(value, bool):
        return _leaf(what, "yes" if value else "no")
    op = {"text": "contains", "number": "equals", "date": "on"}.get(own.kind, "is")
    return _leaf(what, op, [value] if op == "is" else value)


def _leaf(what: str, op: str, value: Any = None) -> dict[str, Any]:
    return {"what": what, "op": op, **({} if value is None else {"value": value})}
