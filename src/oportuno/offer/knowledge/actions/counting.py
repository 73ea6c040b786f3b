"""Keeping how much there is to read: one pass over what is on show, whenever that changes, so that no reader waits for it."""

from __future__ import annotations

from django.db import connection, transaction

from oportuno.kernel.isolation import for_market
from oportuno.offer.knowledge.queries.shown import shown

COUNT = """
WITH counted AS (SELECT those.kind, category, count(*) AS count
    FROM ({}) AS those, unnest(those.categories || ARRAY['']::varchar[]) AS category GROUP BY 1, 2),
gone AS (DELETE FROM knowledge_count k WHERE NOT EXISTS (SELECT 1 FROM counted c WHERE (c.kind, c.category) = (k.kind, k.category)))
INSERT INTO knowledge_count AS k (kind, category, count) SELECT kind, category, count FROM counted
ON CONFLICT (kind, category) DO UPDATE SET count = EXCLUDED.count WHERE k.count <> EXCLUDED.count
"""


@transaction.atomic
def count_shown() -> None:
    """Anew, whatever stood there."""
    with for_market("how much the knowledge centre has is the whole market's"), connection.cursor() as cursor:
        sql, values = shown().order_by().values("kind", "categories").query.sql_with_params()
        cursor.execute("LOCK TABLE knowledge_count IN SHARE ROW EXCLUSIVE MODE")  # of two who count, the later is right
        cursor.execute(COUNT.format(sql), values)
