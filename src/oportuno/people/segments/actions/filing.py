"""People of a file into a list: looked up first, put in at a word, and taken out again at another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.tables import Row, Unreadable, open_table
from oportuno.people.audience.api import Contact
from oportuno.people.audience.api.imports import sentence
from oportuno.people.organisations.api import Member
from oportuno.people.segments.actions.listing import put_in, take_out
from oportuno.people.segments.models import ListFile, Segment, SegmentMember
from oportuno.people.segments.queries.filed import Meant, meant, phone_columns
from oportuno.people.segments.queries.known import contacts_by
from oportuno.people.segments.queries.segments import segment_for

BATCH = 2_000
MOST_ROWS = 200_000
MOST_BYTES = 20 * 2**20
KEPT = timedelta(days=7)
MOST_TOLD = 100


@dataclass(frozen=True)
class Looked:
    """`unknown` are addresses that no contact has, as they are written; `wrong` lines without any address. The first hundred of each."""

    file: ListFile
    unknown: Sequence[str]
    wrong: Sequence[int]


@transaction.atomic
def look_at_file(*, segment: UUID, name: str, path: Path, by: Member, at: datetime) -> Looked:
    """Whom of the organisation's contacts a file means; nothing is put in. Raises Refusal for a file that is none, or too long."""
    held = _list(segment, by)
    if path.stat().st_size > MOST_BYTES:
        raise Refusal(_("The file is bigger than 20 MB. Keep the column with the addresses, or bring it in as contacts."), field="file")
    ListFile.objects.filter(organisation_id=by.organisation.pk, at__lt=at - KEPT).delete()
    found: dict[UUID, None] = {}
    rows, twice, unknown, wrong, no_one, no_address = 0, 0, 0, 0, list[str](), list[int]()
    reading = _meant_by(path, by.organisation.country)
    while batch := list(islice(reading, BATCH)):
        rows += len(batch)
        if rows > MOST_ROWS:
            raise Refusal(_("That is more than 200,000 rows at once. Split the file, or bring it in as contacts."), field="file")
        for one, contact in zip(batch, _contacts(batch, by), strict=True):
            if contact in found:
                twice += 1
            elif contact:
                found[contact] = None
            elif one.said:
                unknown += 1
                no_one += [one.said] * (len(no_one) < MOST_TOLD)
            else:
                wrong += 1
                no_address += [one.line] * (len(no_address) < MOST_TOLD)
    ids = list(found)
    there = len(_among(held, ids))
    file = ListFile.objects.create(
        segment=held, name=Path(name).name[:200], rows=rows, twice=twice, unknown=unknown, wrong=wrong, there=there, found=ids, by_id=by.id, at=at
    )  # fmt: skip
    return Looked(file, no_one, no_address)


@transaction.atomic
def put_in_file(*, file: UUID, by: Member, at: datetime) -> int:
    """Put in whom it found; how many were not in the list. Raises NotFound, Conflict when that was done already."""
    found = _locked(file, by)
    if found.put_in_at:
        raise Conflict(_("This file was put in already."))
    held = segment_for(by, found.segment_id, lock=True)
    before = _among(held, found.found)
    count = put_in(segment=held.pk, contacts=found.found, by=by, at=at)
    found.added, found.put_in_at = sorted(_among(held, found.found) - before), at
    found.save(update_fields=["added", "put_in_at"])
    return count


@transaction.atomic
def undo_file(*, file: UUID, by: Member, at: datetime) -> int:
    """Take out whom it put in, save who went and came again since; how many. Raises NotFound, Conflict when there is nothing to undo."""
    found = _locked(file, by)
    if not found.put_in_at or found.undone_at:
        raise Conflict(_("There is nothing to undo."))
    held = segment_for(by, found.segment_id, lock=True)
    since = SegmentMember.objects.filter(organisation_id=by.organisation.pk, segment_id=held.pk, contact_id__in=found.added)
    count = take_out(segment=held.pk, contacts=list(since.filter(since=found.put_in_at).values_list("contact_id", flat=True)), by=by, at=at)
    found.undone_at = at
    found.save(update_fields=["undone_at"])
    return count


def _list(segment: UUID, by: Member) -> Segment:
    held = segment_for(by, segment)
    if held.is_live:
        raise Refusal(_("Who is in this segment follows from its conditions; nobody can be put in by hand."))
    return held


def _locked(file: UUID, by: Member) -> ListFile:
    found = ListFile.objects.select_for_update().filter(organisation_id=by.organisation.pk, pk=file).first()
    if found is None:
        raise NotFound
    return found


def _meant_by(path: Path, country: str) -> Iterator[Meant]:
    """What each row means. The words above the columns are a row, too, where they are addresses: a file without headings."""
    try:
        table = open_table(path)
        try:
            phones = phone_columns(table.header)
            first = meant(Row(1, dict.fromkeys(table.header, "") | {name: name for name in table.header}), phones, country)
            if first.said:
                yield first
            yield from (meant(row, phones, country) for row in table.rows)
        finally:
            table.close()
    except Unreadable as trouble:
        raise Refusal(sentence(trouble.code, {"line": trouble.line, **trouble.data}), field="file") from trouble


def _contacts(batch: Sequence[Meant], by: Member) -> list[UUID | None]:
    """The contact of each row: of what it says, the first that is known. Two queries."""
    known = contacts_by(by.organisation.pk, list({key for one in batch for key in one.keys}))
    named = {one.id for one in batch if one.id}
    here = set(Contact.objects.filter(organisation_id=by.organisation.pk, pk__in=named).values_list("pk", flat=True)) if named else set()
    return [one.id if one.id in here else next((known[key] for key in one.keys if key in known), None) for one in batch]


def _among(segment: Segment, contacts: Sequence[UUID]) -> set[UUID]:
    """Who of them is in the list."""
    held = SegmentMember.objects.filter(organisation_id=segment.organisation_id, segment_id=segment.pk, contact_id__in=list(contacts))
    return set(held.values_list("contact_id", flat=True))
