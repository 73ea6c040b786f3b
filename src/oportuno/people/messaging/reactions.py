"""Jobs of sending."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.clock import now
from oportuno.kernel.jobs import Lease, every, job
from oportuno.people.messaging.actions import (
    counting,
    delivering,
    identifying,
    printing,
    sending,
    tallying,
    texting,
    texting_many,
    visiting,
)
from oportuno.people.messaging.actions.gateways import the_gateway
from oportuno.people.messaging.actions.providers import the_hands, the_relay
from oportuno.people.messaging.actions.relay_log import relay_log


@job("messaging.deliver", tries=5)
def deliver(lease: Lease, *, message: str) -> None:
    """One try of one message; another try is another job."""
    delivering.deliver(lease, UUID(message), relay=the_relay(), at=now())


@job("messaging.text", tries=5)
def text(lease: Lease, *, message: str) -> None:
    """The one try of one text message."""
    texting.deliver_text(lease, UUID(message), gateway=the_gateway(), at=now())


@job("messaging.post", tries=50, queue_name="slow")
def post(lease: Lease, *, frame: str) -> None:
    """The next ten thousand mails of a bulletin."""
    pool = the_hands()
    try:
        printing.send_frame(lease, UUID(frame), pool=pool, log=relay_log, at=now())
    finally:
        pool.close()


@job("messaging.text_many", tries=50, queue_name="slow")
def text_many(lease: Lease, *, frame: str) -> None:
    """The next two thousand texts of a campaign."""
    texting_many.send_texts(lease, UUID(frame), gateway=the_gateway(), at=now())


@job(visiting.JOB, scope="market", tries=20)
def judge_visits(lease: Lease) -> None:
    """Tell people from machines among opens and clicks that have waited for their neighbours."""
    visiting.judge_visits(lease, at=now())


@every("35 * * * *", "messaging.recheck_identities")
def recheck_identities(lease: Lease) -> None:
    """Keys of senders are looked for once a day each, new ones every hour. Each answer is a step of its own."""
    while not lease.must_stop() and identifying.recheck_identities(at=now(), step=lease.step) == identifying.BATCH:
        pass


@every("10 8 * * *", "messaging.forget_strangers")
def forget(lease: Lease) -> None:
    """Keep no count longer than it is needed."""
    with lease.step():
        sending.forget_strangers(now())
        counting.forget_counts(now())


@every("*/2 * * * *", "messaging.fold_tallies")
def fold(lease: Lease) -> None:
    """Keep the counts of bulletins few."""
    with lease.step():
        tallying.fold_tallies()


@every("*/5 * * * *", "messaging.find_forgotten")
def find_forgotten(lease: Lease) -> None:
    """Give jobs to messages that lost theirs."""
    with lease.step():
        delivering.give_jobs_to_forgotten(now())
        visiting.remember(now())
