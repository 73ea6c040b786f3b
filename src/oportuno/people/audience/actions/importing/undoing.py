"""Undoing an import, and forgetting what it left on the stage."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import ManyToOneRel
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Conflict, Refusal
from oportuno.kernel.facts import record, record_all
from oportuno.people.audience.actions.importing.changes import TEXTS
from oportuno.people.audience.actions.importing.deciding import forget_file
from oportuno.people.audience.facts import ContactImportUndone, StageChanged
from oportuno.people.audience.models import Contact, ContactImport, ImportedKey, ImportedMatch, ImportedProblem, ImportedRow

State = ContactImport.State
# Who has done or got anything since, or was told anything about, or whom a later file meant, too, is not ours to remove again.
UNTOUCHED = """
    NOT EXISTS (SELECT 1 FROM fact f WHERE f.organisation_id = c.organisation_id AND f.contact_id = c.id)
    AND c.person_id IS NULL AND c.created_at = c.last_seen_at
    AND NOT EXISTS (SELECT 1 FROM contact_note n WHERE n.contact_id = c.id AND n.by_name <> left(%(name)s, 120))
    AND NOT EXISTS (SELECT 1 FROM contact_import_match o JOIN contact_import later ON later.id = o.run_id AND later.state = 'done'
        WHERE o.contact_id = c.id AND o.run_id <> %(run)s)"""
GONE = f"""
SELECT c.id FROM contact c JOIN contact_import_match m ON m.contact_id = c.id
WHERE m.run_id = %(run)s AND m.what = 'new' AND {UNTOUCHED}{{elsewhere}} ORDER BY c.id FOR UPDATE OF c
"""
TABLES = ("consent_state", "consent", "contact_note", "contact_identity")
"""What an import writes of a contact; whatever else refers to it, somebody did since."""
CHANGED = "m.run_id = %(run)s AND m.what = 'changed'"
MOVED = f"""
SELECT c.id, c.stage, m.changes -> 'stage' ->> 0 FROM contact c JOIN contact_import_match m ON m.contact_id = c.id
WHERE {CHANGED} AND m.changes -> 'stage' ->> 1 = c.stage ORDER BY c.id FOR UPDATE OF c
"""
BACK = f"""
UPDATE contact c SET {", ".join(f"{column} = CASE WHEN m.changes ? '{column}' AND m.changes -> '{column}' ->> 1 = c.{column} THEN m.changes -> '{column}' ->> 0 ELSE c.{column} END" for column in (*TEXTS, "stage"))},
    name_key = CASE WHEN m.changes ? 'display_name' AND m.changes -> 'display_name' ->> 1 = c.display_name
        THEN m.changes -> 'display_name' ->> 2 ELSE c.name_key END,
    company_id = CASE WHEN m.changes ? 'company_name' AND m.changes -> 'company_name' ->> 1 = c.company_name AND c.company_id IS NULL
        THEN (SELECT k.id FROM contact k WHERE k.organisation_id = c.organisation_id AND k.id = (m.changes -> 'company_name' ->> 2)::uuid) ELSE c.company_id END,
    tags = CASE WHEN m.changes ? 'tags' AND m.changes -> 'tags' -> 1 = to_jsonb(c.tags)
        THEN ARRAY(SELECT jsonb_array_elements_text(m.changes -> 'tags' -> 0)) ELSE c.tags END,
    fields = CASE WHEN m.changes ? 'fields' THEN jsonb_strip_nulls(c.fields || COALESCE((
        SELECT jsonb_object_agg(f.key, f.value -> 0) FROM jsonb_each(m.changes -> 'fields') f WHERE c.fields -> f.key = f.value -> 1), '{{}}')) ELSE c.fields END
