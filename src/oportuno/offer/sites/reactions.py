"""What sites do by the clock, later, and when something was published."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from oportuno.kernel.clock import now
from oportuno.kernel.facts import Recorded, reader
from oportuno.kernel.isolation import for_market
from oportuno.kernel.jobs import Lease, defer, every, job
from oportuno.offer.sites import api
from oportuno.offer.sites.api import inquiries, voices
from oportuno.offer.sites.facts import EntryPublished


@every("* * * * *", "sites.publish_due")
def publish_due(lease: Lease) -> None:
    """What was scheduled is shown within a minute of its hour."""
    done = 1
    while done:
        with lease.step():
            done = api.publish_all_due(at=now())


@every("20 * * * *", "sites.recheck_domains")
def recheck_domains(lease: Lease) -> None:
    """Proofs of domains are looked at once a day each. Asking takes its time, so each answer is a step of its own."""
    while not lease.must_stop() and api.recheck_domains(at=now(), step=lease.step):
        pass


@job("sites.tell_of_comment")
def tell_of_comment(lease: Lease, *, comment: str) -> None:
    """The author of the post hears of a comment, while nobody has decided on it."""
    with lease.step():
        voices.tell_of_comment(comment=UUID(comment), at=now())


@job("sites.tell_of_replies")
def tell_of_replies(lease: Lease, *, comments: list[str]) -> None:
    """Who asked to hear of replies does, once they can be read."""
    with lease.step():
        voices.tell_of_replies(comments=[UUID(one) for one in comments], at=now())


@job("sites.tell_of_topics")
def tell_of_topics(lease: Lease, *, topics: list[str]) -> None:
    """Who asked for a topic hears that it is written."""
    with lease.step():
        voices.tell_of_topics(topics=[UUID(one) for one in topics], at=now())


@job("sites.tell_of_answer")
def tell_of_answer(lease: Lease, *, answer: str) -> None:
    """Who is to hear of a form's answers does."""
    with lease.step():
        inquiries.tell_of_answer(answer=UUID(answer), at=now())


@reader("sites.settle_topics", EntryPublished)
def settle_topics(batch: Sequence[Recorded]) -> None:
    """Topics whose posts came out are written, and those who asked for them will hear of it."""
    posts: dict[int, set[UUID]] = {}
    for fact in batch:
        if fact.subject and fact.data.get("entry_kind") == "post":
            posts.setdefault(fact.organisation, set()).add(fact.subject)
    for organisation, entries in posts.items():
        with for_market("facts of all blogs are read together", organisation=organisation):
            if topics := voices.topics_written(entries=entries, at=now()):
                defer("sites.tell_of_topics", organisation=organisation, topics=[str(one) for one in topics])


@every("10 14 * * *", "sites.hear_silence")
def hear_silence(lease: Lease) -> None:
    """Daily, in the morning of America: blogs that have been silent for longer than they mean to be."""
    done = 1
    while done:
        with lease.step():
            done = voices.hear_silence(at=now())
