"""Contacts as they are taken out: a table that comes in again as it went out, without live formulas (threat T13).

Every form (CSV, XLSX, JSON Lines, vCard) is written batch by batch: memory does not grow with the contacts.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, Literal
from uuid import UUID

import xlsxwriter
from django.db import connection
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Refusal
from oportuno.kernel.facts.log import kind_number
from oportuno.kernel.formulas import neutral
from oportuno.people.audience.facts import StageChanged
from oportuno.people.audience.models import Consent, ConsentState, Contact, Identity, Note
from oportuno.people.audience.rules.bringing.columns import ADVERTISING, heading_of
from oportuno.people.audience.rules.bringing.written import card_of
from oportuno.people.audience.rules.own_fields import OwnField, typed

Form = Literal["csv", "xlsx", "jsonl", "vcf"]
FORMS: dict[Form, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/jsonl; charset=utf-8",
    "vcf": "text/vcard; charset=utf-8",
}
COLUMNS = (
    "name", "given_name", "family_name", "kind", "company", "job_title", "stage", "email", "phone", "postal_address", "social", "language", "country", "place",
    "tags", "attributes", "source", "known_since", "last_seen",
)  # fmt: skip
CONSENTS = ("agreed_to", "withdrew_from", "unsubscribed")
WRITTEN = ("written_notes",)
"""Notes of members, the latest first, each with its day and who wrote it; they come in again only when somebody says that they are notes."""
"""What contacts agreed to is evidence here and no claim elsewhere: only that somebody wants nothing more comes in again."""
BATCH = 1_000
STAGES = "SELECT contact_id, at, data FROM fact WHERE organisation_id = %s AND kind_id = %s AND contact_id = ANY(%s) ORDER BY at, id"
MOST_XLSX = 1_000_000  # rows of a sheet
XLSX_CELL = 32_767
BETWEEN = " ::: "  # of several addresses of one kind, as address books write it


@dataclass(frozen=True)
class StageStep:
    """One change of stage."""

    at: datetime
    before: str
    after: str
    reason: str


@dataclass(frozen=True)
class Whole:
    """A contact with all that is told of it; `evidence` and `stages` only where they are asked for."""

    contact: Contact
    identities: list[Identity]
    states: list[ConsentState]
    notes: list[Note]
    evidence: list[Consent] = field(default_factory=list)
    stages: list[StageStep] = field(default_factory=list)

    def keys(self, kind: str) -> list[str]:
        """The main one first; postal addresses as they are written."""
        main = {"email": self.contact.email, "phone": self.contact.phone}.get(kind, "")
        own = [one.value if kind == "postal" else one.key for one in self.identities if one.kind == kind]
        return list(dict.fromkeys([*([main] if main else []), *own]))


def written(contacts: Iterable[Contact], form: Form, fields: Sequence[OwnField]) -> Iterator[bytes]:
    """The file, in pieces. `fields` are the organisation's own, each a column. Raises Refusal beyond what a spreadsheet holds."""
    if form == "xlsx":
        yield from _workbook(contacts, fields)
    elif form == "jsonl":
        yield from (f"{json.dumps(_object(one, fields), ensure_ascii=False)}\n".encode() for one in wholes(contacts, deep=True))
    elif form == "vcf":
        yield from (_card(one).encode() for one in wholes(contacts))
    else:
        yield from (line.encode() for line in lines(contacts, fields))


def lines(contacts: Iterable[Contact], fields: Sequence[OwnField] = ()) -> Iterator[str]:
    """A heading and a line each, UTF-8 with the mark that spreadsheets look for."""
    yield "\ufeff" + _line(heading(fields))
    for one in wholes(contacts):
        yield _line([_text(cell) for cell in cells(one, fields)])


def heading(fields: Sequence[OwnField]) -> list[str]:
    return [*COLUMNS, *CONSENTS, *WRITTEN, *(heading_of(field) for field in fields)]


def cells(one: Whole, fields: Sequence[OwnField]) -> list[str]:
    """As text, still with formulas. Own fields stand in columns of their own, what nobody declared in `attributes`."""
    contact, known = one.contact, {field.key for field in fields}
    further = {key: value for key, value in contact.fields.items() if key not in known}
    attributes = json.dumps(further, ensure_ascii=False, sort_keys=True) if further else ""
    moments = (contact.created_at.isoformat(timespec="seconds"), contact.last_seen_at.isoformat(timespec="seconds"))
    names = (
        contact.display_name,
        contact.given_name,
        contact.family_name,
        contact.kind,
        contact.company_name,
        contact.job_title,
        contact.stage,
    )
    reached = (BETWEEN.join(one.keys(kind)) for kind in ("email", "phone", "postal", "social"))
    where = (contact.language, contact.country, contact.place, ", ".join(contact.tags))
    return [
        *names,
        *reached,
        *where,
        attributes,
        contact.source,
        *moments,
        *_consents(one),
        "\n".join(f"{note.at:%Y-%m-%d} {note.by_name}: {note.text}" for note in one.notes),
        *(typed(contact.fields.get(field.key)) for field in fields),
    ]


