"""Every tag has a number, given when the first document brings it."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

NEW = """
INSERT INTO search_tag (tag, shown, key, number)
SELECT tag, '', CASE WHEN is_number THEN split_part(tag, '=', 1) ELSE '' END, CASE WHEN is_number THEN split_part(tag, '=', 2)::float8 END
FROM (SELECT tag, tag ~ '^[^:=]+=-?[0-9]{1,12}([.][0-9]{1,12})?$' AS is_number FROM unnest(%s::text[]) AS tag) given
ORDER BY tag ON CONFLICT (tag) DO NOTHING
"""


def numbers(tags: Collection[str]) -> dict[str, int]:
    """The number of each tag. In order, so that two who bring the same new ones wait for each other but never in a circle."""
    found = _known(tags)
    if missing := [tag for tag in tags if tag not in found]:
        with connection.cursor() as cursor:
            cursor.execute(NEW, [missing])
        found |= _known(missing)
    return found


def _known(tags: Collection[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tag, id FROM search_tag WHERE tag = ANY(%s)", [list(tags)])
        return dict(cursor.fetchall())
