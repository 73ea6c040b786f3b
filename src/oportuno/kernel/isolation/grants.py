"""What each database role may do at all; row-level security decides about rows. Run after every migration."""

from __future__ import annotations

from django.db.backends.utils import CursorWrapper

APPEND_ONLY = ("fact", "audit_entry", "stock_movement")
"""Tables that tell what happened: nobody but the owner may change or remove a row."""

ROLES = ("oportuno_app", "oportuno_market", "oportuno_public", "oportuno_person")


def grant_all(cursor: CursorWrapper) -> None:
    """Give the application's roles their rights on all tables of the schema. Safe to run again."""
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {', '.join(ROLES)}")
    cursor.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO oportuno_app, oportuno_market, oportuno_person")
    cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO oportuno_public")
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {', '.join(ROLES)}")
    for table in APPEND_ONLY:
        cursor.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {", ".join(ROLES)}')
    cursor.execute(
        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'fact'::regclass AND inhrelid::regclass::text LIKE 'fact%'"
    )
    for (partition,) in cursor.fetchall():  # reached through the parent only, whose policies decide
        cursor.execute(f"REVOKE ALL ON {partition} FROM {', '.join(ROLES)}")
