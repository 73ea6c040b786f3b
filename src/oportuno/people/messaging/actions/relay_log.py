"""Asking the relay's log whether it took a mail, before anything is sent again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

TAKEN = re.compile(rb"message-id=(<[^<>\s]{3,250}>)", re.I)
LATEST = 500_000_000  # bytes of the log that are read, from its end


def relay_log(message_ids: Sequence[str]) -> set[str] | None:
    """Which of these the relay took, by its log (`OPORTUNO_MAIL_LOG`, as Postfix writes it); None when there is none to ask."""
    if not settings.MAIL_LOG or settings.MAIL_PROVIDER:
        return None
    asked = {one.encode() for one in message_ids}
    found: set[bytes] = set()
    try:
        with Path(settings.MAIL_LOG).open("rb") as log:
            log.seek(max(0, log.seek(0, 2) - LATEST))
            for line in log:
                found.update(one for one in TAKEN.findall(line) if one in asked)
    except OSError:
        return None
    return {one.decode() for one in found}
