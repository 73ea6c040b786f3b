"""Values that stood with contacts before their field was declared become values of its kind: by sets, each batch apart."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from oportuno.kernel.facts import record
from oportuno.kernel.jobs import Lease, defer
from oportuno.people.audience.facts import FieldRetyped
from oportuno.people.audience.models import ContactField
from oportuno.people.audience.rules.own_fields import OwnField, Unfit, own_field, read

BATCH = 2_000
SHOWN = 20  # of those that do not fit
NEXT = """
SELECT c.id, c.fields -> %(key)s
FROM contact c WHERE c.organisation_id = %(here)s AND c.id > %(after)s AND jsonb_exists(c.fields, %(key)s) ORDER BY c.id LIMIT %(size)s
"""
SET = """
UPDATE contact c SET fields = jsonb_set(c.fields, ARRAY[%(key)s], x.value) FROM unnest(%(ids)s::uuid[], %(befores)s::jsonb[], %(values)s::jsonb[]) x (id, before, value)
WHERE c.id = x.id AND c.organisation_id = %(here)s AND c.fields -> %(key)s = x.before
"""
FIRST = UUID(int=0)


def retype_later(field: ContactField) -> None:
    defer("audience.retype_field", field=str(field.pk), once=f"retype {field.pk}")


def retype_field(lease: Lease, *, field: UUID, at: datetime) -> None:
    """Go through all contacts that have something in it; what does not fit stays as it is, and is counted in the field's report, with the first contacts it stands at (their ids: who is erased is not found any more).

    Goes on where it stood when it was killed; twice changes nothing.
    """
    after: UUID | None = FIRST
    told: dict[str, Any] = {"fitted": 0, "unfit": 0, "changed": 0, "shown": []}
    while after is not None:
        with lease.step():
            found = ContactField.objects.select_for_update().filter(pk=field).first()
            if found is None or found.retired_at:
                return
            after, told = _batch(own_field(found.key, found.label, found.kind, found.choices), found.organisation_id, after, told)
            if after is None:
                found.report = {name: told[name] for name in ("fitted", "unfit", "shown")}
                found.save(update_fields=["report"])
                if told["changed"]:
                    record(FieldRetyped(field=found.pk, fitted=told["changed"], unfit=told["unfit"], at=at))


def _batch(field: OwnField, here: int, after: UUID, told: dict[str, Any]) -> tuple[UUID | None, dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(NEXT, {"key": field.key, "here": here, "after": after, "size": BATCH})
        rows = cursor.fetchall()
        changed: list[tuple[UUID, str, str]] = []
        fitted, unfit, shown = told["fitted"], told["unfit"], list(told["shown"])
        for contact, kept in rows:
            value = json.loads(kept) if isinstance(kept, str) else kept
            try:
                better = read(field, value)
            except Unfit:
                better = None
            if better is None:
                unfit += 1
                if len(shown) < SHOWN:
                    shown.append(str(contact))
                continue
            fitted += 1
            if better != value or isinstance(better, bool) != isinstance(value, bool):
                changed.append((contact, json.dumps(value), json.dumps(better)))
        if changed:
            ids, befores, values = (list(column) for column in zip(*changed, strict=True))
            cursor.execute(SET, {"key": field.key, "here": here, "ids": ids, "befores": befores, "values": values})
            told["changed"] = told["changed"] + cursor.rowcount
    return (rows[-1][0] if len(rows) == BATCH else None), {**told, "fitted": fitted, "unfit": unfit, "shown": shown}
