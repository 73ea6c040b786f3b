"""Last phase: from the stage into the contacts, in sets. A batch, its fact and the run's place commit together or not at all."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from oportuno.kernel.facts import record, record_all
from oportuno.kernel.imports import Outdated
from oportuno.people.audience.actions.importing.changes import TEXTS
from oportuno.people.audience.actions.importing.naming import ids_by
from oportuno.people.audience.facts import ContactsImported, StageChanged
from oportuno.people.audience.models import ContactImport, ImportedMatch
from oportuno.people.audience.rules.bringing.columns import ADVERTISING
from oportuno.people.organisations.api import Organisation

BATCH = 10_000
LANGUAGES = {"MX": "es-mx", "US": "en"}
MARKS = [500 * 8**n for n in range(6)]  # row numbers after which the tables have grown so much that the planner should look again
HERE = "m.run_id = %(run)s AND m.number BETWEEN %(first)s AND %(last)s"
# Rows of the file that mean somebody of this batch: those of the batch, and later ones of the same people. A table of its
# own, which the planner knows: over the stage alone it guesses, and then works row by row.
MEANT = f"""
CREATE TEMP TABLE meant ON COMMIT DROP AS
    SELECT m.number, m.number AS leader, m.contact_id, m.organisation_id, m.what, r.email, r.standing
    FROM contact_import_match m JOIN contact_import_row r ON r.run_id = m.run_id AND r.number = m.number
    WHERE {HERE} AND m.what IN ('new', 'changed')
    UNION ALL
    SELECT t.number, m.number, m.contact_id, m.organisation_id, '', '', ''
    FROM contact_import_match m JOIN contact_import_match t ON t.run_id = m.run_id AND t.leader = m.number
    WHERE {HERE} AND m.what IN ('new', 'changed');
ANALYZE meant"""
NO_LONGER = "DROP TABLE meant"

# Somebody may have become known since we compared: then his address is not ours to give to a second contact.
TAKEN = f"""
SELECT EXISTS (
    SELECT 1 FROM meant m JOIN contact_import_key k ON k.run_id = %(run)s AND k.number = m.number AND k.number BETWEEN %(first)s AND %(last)s
    CROSS JOIN LATERAL ({{holder}}) i
    WHERE m.what = 'new' AND k.kind = 'email' AND i.contact_id <> m.contact_id
) OR EXISTS (
    SELECT 1 FROM contact_import_match m WHERE {HERE} AND m.what = 'changed' AND NOT EXISTS (SELECT 1 FROM contact c WHERE c.id = m.contact_id))
"""
# Asked for each address by its unique key, however large the table has grown since the planner last looked.
HOLDER = """SELECT i.contact_id FROM contact_identity i
    WHERE i.organisation_id = k.organisation_id AND i.kind = k.kind AND i.key = k.key AND NOT i.shared OFFSET 0"""
NEW_CONTACTS = f"""
INSERT INTO contact (id, organisation_id, display_name, name_key, given_name, family_name, company_name, job_title, kind, stage, language, country,
    place, tags, email, phone, fields, source, person_id, created_at, last_seen_at)
SELECT m.contact_id, r.organisation_id, r.name, r.name_key, r.given_name, r.family_name, r.company_name, r.job_title, COALESCE(NULLIF(r.kind, ''), 'person'),
    COALESCE(NULLIF(r.stage, ''), 'contact'), COALESCE(NULLIF(r.language, ''), %(language)s), r.country, r.place,
    CASE WHEN %(more_tags)s::varchar[] = '{{}}' THEN r.tags ELSE ARRAY(SELECT DISTINCT unnest(r.tags || %(more_tags)s::varchar[]) ORDER BY 1) END,
    r.email, r.phone, r.fields, 'import', NULL, %(at)s, %(at)s
