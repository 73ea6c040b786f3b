"""Who has these addresses."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

KNOWN = """
SELECT i.kind, i.key, i.contact_id FROM unnest(%(kinds)s::text[], %(keys)s::text[]) AS said(kind, key)
JOIN contact_identity i ON i.organisation_id = %(organisation)s AND i.kind = said.kind AND i.key = said.key AND NOT i.shared
"""


def contacts_by(organisation: int, addresses: Sequence[tuple[str, str]]) -> dict[tuple[str, str], UUID]:
    """(kind, normal form) → the contact of the organisation we act for that has it first."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, {"organisation": organisation, "kinds": [one for one, _ in addresses], "keys": [one for _, one in addresses]})
        return {(kind, key): contact for kind, key, contact in cursor.fetchall()}
