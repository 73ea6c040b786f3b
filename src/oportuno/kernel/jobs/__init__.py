"""Work done later, by whichever worker is free: procrastinate, with our rules around it.

    @job("catalogue.import_products", scope="organisation", tries=5)      # in an app's reactions.py
    def import_products(lease: Lease, *, run: str) -> None: ...

    defer("catalogue.import_products", run=str(run.pk))                    # in an action, in its transaction

A job takes ids, not objects; it may run twice and then changes nothing; it says for which organisation it acts.
"""

from oportuno.kernel.jobs.deferring import defer, replay, under_way
from oportuno.kernel.jobs.defining import JOBS, Job, every, job, tried
from oportuno.kernel.jobs.lease import Lease, LeaseLost

__all__ = ["JOBS", "Job", "Lease", "LeaseLost", "defer", "every", "job", "replay", "tried", "under_way"]
