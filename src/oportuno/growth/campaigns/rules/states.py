"""How a campaign moves. A trigger of the database holds the same (migrations/0001_initial)."""

from __future__ import annotations

DRAFT, SCHEDULED, SENDING, PAUSED, SENT, CANCELLED = "draft", "scheduled", "sending", "paused", "sent", "cancelled"
MOVES: dict[str, frozenset[str]] = {
    DRAFT: frozenset({SCHEDULED, CANCELLED}),
    SCHEDULED: frozenset({DRAFT, SENDING, CANCELLED}),
    SENDING: frozenset({PAUSED, SENT, CANCELLED}),
    PAUSED: frozenset({SENDING, CANCELLED}),
    SENT: frozenset(),
    CANCELLED: frozenset(),
}
ENDED = frozenset({SENT, CANCELLED})


def may_move(before: str, after: str) -> bool:
    return after in MOVES[before]
