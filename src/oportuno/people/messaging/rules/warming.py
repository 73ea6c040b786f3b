"""How much a sender that nobody knows yet sends in a day: receivers trust a domain that grows, and block one that bursts.

The steps are those that large senders publish (SendGrid, Amazon SES): from some hundreds to a hundred thousand within four weeks.
"""

from __future__ import annotations

from datetime import date

STEPS = (200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 40_000, 70_000, 100_000)
DAYS_A_STEP = 3


def warm_cap(first: date, today: date) -> int:
    """Mails that an identity proved on `first` may send `today`; 0 is no cap any more."""
    step = max(0, (today - first).days) // DAYS_A_STEP
    return STEPS[step] if step < len(STEPS) else 0