FROM contact_import_match m JOIN contact_import_row r ON r.run_id = m.run_id AND r.number = m.number
WHERE {HERE} AND m.what = 'new' ORDER BY m.number
"""
LOCKED = f"SELECT c.id FROM contact c JOIN contact_import_match m ON m.contact_id = c.id WHERE {HERE} AND m.what = 'changed' ORDER BY c.id FOR UPDATE OF c"
CHANGED_CONTACTS = f"""
UPDATE contact c SET {", ".join(f"{column} = COALESCE(m.changes -> '{column}' ->> 1, c.{column})" for column in TEXTS)},
    name_key = CASE WHEN m.changes ? 'display_name' THEN r.name_key ELSE c.name_key END,
    company_id = CASE WHEN lower(m.changes -> 'company_name' ->> 1) <> lower(c.company_name) THEN NULL ELSE c.company_id END,
    stage = COALESCE(m.changes -> 'stage' ->> 1, c.stage),
    tags = CASE WHEN m.changes ? 'tags' THEN ARRAY(SELECT DISTINCT unnest(c.tags || r.tags || %(more_tags)s::varchar[]) ORDER BY 1) ELSE c.tags END,
    fields = CASE WHEN m.changes ? 'fields' THEN c.fields || (SELECT jsonb_object_agg(f.key, f.value -> 1) FROM jsonb_each(m.changes -> 'fields') f) ELSE c.fields END
FROM contact_import_match m JOIN contact_import_row r ON r.run_id = m.run_id AND r.number = m.number
WHERE {HERE} AND m.what = 'changed' AND c.id = m.contact_id
"""
# What somebody else had first reaches both, and recognises the first alone; an e-mail or a handle stays with the first.
ADDRESSES = """
INSERT INTO contact_identity (id, organisation_id, contact_id, kind, value, key, created_at, verified_at, shared)
SELECT {new_id}, k.organisation_id, k.meant_id, k.kind, k.value, k.key, %(at)s, NULL, k.late OR i.contact_id IS NOT NULL
FROM (
    SELECT k.*, n.contact_id AS meant_id, first_value(n.leader) OVER (PARTITION BY k.kind, k.key ORDER BY n.leader) <> n.leader AS late
    FROM meant n JOIN contact_import_key k ON k.run_id = %(run)s AND k.number = n.number AND k.number BETWEEN %(first)s AND %(furthest)s
) k
LEFT JOIN LATERAL ({holder}) i ON true
WHERE i.contact_id IS DISTINCT FROM k.meant_id AND NOT (k.kind IN ('email', 'social', 'device') AND (k.late OR i.contact_id IS NOT NULL))
ORDER BY k.kind, k.key, k.late, k.number
ON CONFLICT DO NOTHING
"""
MAIN = f"""
UPDATE contact c SET email = CASE WHEN c.email = '' THEN r.email ELSE c.email END, phone = CASE WHEN c.phone = '' THEN r.phone ELSE c.phone END
FROM contact_import_match m JOIN contact_import_row r ON r.run_id = m.run_id AND r.number = m.number
WHERE {HERE} AND m.what = 'changed' AND c.id = m.contact_id AND (c.email = '' AND r.email <> '' OR c.phone = '' AND r.phone <> '')
"""
NOTES = f"""
INSERT INTO contact_note (id, organisation_id, contact_id, text, by_id, by_name, at)
SELECT {{new_id}}, r.organisation_id, m.contact_id, r.note, COALESCE(%(by)s, '00000000-0000-0000-0000-000000000000'::uuid), left(%(name)s, 120), %(at)s
FROM contact_import_match m JOIN contact_import_row r ON r.run_id = m.run_id AND r.number = m.number
WHERE {HERE} AND r.note <> '' AND (m.what = 'new' OR m.what = 'changed' AND m.changes ? 'note')
"""
# One piece of evidence a purpose and contact, whose identity serves for where the contact stands by it, too; whoever stands anywhere already, withdrawn above all, stays there (threat T18).
EVIDENCE = """
WITH told AS (
    INSERT INTO consent (id, organisation_id, contact_id, channel, purpose, topics, deed, how, words, version, language, address, agent, identity_key,
        token_digest, answers_id, by_id, at)
    SELECT {new_id}, m.organisation_id, m.contact_id, 'email', p.purpose, '{{}}', %(deed)s, %(how)s, %(words)s, '', %(language)s, NULL, '',
        COALESCE(NULLIF(c.email, ''), m.email), NULL, NULL, %(by)s, %(agreed_at)s
    FROM meant m CROSS JOIN unnest(%(purposes)s::text[]) WITH ORDINALITY p(purpose, place)
    LEFT JOIN LATERAL (SELECT c.email FROM contact c WHERE c.id = m.contact_id OFFSET 0) c ON m.what = 'changed'
    LEFT JOIN LATERAL (
        SELECT s.id, s.standing FROM consent_state s WHERE s.contact_id = m.contact_id AND s.channel = 'email' AND s.purpose = p.purpose OFFSET 0
    ) s ON m.what = 'changed'
    WHERE m.what <> '' AND m.standing = %(standing)s AND (c.email <> '' OR m.email <> '') AND (s.id IS NULL OR %(leaves)s AND s.standing <> 'withdrawn')
    RETURNING id, organisation_id, contact_id, channel, purpose, topics, at
)
INSERT INTO consent_state (id, organisation_id, contact_id, channel, purpose, topics, standing, since, evidence_id, person_id)
SELECT t.id, t.organisation_id, t.contact_id, t.channel, t.purpose, t.topics, %(stands)s, t.at, t.id, c.person_id
FROM told t LEFT JOIN LATERAL (SELECT c.person_id FROM contact c WHERE c.id = t.contact_id OFFSET 0) c ON true
ON CONFLICT (contact_id, channel, purpose) DO UPDATE SET standing = excluded.standing, since = excluded.since, evidence_id = excluded.evidence_id
    WHERE excluded.standing = 'withdrawn'
