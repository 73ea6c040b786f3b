"""Letting the planner know how much there is."""

from __future__ import annotations

from django.db import connection


def refresh_statistics(*, stage: bool) -> None:
    """Look at the stage's table again, or at the catalogue's. A second at most: a sample is read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT catalogue_statistics(%s)", [stage])
