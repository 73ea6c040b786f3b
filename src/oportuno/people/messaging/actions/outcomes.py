"""What became of one mail of a bulletin, each thing the first time; the counts follow by themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.db import connection

from oportuno.people.messaging.models import Message

What = Literal["delivered", "bounced", "complained", "left"]
MARK = """
INSERT INTO mail_outcome AS o (id, organisation_id, message_id, frame_id, {what}_at, hard)
VALUES (gen_random_uuid(), %(organisation)s, %(message)s, %(frame)s, %(at)s, %(hard)s)
ON CONFLICT (message_id, organisation_id) DO UPDATE SET {what}_at = coalesce(o.{what}_at, excluded.{what}_at), hard = o.hard OR excluded.hard
"""


def mark(message: Message, what: What, at: datetime | None, *, hard: bool = False) -> None:
    """Acts for the organisation whose it is. Without `at` only `hard` is written: it was refused at once, and never sent."""
    if message.frame_id is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            MARK.format(what=what),
            {"organisation": message.organisation_id, "message": message.pk, "frame": message.frame_id, "at": at, "hard": hard},
        )
