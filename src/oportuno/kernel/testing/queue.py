"""Jobs of a test, moved on without a worker."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection


def give_up(name: str) -> int:
    """As if each waiting job of this kind had failed in its last try; how many did."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = %s AND status = 'todo'", [name])
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE task_name = %s AND status = 'doing'", [name])
        return int(cursor.rowcount)


def waiting(name: str) -> list[dict[str, Any]]:
    """What each waiting job of this kind was given, in the order of the queue."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo' ORDER BY id", [name])
        return [json.loads(args) for (args,) in cursor.fetchall()]
