"""What audience does by the clock."""

from __future__ import annotations

from oportuno.kernel.clock import now
from oportuno.kernel.jobs import Lease, every
from oportuno.people.audience.actions.visiting import forget_pace


@every("20 8 * * *", "audience.tidy")
def tidy(lease: Lease) -> None:
    """Forget how often forms were sent yesterday."""
    with lease.step():
        forget_pace(now())
