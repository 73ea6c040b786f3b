"""Two contacts become one, and two again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation import acting_organisation
from oportuno.people.audience.actions.capturing import Circumstances
from oportuno.people.audience.actions.consenting import withdraw
from oportuno.people.audience.actions.knowing import MOST_TAGS
from oportuno.people.audience.actions.likening import forget_pairs
from oportuno.people.audience.actions.sparing import spare_the_forgotten
from oportuno.people.audience.actions.writing import stands_below
from oportuno.people.audience.facts import ContactsMerged, MergeUndone
from oportuno.people.audience.models import Contact, ContactDistinct, ContactMerge, LikelyPair
from oportuno.people.audience.models.moving import Rows, do, movers, put_back, run
from oportuno.people.audience.queries.merging import refuse_unlike
from oportuno.people.audience.rules.merging import joined, parted, strictest
from oportuno.people.organisations.api import Member

ROWS = "SELECT to_jsonb(c) FROM contact c WHERE c.organisation_id = %s AND c.id = ANY(%s) ORDER BY c.id FOR UPDATE"
STATES = "SELECT to_jsonb(s) FROM consent_state s WHERE s.contact_id = ANY(%s)"
DISTINCT = "DELETE FROM contact_distinct t WHERE t.first_id = %s OR t.second_id = %s RETURNING to_jsonb(t)"
WRITE = """
UPDATE contact c SET {said} FROM jsonb_populate_record(NULL::contact, %s) x WHERE c.id = %s
"""
RETURN = "INSERT INTO contact SELECT x.* FROM contact k, jsonb_populate_record(k, %s) x WHERE k.id = %s"
MAIN_ADDRESS = """
UPDATE contact c SET {kind} = COALESCE((SELECT i.key FROM contact_identity i WHERE i.contact_id = c.id AND i.kind = '{kind}'
    ORDER BY i.key = c.{kind} DESC, i.created_at, i.id LIMIT 1), '') WHERE c.id = ANY(%s)
