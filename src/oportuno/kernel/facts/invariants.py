"""What must always hold of the log, counted. Looks at every fact: for operators and tests, not for pages."""

from __future__ import annotations

from django.db import connection

from oportuno.kernel.facts.log import kind_number
from oportuno.kernel.facts.shape import Fact


def facts_without_kind() -> int:
    """Facts whose number stands for no kind that was ever declared."""
    return _count("SELECT count(*) FROM fact f WHERE NOT EXISTS (SELECT 1 FROM fact_kind k WHERE k.id = f.kind_id)")


def told_twice(kind: type[Fact]) -> int:
    """Subjects of which a fact was told more than once that can be told only once."""
    return _count(
        "SELECT count(*) FROM (SELECT 1 FROM fact WHERE kind_id = %s GROUP BY subject_id HAVING count(*) > 1) twice", kind_number(kind.kind)
    )


def _count(sql: str, *values: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.fetchone()[0])
