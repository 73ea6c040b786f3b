"""Is the database's schema the one that this code wants? Answered without loading Django, in milliseconds."""

from __future__ import annotations

import hashlib
import importlib.metadata
from pathlib import Path
from typing import Any

import psycopg

PACKAGE = Path(__file__).resolve().parents[2]
OF_OURS = ("**/migrations/*.py", "**/facts.py", "**/facts/*.py", "**/reactions.py", "**/isolation/*.py", "kernel/schema.py")
OF_OTHERS = ("django", "django-allauth", "procrastinate")  # packages that bring migrations
MIGRATING = 7_041_776  # an advisory lock's number: any, but always the same


def fingerprint() -> str:
    """Changes when a migration, or what is done after migrating, changes."""
    digest = hashlib.sha256()
    for file in sorted({file for pattern in OF_OURS for file in PACKAGE.glob(pattern)}):
        digest.update(str(file.relative_to(PACKAGE)).encode() + file.read_bytes())
    for name in OF_OTHERS:
        digest.update(importlib.metadata.version(name).encode())
    return digest.hexdigest()


def is_current(connection: psycopg.Connection[Any]) -> bool:
    try:
        row = connection.execute("SELECT fingerprint FROM schema_fingerprint").fetchone()
    except (psycopg.errors.UndefinedTable, psycopg.errors.InsufficientPrivilege):
        return False
    return row is not None and row[0] == fingerprint()


def remember(connection: psycopg.Connection[Any]) -> None:
    """Say that the schema is current; in the database, so that a restored or a new one tells the truth."""
    with connection.transaction():
        connection.execute("CREATE TABLE IF NOT EXISTS schema_fingerprint (fingerprint text NOT NULL)")
        connection.execute("GRANT SELECT ON schema_fingerprint TO oportuno_app")
        connection.execute("DELETE FROM schema_fingerprint")
        connection.execute("INSERT INTO schema_fingerprint VALUES (%s)", [fingerprint()])


def holds_organisations(connection: psycopg.Connection[Any]) -> bool:
    try:
        return connection.execute("SELECT 1 FROM organisation LIMIT 1").fetchone() is not None
    except psycopg.errors.UndefinedTable:
        return False
