"""Jobs of campaigns."""

from __future__ import annotations

from uuid import UUID

from oportuno.growth.campaigns.actions import linking, sending, tending
from oportuno.growth.campaigns.queries.due import organisations_with_work
from oportuno.kernel.clock import now
from oportuno.kernel.jobs import Lease, defer, every, job


@job("campaigns.walk", tries=20, queue_name="slow")
def walk(lease: Lease, *, campaign: str) -> None:
    """Gather readers of a campaign, a batch a step."""
    sending.walk(lease, UUID(campaign), at=now())


@job("campaigns.ask_links", tries=3)
def ask_links(lease: Lease, *, campaign: str) -> None:
    """Does each address lead anywhere?"""
    linking.answer_links(lease, UUID(campaign), at=now())


@job("campaigns.tend", tries=3)
def tend(lease: Lease) -> None:
    """What an organisation's campaigns wait for: their hour, their winner, their end; bulletins that are due."""
    tending.tend(lease, now())


@every("* * * * *", "campaigns.look_around")
def look_around(lease: Lease) -> None:
    """Every minute: whose campaigns wait for something."""
    at = now()
    with lease.step():
        for organisation in organisations_with_work(at):
            defer("campaigns.tend", organisation=organisation, once=f"tend campaigns {organisation}")
