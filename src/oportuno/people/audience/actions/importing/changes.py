"""What a row would change of the contact it means: one statement for the whole file."""

from __future__ import annotations

from oportuno.people.audience.rules.bringing.columns import ADVERTISING

TEXTS = {
    "display_name": "name", "given_name": "given_name", "family_name": "family_name", "company_name": "company_name", "job_title": "job_title",
    "kind": "kind", "language": "language", "country": "country", "place": "place",
}  # fmt: skip
"""Column of the contact → column of the row."""
STAGES = "ARRAY['contact', 'lead', 'prospect', 'qualified', 'opportunity', 'customer', 'promoter']::varchar[]"


def _text(column: str, said: str) -> str:
    """A name keeps the key it had, too: only Python makes keys of names. And a company whom it named."""
    key = {"display_name": ", c.name_key", "company_name": ", c.company_id"}.get(column, "")
    return f"""'{column}', CASE WHEN r.{said} <> '' AND r.{said} <> c.{column} AND (%(over)s OR c.{column} = '')
        THEN jsonb_build_array(c.{column}, r.{said}{key}) END"""


FURTHER = f"r.stage <> '' AND array_position({STAGES}, r.stage) > array_position({STAGES}, c.stage)"
ALL_TAGS = "ARRAY(SELECT DISTINCT unnest(c.tags || r.tags || %(more_tags)s::varchar[]) ORDER BY 1)"
NEW_FIELDS = """(SELECT jsonb_object_agg(f.key, jsonb_build_array(c.fields -> f.key, f.value)) FROM jsonb_each(r.fields) f
        WHERE c.fields -> f.key IS DISTINCT FROM f.value AND (%(over)s OR NOT c.fields ? f.key))"""
# As a set: asked for each row, it would look at every other.
NEW_KEYS = """
    SELECT o.leader AS number, jsonb_agg(DISTINCT k.value ORDER BY k.value) AS addresses
    FROM (SELECT run_id, number, COALESCE(leader, number) AS leader FROM contact_import_match WHERE run_id = %(run)s AND what IS DISTINCT FROM 'new') o
    JOIN contact_import_match m ON m.run_id = o.run_id AND m.number = o.leader AND m.what IS NULL AND m.number > %(after)s
    JOIN contact_import_key k ON k.run_id = o.run_id AND k.number = o.number
    LEFT JOIN contact_identity own ON own.organisation_id = k.organisation_id AND own.contact_id = m.contact_id AND own.kind = k.kind AND own.key = k.key
    LEFT JOIN contact_identity first ON first.organisation_id = k.organisation_id AND first.kind = k.kind AND first.key = k.key AND NOT first.shared
    WHERE own.id IS NULL AND NOT (k.kind IN ('email', 'social', 'device') AND first.id IS NOT NULL)
    GROUP BY o.leader"""
NEW_NOTE = """'note', CASE WHEN r.note <> '' AND NOT EXISTS (SELECT 1 FROM contact_note n WHERE n.contact_id = m.contact_id AND n.text = r.note)
        THEN jsonb_build_array('', r.note) END"""
NEW_CONSENT = """'consent', CASE WHEN r.standing = '' AND (c.email <> '' OR r.email <> '') THEN (SELECT jsonb_agg(p) FROM unnest(%(purposes)s::text[]) p
        WHERE NOT EXISTS (SELECT 1 FROM consent_state s WHERE s.contact_id = m.contact_id AND s.channel = 'email' AND s.purpose = p)) END"""
LEAVES = f"""'withdrawn', CASE WHEN r.standing = 'out' AND (c.email <> '' OR r.email <> '') THEN (SELECT jsonb_agg(p) FROM unnest(ARRAY{list(ADVERTISING)}::text[]) p
        WHERE NOT EXISTS (SELECT 1 FROM consent_state s WHERE s.contact_id = m.contact_id AND s.channel = 'email' AND s.purpose = p AND s.standing = 'withdrawn')) END"""

CHANGES = f"""
UPDATE contact_import_match m SET changes = NULLIF(d.changes, '{{}}'), what = CASE WHEN d.changes = '{{}}' THEN 'same' ELSE 'changed' END
FROM (
    SELECT m.number, jsonb_strip_nulls(jsonb_build_object(
        {", ".join(_text(column, said) for column, said in TEXTS.items())},
        'stage', CASE WHEN {FURTHER} THEN jsonb_build_array(c.stage, r.stage) END,
        'tags', CASE WHEN NOT r.tags || %(more_tags)s::varchar[] <@ c.tags THEN jsonb_build_array(to_jsonb(c.tags), to_jsonb({ALL_TAGS})) END,
        'fields', {NEW_FIELDS}, 'addresses', n.addresses, {NEW_NOTE}, {NEW_CONSENT}, {LEAVES}
    )) AS changes
    FROM contact_import_match m
    JOIN contact_import_row r ON r.run_id = m.run_id AND r.number = m.number
    JOIN contact c ON c.id = m.contact_id
    LEFT JOIN ({NEW_KEYS}) n ON n.number = m.number
    WHERE m.run_id = %(run)s AND m.number > %(after)s AND m.leader IS NULL AND m.what IS NULL
) d
WHERE m.run_id = %(run)s AND m.number = d.number
"""