"""
OF_GONE = """SET contact_id = %s WHERE t.contact_id = %s AND t.id > %s AND t.identity_key <> ''
    AND EXISTS (SELECT 1 FROM contact_identity i WHERE i.contact_id = %s AND i.key = t.identity_key)
    AND NOT EXISTS (SELECT 1 FROM contact_identity i WHERE i.contact_id = %s AND i.key = t.identity_key)"""
GONE_SAID = f"UPDATE consent t {OF_GONE} AND t.deed <> 'withdrawn' RETURNING to_jsonb(t.id)"
GONE_WAITS = f"UPDATE contact_confirmation t {OF_GONE}"
GOVERNED = "UPDATE {table} t SET person_id = c.person_id FROM contact c WHERE c.id = t.contact_id AND c.id = ANY(%s) AND t.person_id IS DISTINCT FROM c.person_id"


def merge_contacts(*, kept: UUID, gone: UUID, chosen: Mapping[str, str], by: Member, at: datetime) -> ContactMerge:
    """`gone` becomes `kept`. `chosen`: name of a choice → "kept" or "gone", whose value wins; see `rules.merging`.

    Consent is the strictest of both. Raises NotFound, Conflict when one of them went already, Refusal for a person and an
    organisation, for two who sign in apart, and for too many tags.
    """
    with transaction.atomic():
        rows = locked_pair(kept, gone, by)
        before, leaving = rows[kept], rows[gone]
        refuse_unlike(before, leaving)
        after = joined(before, leaving, chosen)
        if len(after["tags"]) > MOST_TAGS:
            raise Refusal(_("%(contact)s would have more than 30 tags.") % {"contact": before["display_name"] or before["email"]})
        if after["company_id"] and any(UUID(after["company_id"]) == one or stands_below(UUID(after["company_id"]), one) for one in rows):
            after["company_id"] = None  # what belongs to it cannot be above it
        aside: dict[str, Rows] = {
            "contact_distinct": run(DISTINCT, [gone, gone]), "consent_state": run(STATES, [[kept, gone]]),
        }  # fmt: skip
        moved: dict[str, Rows] = {}
        _merging("yes")
        for mover in movers():
            moved[_name(mover)], aside[_name(mover)] = mover.move(gone, kept)
        _stand(strictest(aside["consent_state"]), kept, [kept, gone])
        _write(kept, after, before)
        do("DELETE FROM contact WHERE id = %s", [gone])
        forget_pairs([gone])
        _settle([kept])
        _merging("")
        after = run(ROWS, [by.organisation.pk, [kept]])[0]
        made = ContactMerge.objects.create(
            kept_id=kept, gone_id=gone, gone=leaving, before=before, after=after, moved=moved, aside=aside, by_id=by.id, by_name=by.person.name, at=at
        )  # fmt: skip
        spare_the_forgotten(Contact.objects.get(pk=kept), by=by.id, at=at)
        record(ContactsMerged(gone=gone, contact=kept, by=by.id, at=at))
        audit("contacts merged", at=at, by=by.id, contact=str(kept), gone=str(gone))
        return made


def undo_merge(*, merge: UUID, by: Member, at: datetime) -> ContactMerge:
    """Both as they were, each with what was its own; what came since stays with the kept.

    Who withdrew since, withdrew from both. The snapshots go: what is told of a contact stands in one place, where it can be erased.
    Raises NotFound, Conflict when it was undone already, Refusal while a later one stands on it.
    """
    return _undo(organisation=by.organisation.pk, merge=merge, by=by.id, at=at)


def part_again(*, contact: UUID, by: UUID, at: datetime) -> None:
    """Undo what made this contact part of another, and first what was joined to that one later; in the organisation we act for."""
    here = acting_organisation()
    joined_now = ContactMerge.objects.filter(organisation_id=here, undone_at__isnull=True)
    while found := joined_now.filter(gone_id=contact).first():
        latest = joined_now.filter(kept_id=found.kept_id).order_by("-at", "-id")[0]
        _undo(organisation=here, merge=latest.pk, by=by, at=at)


def _undo(*, organisation: int, merge: UUID, by: UUID, at: datetime) -> ContactMerge:
    with transaction.atomic():
        found, current = _to_undo(organisation, merge)
        kept, gone = found.kept_id, found.gone_id
        states = run(STATES, [[kept]])
        _merging("yes")
        do(RETURN, [json.dumps(_still_there(found.gone)), kept])
        for mover in movers():
            mover.back(gone, kept, found.moved.get(_name(mover), []), found.aside.get(_name(mover), []))
        put_back("contact_distinct", found.aside.get("contact_distinct", []))
        withdrawn = _part_states(found, states, _give_back(found))
        _write(kept, _still_there(parted(current, found.before, found.after)), current)
        _settle([kept, gone])
        _merging("")
        found.undone_at = at
        found.gone, found.before, found.after, found.moved, found.aside = {}, {}, {}, {}, {}
        found.save(update_fields=["undone_at", "gone", "before", "after", "moved", "aside"])
        for channel, purpose in withdrawn:
            how = Circumstances("merge undone")
            withdraw(organisation=organisation, contact=gone, channel=channel, purpose=purpose, circumstances=how, at=at, by=by)
        record(MergeUndone(gone=gone, contact=kept, by=by, at=at))
        audit("merge undone", at=at, by=by, contact=str(kept), gone=str(gone))
        return found


def _to_undo(organisation: int, merge: UUID) -> tuple[ContactMerge, dict[str, Any]]:
    """The merge and its kept's row as it is now, both locked: the contact first, as whoever joins or erases does."""
    own = ContactMerge.objects.filter(organisation_id=organisation, pk=merge)
    seen = own.first()
    rows = run(ROWS, [organisation, [seen.kept_id]]) if seen else []
    found = own.select_for_update().first()
    if seen is None or found is None:
        raise NotFound
    if found.undone_at:
        raise Conflict(_("This was undone already."))
    if found.kept_id != seen.kept_id or not rows:
        raise Conflict(_("One of them was joined to another contact already."))
    if ContactMerge.objects.filter(kept_id=found.kept_id, undone_at__isnull=True, at__gt=found.at).exists():
        raise Refusal(_("Another contact was joined to it later: undo that first."))
    return found, rows[0]


