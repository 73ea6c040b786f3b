"""Keeping how much there is to read: one pass over what is on show, whenever that changes, so that no reader waits for it."""

from __future__ import annotations

from django.db import connection, transaction

from oportuno.kernel.isolation import for_market
from oportuno.offer.knowledge.models import ShownCount
from oportuno.offer.knowledge.queries.shown import shown

COUNT = """
INSERT INTO knowledge_count (kind, category, count)
SELECT those.kind, category, count(*) FROM ({}) AS those, unnest(those.categories || ARRAY['']::varchar[]) AS category GROUP BY 1, 2
"""


@transaction.atomic
def count_shown() -> None:
    """Anew, whatever stood there."""
    with for_market("how much the knowledge centre has is the whole market's"), connection.cursor() as cursor:
        sql, values = shown().order_by().values("kind", "categories").query.sql_with_params()
        cursor.execute("LOCK TABLE knowledge_count IN SHARE ROW EXCLUSIVE MODE")  # of two who count, the later is right
        ShownCount.objects.all().delete()
        cursor.execute(COUNT.format(sql), values)
