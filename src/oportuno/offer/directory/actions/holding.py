"""Who is on show does not change while somebody writes down that he is.

Whoever puts things into the public index reads first who may be seen, and writes then. A seller suspended in between would be put
back by a writer who had begun before. So writers hold the standing, together, and whoever changes it waits for them, alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

HOLD = "SELECT pg_advisory_xact_lock_shared(hashtext('standing'), organisation) FROM unnest(%s::int[]) AS organisation"
TAKE = "SELECT pg_advisory_xact_lock(hashtext('standing'), %s)"


def hold_standing(organisations: Iterable[int]) -> None:
    """Until this transaction ends, these sellers stand as one reads from now on. Before reading; a few hundred at once."""
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [sorted(set(organisations))])


def take_standing(organisation: int) -> None:
    """Until this transaction ends, nobody writes down how this seller stands."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [organisation])