@transaction.atomic
def set_apart(*, one: UUID, other: UUID, by: Member, at: datetime) -> None:
    """They are not the same: nobody is asked again. The second time changes nothing. Raises NotFound."""
    rows = locked_pair(one, other, by)
    first, second = sorted(rows)
    ContactDistinct.objects.get_or_create(first_id=first, second_id=second, defaults={"by_id": by.id, "at": at})
    LikelyPair.objects.filter(organisation_id=by.organisation.pk, first_id=first, second_id=second).delete()


def locked_pair(one: UUID, other: UUID, by: Member) -> dict[UUID, dict[str, Any]]:
    """Both rows, locked in the order of their ids, so that two who join the same pair do not wait for each other for ever."""
    if one == other:
        raise Refusal(_("Choose two different contacts."))
    rows = {UUID(row["id"]): row for row in run(ROWS, [by.organisation.pk, [one, other]])}
    if len(rows) == 2:
        return rows
    if ContactMerge.objects.filter(organisation_id=by.organisation.pk, gone_id__in=[one, other], undone_at__isnull=True).exists():
        raise Conflict(_("One of them was joined to another contact already."))
    raise NotFound


def _give_back(found: ContactMerge) -> set[str]:
    """What was agreed to since by an address that is the gone's alone, was not said by the kept: it goes over. Ids of that evidence."""
    known = [found.gone_id, found.kept_id, found.pk, found.gone_id, found.kept_id]
    do(GONE_WAITS, known)
    return {str(one) for one in run(GONE_SAID, known)}


def _part_states(found: ContactMerge, now: Rows, given_back: set[str]) -> list[tuple[str, str]]:
    """Where both stand again. What changed since stays with the kept, save what the gone said: its evidence was `given_back`.

    Answers what was withdrawn since, which counts for both.
    """
    known = {one["id"]: one for one in strictest(found.aside["consent_state"])}
    changed = [one for one in now if one["id"] not in known or one["evidence_id"] != known[one["id"]]["evidence_id"]]
    since = [{**one, "contact_id": str(found.gone_id) if one["evidence_id"] in given_back else one["contact_id"]} for one in changed]
    later = {(one["contact_id"], one["channel"], one["purpose"]) for one in since}
    do("DELETE FROM consent_state WHERE contact_id = ANY(%s)", [[found.kept_id, found.gone_id]])
    old = [one for one in found.aside["consent_state"] if (one["contact_id"], one["channel"], one["purpose"]) not in later]
    put_back("consent_state", old)
    taken = {one["id"] for one in old}
    put_back("consent_state", [{**one, "id": str(new_id()) if one["id"] in taken else one["id"]} for one in since])
    return [(one["channel"], one["purpose"]) for one in since if one["standing"] == "withdrawn"]


def _stand(states: Rows, kept: UUID, both: Sequence[UUID]) -> None:
    do("DELETE FROM consent_state WHERE contact_id = ANY(%s)", [list(both)])
    put_back("consent_state", [{**one, "contact_id": str(kept)} for one in states])


def _write(contact: UUID, row: dict[str, Any], before: dict[str, Any]) -> None:
    names = [name for name in row if row[name] != before[name]]
    if names:
        said = ", ".join(f'"{name}" = x."{name}"' for name in names)
        do(WRITE.format(said=said), [json.dumps(row), contact])


def _settle(contacts: Sequence[UUID]) -> None:
    """Main addresses are their own, and who governs a contact governs what it asked and agreed to."""
    for kind in ("email", "phone"):
        do(MAIN_ADDRESS.format(kind=kind), [list(contacts)])
    for table in ("consent_state", "question"):
        do(GOVERNED.format(table=table), [list(contacts)])


def _still_there(row: dict[str, Any]) -> dict[str, Any]:
    """Without the company, if that is no contact any more."""
    if row["company_id"] and not Contact.objects.filter(pk=row["company_id"]).exists():
        return {**row, "company_id": None}
    return row


def _name(mover: Any) -> str:
    return mover.table if mover.column == "contact_id" else f"{mover.table}.{mover.column}"


def _merging(word: str) -> None:
    """Says to the database that evidence may pass to another contact, until the word is empty again."""
    do("SELECT set_config('app.merging', %s, true)", [word])
