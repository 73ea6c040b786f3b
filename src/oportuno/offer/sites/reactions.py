"""What sites do by the clock."""

from __future__ import annotations

from oportuno.kernel.clock import now
from oportuno.kernel.jobs import Lease, every
from oportuno.offer.sites import api


@every("* * * * *", "sites.publish_due")
def publish_due(lease: Lease) -> None:
    """What was scheduled is shown within a minute of its hour."""
    done = 1
    while done:
        with lease.step():
            done = api.publish_all_due(at=now())


@every("20 * * * *", "sites.recheck_domains")
def recheck_domains(lease: Lease) -> None:
    """Proofs of domains are looked at once a day each. Asking takes its time, so it is no step of a transaction."""
    while not lease.must_stop() and api.recheck_domains(at=now()):
        pass
