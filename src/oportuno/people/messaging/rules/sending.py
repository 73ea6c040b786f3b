"""Plain rules of sending: when to try again, how often a stranger is written to."""

from __future__ import annotations

from datetime import datetime, timedelta

PAUSES = tuple(timedelta(seconds=s) for s in (5, 30, 120, 600, 3600, 4 * 3600, 12 * 3600))
"""After each failed try; a message that failed all of them, over some 17 hours, is given up. Relays greylist for minutes."""

STRANGER_WINDOW = timedelta(hours=24)
MOST_PER_STRANGER = 3  # mails of the whole market to an address nobody has proved, in a day; threat T20
MOST_UNCLEAR = 2  # tries whose end nobody saw: after the second, nobody sends a third copy by himself


def pause_after(tries: int) -> timedelta | None:
    """How long to wait after this many tries, or None to give up."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None


def may_write_to_stranger(mails: list[tuple[datetime, int]], organisation: int, at: datetime) -> bool:
    """At most one mail a day from each organisation, and three from all."""
    lately = [owner for moment, owner in mails if moment > at - STRANGER_WINDOW]
    return organisation not in lately and len(lately) < MOST_PER_STRANGER


SOFT_DAYS, SOFT_SPAN = 3, timedelta(days=30)
"""An address that failed softly (a full mailbox, say) on so many days within so long gets nothing more. Late is not failed."""


def failed_often(days: int) -> bool:
    """Whether soft failures on this many different days are too many."""
    return days >= SOFT_DAYS
