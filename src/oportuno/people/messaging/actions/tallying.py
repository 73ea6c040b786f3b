"""Folding the counts of bulletins: many rows of one or two become one row for each thing counted."""

from __future__ import annotations

from django.db import connection

MANY = 300
FOLD = """
WITH crowded AS (SELECT frame_id FROM mail_tally GROUP BY frame_id HAVING count(*) > %s LIMIT 200),
gone AS (DELETE FROM mail_tally WHERE frame_id IN (SELECT frame_id FROM crowded) RETURNING organisation_id, frame_id, what, n)
INSERT INTO mail_tally (id, organisation_id, frame_id, what, n)
SELECT gen_random_uuid(), organisation_id, frame_id, what, sum(n) FROM gone GROUP BY organisation_id, frame_id, what HAVING sum(n) <> 0
"""


def fold_tallies() -> int:
    """Fold those of bulletins that have many; how many rows are left of them. Whoever adds one meanwhile is in nobody's way."""
    with connection.cursor() as cursor:
        cursor.execute(FOLD, [MANY])
        return int(cursor.rowcount)
