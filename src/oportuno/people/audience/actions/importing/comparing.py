"""Second phase: whom each row means, and what it would change. In sets; nothing of the contacts is written.

An e-mail or a handle in a network recognises a person. A phone or a letterbox is shared by families and companies: it
recognises only somebody whose name agrees, and of whom no other e-mail is known.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import connection

from oportuno.people.audience.actions.importing.changes import CHANGES
from oportuno.people.audience.actions.importing.naming import ids_by
from oportuno.people.audience.models import ContactImport
from oportuno.people.audience.queries.forgotten import forgotten_among, forgotten_since
from oportuno.people.audience.rules.bringing.shapes import OUT

SPARED = 5_000  # addresses looked at at once
KEYS = "SELECT number, position, kind, key FROM contact_import_key WHERE run_id = %s AND (number, position) > (%s, %s) ORDER BY number, position LIMIT %s"
MANY = 5_000  # rows; for fewer no plan is slow
AGREES = """({a}.name_key = '' OR {b}.name_key = '' OR string_to_array({a}.name_key, ' ') && string_to_array({b}.name_key, ' '))
    AND ({a}.email = '' OR {b}.email = '' OR {a}.name_key = {b}.name_key AND {a}.name_key <> '')"""
"""Whether two who share a phone or a letterbox may be one person."""

FORGET = "DELETE FROM contact_import_match WHERE run_id = %(run)s AND number > %(after)s"
KNOWN = f"""
INSERT INTO contact_import_match (organisation_id, run_id, number, contact_id, by)
SELECT DISTINCT ON (k.number) k.organisation_id, k.run_id, k.number, i.contact_id, k.kind
FROM contact_import_key k
JOIN contact_identity i ON i.organisation_id = k.organisation_id AND i.kind = k.kind AND i.key = k.key AND NOT i.shared
JOIN contact_import_row r ON r.run_id = k.run_id AND r.number = k.number
JOIN contact c ON c.id = i.contact_id
WHERE k.run_id = %(run)s AND k.number > %(after)s AND (k.kind IN ('email', 'social', 'device') OR {AGREES.format(a="r", b="c")})
ORDER BY k.number, k.position
"""
TWINS = f"""
INSERT INTO contact_import_match (organisation_id, run_id, number, leader, by)
SELECT DISTINCT ON (k.number) %(organisation)s, %(run)s, k.number, k.leader, k.kind
FROM (
    SELECT number, position, kind, first_value(number) OVER (PARTITION BY kind, key ORDER BY number) AS leader
    FROM contact_import_key WHERE run_id = %(run)s
) k
JOIN contact_import_row r ON r.run_id = %(run)s AND r.number = k.number
JOIN contact_import_row e ON e.run_id = %(run)s AND e.number = k.leader
WHERE k.leader < k.number AND k.number > %(after)s AND (k.kind IN ('email', 'social', 'device') OR {AGREES.format(a="r", b="e")})
    AND NOT EXISTS (SELECT 1 FROM contact_import_match m WHERE m.run_id = %(run)s AND m.number = k.number)
ORDER BY k.number, k.position
"""
# Several rows of one known contact follow the first of them.
FOLLOW_KNOWN = """
UPDATE contact_import_match m SET leader = f.leader, contact_id = NULL
FROM (
    SELECT number, first_value(number) OVER (PARTITION BY contact_id ORDER BY number) AS leader
    FROM contact_import_match WHERE run_id = %(run)s AND contact_id IS NOT NULL AND number > %(after)s
) f
WHERE m.run_id = %(run)s AND m.number = f.number AND f.leader < f.number
"""
FOLLOW = """
UPDATE contact_import_match m SET leader = l.leader FROM contact_import_match l
WHERE m.run_id = %(run)s AND l.run_id = m.run_id AND l.number = m.leader AND l.leader IS NOT NULL AND l.leader <> m.leader AND m.number > %(after)s
"""
NEW = """
INSERT INTO contact_import_match (organisation_id, run_id, number, contact_id, by, what)
SELECT r.organisation_id, r.run_id, r.number, {new_id}, '', 'new' FROM contact_import_row r
WHERE r.run_id = %(run)s AND r.number > %(after)s
    AND NOT EXISTS (SELECT 1 FROM contact_import_match m WHERE m.run_id = r.run_id AND m.number = r.number)