def wholes(contacts: Iterable[Contact], *, deep: bool = False) -> Iterator[Whole]:
    """By the thousand: a query for each kind of thing, however many there are. `deep`: with the evidence of consents and the history of stages."""
    waiting = iter(contacts)
    while batch := list(islice(waiting, BATCH)):
        ids = [one.pk for one in batch]
        identities, states = defaultdict[UUID, list[Identity]](list), defaultdict[UUID, list[ConsentState]](list)
        for identity in Identity.objects.filter(contact__in=ids).order_by("created_at", "pk"):
            identities[identity.contact_id].append(identity)
        for state in ConsentState.objects.filter(contact__in=ids).order_by("channel", "purpose"):
            states[state.contact_id].append(state)
        notes, evidence = defaultdict[UUID, list[Note]](list), defaultdict[UUID, list[Consent]](list)
        for note in Note.objects.filter(contact__in=ids).order_by("-at", "-pk"):
            notes[note.contact_id].append(note)
        for row in Consent.objects.filter(contact__in=ids).order_by("at", "pk") if deep else ():
            evidence[row.contact_id].append(row)
        stages = _stages(batch[0].organisation_id, ids) if deep else {}
        yield from (
            Whole(one, identities[one.pk], states[one.pk], notes[one.pk], evidence[one.pk], stages.get(one.pk, [])) for one in batch
        )


def _stages(organisation: int, ids: Sequence[UUID]) -> dict[UUID, list[StageStep]]:
    """How each relation went, as facts tell it, the first step first."""
    found = defaultdict[UUID, list[StageStep]](list)
    with connection.cursor() as cursor:
        cursor.execute(STAGES, [organisation, kind_number(StageChanged.kind), list(ids)])
        for contact, at, data in cursor.fetchall():
            said = json.loads(data) if isinstance(data, str) else data
            found[contact].append(StageStep(at, said["before"], said["after"], said.get("reason", "")))
    return found


def _consents(one: Whole) -> tuple[str, str, str]:
    given, withdrawn = (
        [f"{state.channel}:{state.purpose}" for state in one.states if state.standing == what] for what in ("given", "withdrawn")
    )
    left = all(f"email:{purpose}" in withdrawn for purpose in ADVERTISING)
    return ", ".join(given), ", ".join(withdrawn), "yes" if left else ""


def _object(one: Whole, fields: Sequence[OwnField]) -> dict[str, Any]:
    """The columns of the table under their headings, and beside them whole: addresses, consents with their evidence, notes, how the stage went."""
    said = dict(zip(heading(fields), cells(one, fields), strict=True))
    shown = {name: cell for name, cell in said.items() if cell and name not in WRITTEN}
    seen = ("channel", "purpose", "deed", "how", "words", "version", "language", "address", "agent")
    return {
        "id": str(one.contact.pk), **shown, "company_id": str(one.contact.company_id) if one.contact.company_id else None,
        "identities": [
            {
                "kind": x.kind, "value": x.value, "key": x.key, "shared": x.shared, "known_since": x.created_at.isoformat(),
                "verified_at": x.verified_at.isoformat() if x.verified_at else None,
            }
            for x in one.identities
        ],
        "consents": [
            {"channel": x.channel, "purpose": x.purpose, "standing": x.standing, "since": x.since.isoformat(), "topics": list(x.topics)}
            for x in one.states
        ],
        "evidence": [{**{name: getattr(x, name) for name in seen}, "topics": list(x.topics), "at": x.at.isoformat()} for x in one.evidence],
        "written_notes": [{"text": x.text, "by": x.by_name, "at": x.at.isoformat()} for x in one.notes],
        "stages": [{"before": x.before, "after": x.after, "reason": x.reason, "at": x.at.isoformat()} for x in one.stages],
    }  # fmt: skip


def _card(one: Whole) -> str:
    contact = one.contact
    return card_of(
        identity=str(contact.pk), name=contact.display_name, given=contact.given_name, family=contact.family_name,
        is_company=contact.kind == "organisation", company=contact.company_name, position=contact.job_title, language=contact.language, tags=contact.tags,
        emails=one.keys("email"), phones=one.keys("phone"), places=one.keys("postal"), networks=one.keys("social"),
        fields={key: typed(value) for key, value in contact.fields.items()},
    )  # fmt: skip


def _workbook(contacts: Iterable[Contact], fields: Sequence[OwnField]) -> Iterator[bytes]:
    """Built on disk row by row; every cell is text, so that codes keep their zeros and nothing is a formula."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        options: dict[str, Any] = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        with xlsxwriter.Workbook(file.name, options) as book:
            sheet, bold = book.add_worksheet("Contactos"), book.add_format({"bold": True})
            for column, name in enumerate(heading(fields)):
                sheet.write_string(0, column, name, bold)
            for row, one in enumerate(wholes(contacts), 1):
                if row > MOST_XLSX:
                    raise Refusal(_("A spreadsheet holds a million rows at most: take them out as CSV or JSON Lines."))
                for column, cell in enumerate(cells(one, fields)):
                    if cell:
                        sheet.write_string(row, column, _text(cell)[:XLSX_CELL])
        file.seek(0)
        while chunk := file.read(256 * 1024):
            yield chunk


def _text(cell: str) -> str:
    """Nothing here is a number to reckon with, not even “-1”."""
    return f"'{cell}" if cell.startswith("-") else neutral(cell)


def _line(row: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(row)
    return line.getvalue()
