"""Writing and checking the audit trail."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import connection

from oportuno.kernel.audit.models import AuditEntry
from oportuno.kernel.isolation import acting_organisation


def audit(
    action: str, *, at: datetime, by: UUID | None, of: object | None = None, reason: str = "", organisation: int | None = None, **data: Any
) -> AuditEntry:
    """Leave exactly one entry for a sensitive action, in the transaction of the action.

    `of` is the model instance it was done to. Entries of one organisation are chained: each digest covers
    the one before it, so that a row changed or removed by hand is found (`chain_breaks`).
    """
    owner = acting_organisation() if organisation is None else organisation
    with connection.cursor() as cursor:  # one writer at a time per organisation, until its transaction ends
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('audit'), %s)", [owner])
    last = AuditEntry.objects.filter(organisation_id=owner).order_by("-number").values_list("number", "digest").first()
    number, before = (last[0], bytes(last[1])) if last else (0, b"")
    entry = AuditEntry(
        organisation_id=owner,
        number=number + 1,
        at=at,
        person_id=by,
        action=action,
        object_kind=type(of).__name__ if of is not None else "",
        object_id=str(getattr(of, "pk", "")) if of is not None else "",
        reason=reason,
        data=data,
    )
    entry.digest = _digest(before, entry)
    entry.save(force_insert=True)
    return entry


def chain_breaks(organisation: int) -> list[int]:
    """Numbers of the entries whose digest does not follow from the one before. Empty when nobody tampered."""
    return _breaks(AuditEntry.objects.filter(organisation_id=organisation).order_by("number").iterator())


def all_chain_breaks() -> int:
    """How many entries of all organisations do not follow. Reads them all, acting for the market."""
    entries = AuditEntry.objects.order_by("organisation_id", "number").iterator()
    return sum(len(_breaks(chain)) for _organisation, chain in groupby(entries, key=lambda entry: entry.organisation_id))


def _breaks(chain: Iterable[AuditEntry]) -> list[int]:
    breaks, before, expected = [], b"", 1
    for entry in chain:
        if entry.number != expected or bytes(entry.digest) != _digest(before, entry):
            breaks.append(entry.number)
        before, expected = bytes(entry.digest), entry.number + 1
    return breaks


def _digest(before: bytes, entry: AuditEntry) -> bytes:
    told = [
        entry.organisation_id,
        entry.number,
        entry.at.isoformat(),
        str(entry.person_id),
        entry.action,
        entry.object_kind,
        entry.object_id,
        entry.reason,
        entry.data,
    ]
    return hashlib.sha256(before + json.dumps(told, sort_keys=True, default=str).encode()).digest()
