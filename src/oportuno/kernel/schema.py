"""Bringing the database's schema up to date; run as the owner of the tables."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection, transaction

from oportuno.kernel.facts.log import name_kinds
from oportuno.kernel.facts.loop import ensure_cursors
from oportuno.kernel.isolation.grants import grant_all


def migrate(*, verbosity: int = 0) -> None:
    """Apply what is missing, then give the application's roles their rights. Safe to run again."""
    call_command("migrate", verbosity=verbosity, interactive=False)
    with transaction.atomic(), connection.cursor() as cursor:
        grant_all(cursor)
    name_kinds()
    ensure_cursors()
