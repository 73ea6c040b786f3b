"""Whom of many one may write to, with all that a bulletin needs of each: in one query."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from babel.core import get_global
from django.db import connection
from django.utils import translation

from oportuno.kernel.isolation import acting_organisation
from oportuno.people.audience.models import ConsentState
from oportuno.people.audience.queries.fields import fields_of, said
from oportuno.people.audience.rules.own_fields import OwnField
from oportuno.people.audience.rules.zones import zones_at

LONGEST = 200
OF = """
SELECT c.id, {address}, c.display_name, c.given_name, c.family_name, c.company_name, c.place, c.language, c.country, c.fields, {topics}
FROM contact c {consented} WHERE c.organisation_id = %(organisation)s AND c.id = ANY(%(ids)s)
"""
CONSENTED = """
JOIN consent_state s ON s.organisation_id = c.organisation_id AND s.contact_id = c.id AND s.channel = %(channel)s AND s.purpose = %(purpose)s
    AND s.standing = 'given'
"""
COLUMN = {"email": "c.email", "sms": "c.phone"}


@dataclass(frozen=True)
class Reach:
    """One whom one may write to. `address` is in its normal form; `zones` where he may be; `fields` what a bulletin may merge of him."""

    contact: UUID
    address: str
    name: str
    language: str
    country: str
    zones: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    """Those that he chose when he agreed; none: whatever there is."""


def reach(ids: Sequence[UUID], *, channel: str, purpose: str) -> list[Reach]:
    """Those of these contacts who agreed to `purpose` and have an address of that kind, in the order of their ids."""
    rows = _rows(OF.format(address=COLUMN[channel], consented=CONSENTED, topics="s.topics"), ids, channel=channel, purpose=purpose)
    own = fields_of(acting_organisation()) if rows else []
    return [found for row in rows if (found := _reach(row, own)).address]


def merged_of(ids: Sequence[UUID]) -> dict[UUID, Mapping[str, str]]:
    """What a bulletin would merge of each, whether he agreed to it or not: for looking at it in his eyes."""
    rows, own = _rows(OF.format(address="c.email", consented="", topics="'{}'::text[]"), ids), fields_of(acting_organisation())
    return {one.contact: one.fields for one in (_reach(row, own) for row in rows)}


def topics_chosen(contact: UUID, *, purpose: str) -> tuple[str, ...]:
    """Those that one contact chose when he agreed to it by mail; none where he did not, or chose none."""
    state = ConsentState.objects.filter(
        organisation_id=acting_organisation(), contact=contact, channel="email", purpose=purpose, standing="given"
    ).values_list("topics", flat=True)
    return tuple(state.first() or ())


def _rows(sql: str, ids: Sequence[UUID], **values: Any) -> list[Any]:
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} ORDER BY c.id", {"organisation": acting_organisation(), "ids": list(ids), **values})
        return list(cursor.fetchall())


def _reach(row: Any, declared: Sequence[OwnField]) -> Reach:
    contact, address, name, given, family, company, place, language, country, values, topics = row
    usual = {
        "name": name or given,
        "given_name": given or name.split(" ")[0],
        "family_name": family,
        "company": company,
        "city": place,
        "email": address,
    }
    fields = {key: value for key, value in usual.items() if value} | _own(values, declared, language)
    return Reach(contact, address, name, language, country, zones_at(country, place) or zones_of(country), fields, tuple(topics))


@cache
def zones_of(country: str) -> tuple[str, ...]:
    """The zone of a country that has one; of others nothing is known."""
    zones = get_global("territory_zones").get(country, ())
    return tuple(zones) if len(zones) == 1 else ()


def _own(given: Any, declared: Sequence[OwnField], language: str) -> dict[str, str]:
    """The organisation's own fields as the reader's language writes them. “No” is nothing, so that a condition on the field holds for “yes” alone."""
    values = json.loads(given) if isinstance(given, str) else given
    if not values:
        return {}
    known = {one.key: one for one in declared}
    with translation.override(language):
        told = {
            key: said(known[key], value, language) if key in known else str(value)
            for key, value in values.items()
            if value not in ("", None, False)
        }
    return {f"field_{key}": value[:LONGEST] for key, value in told.items()}