FROM contact_import_match m WHERE {CHANGED} AND m.contact_id = c.id
"""
ADDRESSES_BACK = f"""
DELETE FROM contact_identity i USING contact_import_match m
WHERE {CHANGED} AND i.contact_id = m.contact_id AND m.changes -> 'addresses' @> to_jsonb(ARRAY[i.value]) AND i.verified_at IS NULL
"""
LEFT = "SELECT i.key FROM contact_identity i WHERE i.contact_id = c.id AND i.kind = '{kind}'"
MAIN_BACK = f"""
UPDATE contact c SET {", ".join(f"{kind} = CASE WHEN c.{kind} IN ({LEFT.format(kind=kind)}) THEN c.{kind} ELSE COALESCE(({LEFT.format(kind=kind)} ORDER BY i.created_at, i.id LIMIT 1), '') END" for kind in ("email", "phone"))}
FROM contact_import_match m WHERE {CHANGED} AND m.contact_id = c.id AND m.changes ? 'addresses'
"""
NOTES_BACK = f"""
DELETE FROM contact_note n USING contact_import_match m
WHERE {CHANGED} AND n.contact_id = m.contact_id AND n.text = m.changes -> 'note' ->> 1 AND n.by_name = left(%(name)s, 120)
"""
# What the file claimed is claimed no longer, unless the person herself has spoken since: then her evidence stands there.
CONSENT_BACK = f"""
WITH void AS (
    DELETE FROM consent_state s USING contact_import_match m, consent e
    WHERE {CHANGED} AND s.contact_id = m.contact_id AND s.channel = 'email' AND m.changes -> 'consent' ? s.purpose
        AND e.id = s.evidence_id AND e.deed = 'given' AND e.how = %(how)s AND e.words = %(words)s AND e.at = %(agreed_at)s
    RETURNING s.evidence_id
)
DELETE FROM consent e USING void WHERE e.id = void.evidence_id
"""


@transaction.atomic
def undo_import(*, run: UUID, by: UUID, at: datetime) -> ContactImport:
    """Take out who came with it, and give back what it changed, save where somebody did more since.

    Consent that was withdrawn stays so. Raises Conflict when it was not done, Refusal when its rows are tidied away.
    """
    found = ContactImport.objects.select_for_update().get(pk=run)
    if found.state != State.DONE:
        raise Conflict(_("Only an import that is done can be undone."))
    if not ImportedMatch.objects.filter(run_id=found.pk).exists():
        raise Refusal(_("What this import did is not known any more, so it cannot be undone."))
    said = found.consent
    known: dict[str, Any] = {
        "run": found.pk, "name": found.name, "how": said.get("how"), "words": said.get("words"), "agreed_at": said.get("at"),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(GONE.format(elsewhere=_nothing_elsewhere()), known)
        gone = [contact for (contact,) in cursor.fetchall()]
        cursor.execute("SELECT set_config('app.erasing', 'yes', true)")
        for table in TABLES:
            cursor.execute(f"DELETE FROM {table} WHERE contact_id = ANY(%s)", [gone])
        cursor.execute("DELETE FROM contact WHERE id = ANY(%s)", [gone])
        cursor.execute(CONSENT_BACK, known)
        cursor.execute("SELECT set_config('app.erasing', '', true)")
        cursor.execute(MOVED, known)
        moved: list[tuple[UUID, str, str]] = cursor.fetchall()
        cursor.execute(BACK, known)
        restored = cursor.rowcount
        for part in (ADDRESSES_BACK, MAIN_BACK, NOTES_BACK):
            cursor.execute(part, known)
    found.state, found.ended_at = State.UNDONE, at
    found.save(update_fields=["state", "ended_at"])
    record_all(
        StageChanged(contact=contact, before=before, after=after, reason="import undone", by=by, at=at) for contact, before, after in moved
    )
    record(ContactImportUndone(run=found.pk, removed=len(gone), restored=restored, by=by, at=at))
    audit("contact import undone", at=at, by=by, file=found.name, removed=len(gone), restored=restored)
    return found


def _nothing_elsewhere() -> str:
    """No row of another table refers to the contact: a question, a mail that waits."""
    columns = {
        (one.related_model._meta.db_table, one.field.column)
        for one in Contact._meta.get_fields(include_hidden=True)
        if isinstance(one, ManyToOneRel)
    }
    further = sorted((table, column) for table, column in columns if table not in TABLES)
    return "".join(f" AND NOT EXISTS (SELECT 1 FROM {table} o WHERE o.{column} = c.id)" for table, column in further)


@transaction.atomic
def tidy_import(run: UUID) -> None:
    """Forget its stage and its file: an import that nobody decided about for a week is cancelled by it."""
    found = ContactImport.objects.select_for_update().get(pk=run)
    if not found.is_over:
        found.state = State.CANCELLED
    forget_file(found)
    found.tidied, found.notes = True, {}
    found.save(update_fields=["state", "path", "examples", "tidied", "notes"])
    for stage in (ImportedRow, ImportedKey, ImportedMatch):
        stage.objects.filter(run_id=found.pk).delete()
    ImportedProblem.objects.filter(run=found).delete()
