"""Contacts as a spreadsheet that comes in again as it went out, without live formulas (threat T13)."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from uuid import UUID

from oportuno.kernel.formulas import neutral
from oportuno.people.audience.models import Contact, Identity

COLUMNS = (
    "name", "given_name", "family_name", "kind", "company", "job_title", "stage", "email", "phone", "postal_address", "social", "language", "country", "place",
    "tags", "attributes", "source", "known_since", "last_seen",
)  # fmt: skip
BATCH = 1_000
BETWEEN = " ::: "  # of several addresses of one kind, as address books write it
Addresses = dict[tuple[UUID, str], list[str]]


def lines(contacts: Iterable[Contact]) -> Iterator[str]:
    """A heading and a line each, UTF-8 with the mark that spreadsheets look for."""
    yield "\ufeff" + _line(COLUMNS)
    waiting = iter(contacts)
    while batch := list(islice(waiting, BATCH)):
        known = _addresses([one.pk for one in batch])
        for one in batch:
            yield _line([_text(cell) for cell in _cells(one, known)])


def _cells(one: Contact, known: Addresses) -> list[str]:
    """The main address of each kind first."""
    emails, phones = (_main_first(main, known[one.pk, kind]) for kind, main in (("email", one.email), ("phone", one.phone)))
    fields = json.dumps(one.fields, ensure_ascii=False, sort_keys=True) if one.fields else ""
    moments = (one.created_at.isoformat(timespec="seconds"), one.last_seen_at.isoformat(timespec="seconds"))
    names = (one.display_name, one.given_name, one.family_name, one.kind, one.company_name, one.job_title, one.stage)
    reached = (BETWEEN.join(emails), BETWEEN.join(phones), BETWEEN.join(known[one.pk, "postal"]), BETWEEN.join(known[one.pk, "social"]))
    return [*names, *reached, one.language, one.country, one.place, ", ".join(one.tags), fields, one.source, *moments]


def _text(cell: str) -> str:
    """Nothing here is a number to reckon with, not even “-1”."""
    return f"'{cell}" if cell.startswith("-") else neutral(cell)


def _main_first(main: str, others: list[str]) -> list[str]:
    return list(dict.fromkeys([*([main] if main else []), *others]))


def _addresses(contacts: list[UUID]) -> Addresses:
    """All of a batch at once. E-mails and phones by their normal form, the others as they are written."""
    found: Addresses = defaultdict(list)
    rows = Identity.objects.filter(contact__in=contacts).order_by("created_at", "pk")
    for contact, kind, value, key in rows.values_list("contact_id", "kind", "value", "key"):
        found[contact, kind].append(value if kind == "postal" else key)
    return found


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
