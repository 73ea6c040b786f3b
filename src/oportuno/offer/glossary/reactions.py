"""What the glossary does later."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.clock import now
from oportuno.kernel.jobs import Lease, job
from oportuno.offer.glossary import api


@job("glossary.tell_proposer")
def tell_proposer(lease: Lease, *, proposal: str, state: str) -> None:
    """What the market decided about a word, to who proposed it."""
    with lease.step():
        api.tell_proposer(proposal=UUID(proposal), state=state, at=now())