"""
MOVED = f"SELECT m.contact_id, m.changes -> 'stage' ->> 0, m.changes -> 'stage' ->> 1 FROM contact_import_match m WHERE {HERE} AND m.what = 'changed' AND m.changes ? 'stage'"


def apply_batch(run: ContactImport, organisation: Organisation, *, at: datetime) -> bool:
    """Write the next batch; whether there may be more. The caller commits. Raises Outdated, with nothing to commit."""
    numbers = list(
        ImportedMatch.objects.filter(run_id=run.pk, number__gt=run.applied_row, what__in=("new", "changed"))
        .order_by("number")
        .values_list("number", flat=True)[:BATCH]
    )
    if not numbers:
        return False
    known: dict[str, Any] = {
        "run": run.pk, "first": numbers[0], "last": numbers[-1], "at": at, "by": run.by_id, "name": run.name, "more_tags": run.tags,
        "language": LANGUAGES.get(organisation.country, "es-co"),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(MEANT, known)
        cursor.execute("SELECT max(number) FROM meant")
        known["furthest"] = cursor.fetchone()[0]
        cursor.execute(TAKEN.format(holder=HOLDER), known)
        if cursor.fetchone()[0]:
            raise Outdated
        cursor.execute(NEW_CONTACTS, known)
        if cursor.rowcount < len(numbers):
            cursor.execute(LOCKED, known)
            cursor.execute(CHANGED_CONTACTS, known)
        cursor.execute(ADDRESSES.format(new_id=ids_by("k.number", "k.position"), holder=HOLDER), known)
        cursor.execute(MAIN, known)
        cursor.execute(NOTES.format(new_id=ids_by("r.number")), known)
        for standing in _standings(run, at):
            cursor.execute(EVIDENCE.format(new_id=ids_by("m.number", "p.place")), {**known, **standing})
        cursor.execute(MOVED, known)
        moved: list[tuple[UUID, str, str]] = cursor.fetchall()
        cursor.execute(NO_LONGER)
        if any(run.applied_row < mark <= numbers[-1] for mark in MARKS):
            cursor.execute("SELECT contact_statistics(false)")
    record_all(
        StageChanged(contact=contact, before=before, after=after, reason="import", by=run.by_id, at=at) for contact, before, after in moved
    )
    record(ContactsImported(run=run.pk, first=numbers[0], last=numbers[-1], count=len(numbers), by=run.by_id, at=at))
    run.applied_row = numbers[-1]
    run.save(update_fields=["applied_row"])
    return True


def _standings(run: ContactImport, at: datetime) -> list[dict[str, Any]]:
    """Who leaves, and who agreed: the words and the moment that the person who brought the file gave."""
    leaving = {
        "standing": "out", "stands": "withdrawn", "deed": "withdrawn", "how": "import", "words": "", "purposes": list(ADVERTISING), "agreed_at": at, "leaves": True,
    }  # fmt: skip
    given = run.consent
    if not given.get("purposes"):
        return [leaving]
    agreed = {
        "standing": "", "stands": "given", "deed": "given", "how": given["how"], "words": given["words"], "purposes": given["purposes"],
        "agreed_at": given["at"], "leaves": False,
    }  # fmt: skip
    return [leaving, agreed]
