"""Undoing an import, and forgetting what it left on the stage."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Conflict, Refusal
from oportuno.kernel.facts import record
from oportuno.people.audience.actions.importing.changes import TEXTS
from oportuno.people.audience.actions.importing.deciding import forget_file
from oportuno.people.audience.facts import ContactImportUndone
from oportuno.people.audience.models import ContactImport, ImportedKey, ImportedMatch, ImportedProblem, ImportedRow

State = ContactImport.State
# Who has done or got anything since, or was told anything about, is not ours to remove again.
UNTOUCHED = """
    NOT EXISTS (SELECT 1 FROM fact f WHERE f.organisation_id = c.organisation_id AND f.contact_id = c.id)
    AND c.person_id IS NULL AND c.created_at = c.last_seen_at
    AND NOT EXISTS (SELECT 1 FROM question q WHERE q.contact_id = c.id)
    AND NOT EXISTS (SELECT 1 FROM contact_note n WHERE n.contact_id = c.id AND n.by_name <> left(%(name)s, 120))"""
GONE = f"""
SELECT c.id FROM contact c JOIN contact_import_match m ON m.contact_id = c.id
WHERE m.run_id = %(run)s AND m.what = 'new' AND {UNTOUCHED} ORDER BY c.id FOR UPDATE OF c
"""
TABLES = ("consent_state", "consent", "contact_note", "contact_identity")
BACK = f"""
UPDATE contact c SET {", ".join(f"{column} = CASE WHEN m.changes ? '{column}' AND m.changes -> '{column}' ->> 1 = c.{column} THEN m.changes -> '{column}' ->> 0 ELSE c.{column} END" for column in TEXTS)},
    name_key = CASE WHEN m.changes ? 'display_name' AND m.changes -> 'display_name' ->> 1 = c.display_name
        THEN lower(m.changes -> 'display_name' ->> 0) ELSE c.name_key END,
    tags = CASE WHEN m.changes ? 'tags' AND m.changes -> 'tags' -> 1 = to_jsonb(c.tags)
        THEN ARRAY(SELECT jsonb_array_elements_text(m.changes -> 'tags' -> 0)) ELSE c.tags END,
    fields = CASE WHEN m.changes ? 'fields' THEN jsonb_strip_nulls(c.fields || COALESCE((
        SELECT jsonb_object_agg(f.key, f.value -> 0) FROM jsonb_each(m.changes -> 'fields') f WHERE c.fields -> f.key = f.value -> 1), '{{}}')) ELSE c.fields END
FROM contact_import_match m WHERE m.run_id = %(run)s AND m.what = 'changed' AND m.contact_id = c.id
"""
ADDRESSES_BACK = """
DELETE FROM contact_identity i USING contact_import_match m
WHERE m.run_id = %(run)s AND m.what = 'changed' AND i.contact_id = m.contact_id AND m.changes -> 'addresses' @> to_jsonb(ARRAY[i.value]) AND i.verified_at IS NULL
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
    known: dict[str, Any] = {"run": found.pk, "name": found.name}
    with connection.cursor() as cursor:
        cursor.execute(GONE, known)
        gone = [contact for (contact,) in cursor.fetchall()]
        cursor.execute("SELECT set_config('app.erasing', 'yes', true)")
        for table in TABLES:
            cursor.execute(f"DELETE FROM {table} WHERE contact_id = ANY(%s)", [gone])
        cursor.execute("DELETE FROM contact WHERE id = ANY(%s)", [gone])
        cursor.execute("SELECT set_config('app.erasing', '', true)")
        cursor.execute(BACK, known)
        restored = cursor.rowcount
        cursor.execute(ADDRESSES_BACK, known)
    found.state, found.ended_at = State.UNDONE, at
    found.save(update_fields=["state", "ended_at"])
    record(ContactImportUndone(run=found.pk, removed=len(gone), restored=restored, by=by, at=at))
    audit("contact import undone", at=at, by=by, file=found.name, removed=len(gone), restored=restored)
    return found


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
