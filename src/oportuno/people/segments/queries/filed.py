"""Whom a row of somebody's file means: by the id of a contact, an e-mail address, or a phone number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from oportuno.kernel.tables import Row
from oportuno.people.audience.api import addresses

PHONES = frozenset({"tel", "telefono", "phone", "celular", "cel", "movil", "mobile", "whatsapp", "sms"})
"""Words of a heading above phone numbers; under others a number is a price or a postcode."""
UUID_LONG = 36


@dataclass(frozen=True)
class Meant:
    """`keys` are (kind, normal form) in the order of the columns; `said` is the first as it is written, "" when there is none."""

    line: int
    id: UUID | None
    keys: tuple[tuple[str, str], ...]
    said: str


def phone_columns(header: Sequence[str]) -> frozenset[str]:
    """Where phone numbers stand. In a file of one column they may stand there."""
    if len(header) == 1:
        return frozenset(header)
    return frozenset(name for name in header if PHONES & set(re.split(r"[^a-z]+", addresses.fold(name))))


def meant(row: Row, phones: frozenset[str], country: str) -> Meant:
    """What one row says. A number without + is one of the organisation's `country`."""
    identity: UUID | None = None
    keys: list[tuple[str, str]] = []
    said = ""
    for name, value in row.cells.items():
        text = str(value).strip() if value is not None else ""
        given = addresses.email(text) if "@" in text else addresses.phone(text, country) if text and name in phones else None
        if given:
            keys.append((given.kind, given.key))
        elif identity is None and len(text) == UUID_LONG:
            with suppress(ValueError):
                identity = UUID(text)
        if not said and (given or identity):
            said = text[:80]
    return Meant(row.line, identity, tuple(keys), said)