"""
PARTS = (
    "name",
    "name_key",
    "given_name",
    "family_name",
    "company_name",
    "job_title",
    "kind",
    "stage",
    "language",
    "country",
    "place",
    "email",
    "phone",
    "standing",
    "note",
)
# What a later row of the same person says where the first says nothing.
GATHER = f"""
UPDATE contact_import_row r SET {", ".join(f"{part} = COALESCE(NULLIF(r.{part}, ''), t.{part}, '')" for part in PARTS)},
    tags = ARRAY(SELECT DISTINCT unnest(r.tags || t.tags) ORDER BY 1), fields = t.fields || r.fields
FROM (
    SELECT m.leader, {", ".join(f"(array_agg(x.{part} ORDER BY x.number) FILTER (WHERE x.{part} <> ''))[1] AS {part}" for part in PARTS)},
        COALESCE((array_agg(x.tags ORDER BY x.number) FILTER (WHERE x.tags <> '{{}}'))[1], '{{}}') AS tags,
        COALESCE((array_agg(x.fields ORDER BY x.number) FILTER (WHERE x.fields <> '{{}}'))[1], '{{}}') AS fields
    FROM contact_import_match m JOIN contact_import_row x ON x.run_id = m.run_id AND x.number = m.number
    WHERE m.run_id = %(run)s AND m.leader IS NOT NULL AND m.leader > %(after)s GROUP BY m.leader
) t
WHERE r.run_id = %(run)s AND r.number = t.leader
"""
ARE_TWINS = "UPDATE contact_import_match SET what = 'twin' WHERE run_id = %(run)s AND leader IS NOT NULL AND number > %(after)s"
COUNT = "SELECT what, count(*) FROM contact_import_match WHERE run_id = %(run)s GROUP BY what"


def compare(run: ContactImport) -> None:
    """Decide about all rows that are not written yet; the caller commits. Safe to run again, also when contacts changed since."""
    known: dict[str, Any] = {
        "run": run.pk, "organisation": run.organisation_id, "after": run.applied_row, "over": not run.fill_only,
        "purposes": list(run.consent.get("purposes", [])), "more_tags": run.tags,
    }  # fmt: skip
    with connection.cursor() as cursor:
        if run.rows > MANY:
            cursor.execute("SET LOCAL enable_nestloop = off")  # row by row, a wrong guess of the planner takes hours
        _spare_the_forgotten(cursor, run)
        cursor.execute("SELECT contact_statistics(true)")
        cursor.execute(FORGET, known)
        cursor.execute(KNOWN, known)
        cursor.execute(TWINS, known)
        cursor.execute("SELECT contact_statistics(true)")
        cursor.execute(FOLLOW_KNOWN, known)
        for _ in range(50):
            cursor.execute(FOLLOW, known)
            if not cursor.rowcount:
                break
        cursor.execute(ARE_TWINS, known)
        twins = cursor.rowcount
        cursor.execute(NEW.format(new_id=ids_by("r.number")), known)
        if twins:
            cursor.execute(GATHER, known)
        cursor.execute(CHANGES, known)
        cursor.execute(COUNT, known)
        counts = dict(cursor.fetchall())
    run.new, run.changed, run.twins = counts.get("new", 0), counts.get("changed", 0), counts.get("twin", 0)
    run.same = counts.get("same", 0) + run.twins
    run.save(update_fields=["new", "changed", "same", "twins"])


def _spare_the_forgotten(cursor: Any, run: ContactImport) -> None:
    """Who asked to be forgotten while the file was read gets no advertising from it either. Nearly always nobody did."""
    if not forgotten_since(run.at):
        return
    after: tuple[int, int] = (0, -1)
    while True:
        cursor.execute(KEYS, [run.pk, *after, SPARED])
        if not (keys := cursor.fetchall()):
            return
        gone = forgotten_among((kind, key) for _number, _position, kind, key in keys)
        rows = [number for number, _position, kind, key in keys if (kind, key) in gone]
        if rows:
            cursor.execute("UPDATE contact_import_row SET standing = %s WHERE run_id = %s AND number = ANY(%s)", [OUT, run.pk, rows])
        after = keys[-1][:2]


def as_changes(value: Any) -> dict[str, Any]:
    """What a cursor gives for `changes`."""
    found: dict[str, Any] = json.loads(value) if isinstance(value, str) else value or {}
    return found
