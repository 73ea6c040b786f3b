"""What must hold at every moment."""

from __future__ import annotations

from django.db import connection

UNREAD = """
SELECT count(*) FROM knowledge_version v JOIN knowledge_article a ON a.id = v.article_id
WHERE NOT a.of_market AND a.slug_before = '' AND v.published AND NOT EXISTS (
    SELECT 1 FROM knowledge_turn t WHERE t.article_id = a.id AND t.of_market AND t.verb = 'approved' AND t.at = v.at)
"""
FOUND = """
SELECT count(*) FROM knowledge_article a JOIN search_document d ON d.key = 'content:' || a.id
LEFT JOIN seller s ON s.organisation_id = a.organisation_id
WHERE a.state <> 'published' OR NOT a.published OR NOT (a.of_market OR COALESCE(s.published, false))
"""


def shown_unread() -> int:
    """Versions of sellers on show that nobody of the market approved; what came with a pack was read before. Acts for the market."""
    return _count(UNREAD)


def found_unshown() -> int:
    """Articles that search finds though nobody may read them. Acts for the market."""
    return _count(FOUND)


def _count(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])
