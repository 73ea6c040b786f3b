"""Vetting: what each requirement waits for, and what follows for the application."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

OURS = frozenset({"test_order", "visit"})
"""Kinds of evidence that the market gathers itself; a seller is not asked to bring them."""

RENEW_WITHIN = timedelta(days=60)
"""What ends within this time may be renewed already: the longest reminder of our packs, so nobody is told too early to act."""

MOVES: dict[str, frozenset[str]] = {
    "draft": frozenset({"submitted"}),
    "submitted": frozenset({"in_review"}),
    "in_review": frozenset({"approved", "changes_asked", "rejected"}),
    "changes_asked": frozenset({"submitted"}),
    "approved": frozenset(),
    "rejected": frozenset(),
}
"""State of an application → what it may become."""

EDITABLE = frozenset({"draft", "changes_asked"})
"""States in which the seller may add and withdraw evidence."""

Waits = Literal["in_order", "to_show", "to_decide", "ours", "changes", "rejected"]


@dataclass(frozen=True)
class Asked:
    """One requirement as this application meets it.

    `verdict` is the last one on it, of this or an earlier application (`here`: of this one); `shown` counts live pieces of
    evidence in this application and `shown_at` is the last one's moment.
    """

    key: str
    kind: str
    required: bool
    how_many: int = 1
    shown: int = 0
    shown_at: datetime | None = None
    verdict: str = ""
    here: bool = False
    decided_at: datetime | None = None
    expires_at: datetime | None = None

    def waits(self, at: datetime) -> Waits:
        """What it waits for now. Evidence newer than the last decision always waits for one."""
        fresh = self.shown >= self.how_many and self.shown_at is not None
        if fresh and self.shown_at and (self.decided_at is None or self.shown_at > self.decided_at):
            return "to_decide"
        if self.verdict == "approve" and (self.expires_at is None or at < self.expires_at):
            return "in_order"
        if self.here and self.verdict == "changes":
            return "changes"
        if self.here and self.verdict == "reject":
            return "rejected"
        return "ours" if self.kind in OURS else "to_show"

    def renewable(self, at: datetime) -> bool:
        """Whether new evidence is welcome although it is still in order."""
        return self.expires_at is not None and self.expires_at - at <= RENEW_WITHIN


@dataclass(frozen=True)
class Outcome:
    """What the decisions add up to; `keys` are the requirements that say so. `undecided`: not yet."""

    state: Literal["approved", "changes_asked", "rejected", "undecided"]
    keys: tuple[str, ...] = ()


def missing(asked: Iterable[Asked], at: datetime) -> list[str]:
    """Required, the seller's to show, and not shown: what stands between a draft and its submission."""
    return [one.key for one in asked if one.required and one.waits(at) in ("to_show", "changes", "rejected") and one.kind not in OURS]


def outcome(asked: Iterable[Asked], at: datetime) -> Outcome:
    """What the decisions on all requirements add up to. What is not required can neither reject nor hold up an application."""
    waits = [(one, one.waits(at)) for one in asked]

    def keys(*wanted: str, required: bool = True) -> tuple[str, ...]:
        return tuple(one.key for one, wait in waits if wait in wanted and (one.required or not required))

    if rejected := keys("rejected"):
        return Outcome("rejected", rejected)
    if undecided := keys("to_decide", required=False):
        return Outcome("undecided", undecided)
    if changes := keys("changes"):
        return Outcome("changes_asked", changes)
    if open_ones := keys("to_show", "ours"):
        return Outcome("undecided", open_ones)
    return Outcome("approved")


def expiry(decided_at: datetime, days: int | None) -> datetime | None:
    """When a decision ends by itself: so many times 24 hours after it; None: never."""
    return None if days is None else decided_at + timedelta(days=days)


def reminders_due(expires_at: datetime, remind_days: Iterable[int], at: datetime) -> list[int]:
    """Which reminders are due by now, most urgent first. One missed while nobody looked is not made up for by several."""
    return sorted(days for days in remind_days if at >= expires_at - timedelta(days=days))
