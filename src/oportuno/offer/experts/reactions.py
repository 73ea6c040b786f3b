"""What experts do later, by the clock, and when something happened below."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from oportuno.kernel.clock import now
from oportuno.kernel.facts import Recorded, reader
from oportuno.kernel.isolation import for_market
from oportuno.kernel.jobs import Lease, every, job
from oportuno.offer.directory.facts import SellerApproved, SellerExpired, SellerReinstated, SellerRevoked, SellerSuspended
from oportuno.offer.experts import api
from oportuno.people.audience.facts import ConsentGiven


@reader("experts.follow_sellers", SellerApproved, SellerReinstated, SellerSuspended, SellerRevoked, SellerExpired)
def follow_sellers(batch: Sequence[Recorded]) -> None:
    """Experts and their answers are found while their seller is on show. Pages themselves ask at once; this is for search."""
    api.follow_sellers({fact.organisation for fact in batch})


@reader("experts.confirm_questions", ConsentGiven)
def confirm_questions(batch: Sequence[Recorded]) -> None:
    """Who proved the address has asked: the market sees the question now."""
    confirmed: dict[int, set[UUID]] = {}
    for fact in batch:
        if fact.contact and fact.data.get("purpose") == "answer":
            confirmed.setdefault(fact.organisation, set()).add(fact.contact)
    for organisation, contacts in confirmed.items():
        with for_market("facts of all organisations are read together", organisation=organisation):
            api.confirm_questions(contacts=contacts, at=now())


@job("experts.tell_asker")
def tell_asker(lease: Lease, *, question: str, mail: str) -> None:
    """What became of a question, to who asked."""
    with lease.step():
        api.tell_asker(question=UUID(question), mail=mail, at=now())


@job("experts.tell_field", scope="market")
def tell_field(lease: Lease, *, question: str) -> None:
    """A question is on show: sellers whose field it is hear."""
    with lease.step():
        api.tell_field(question=UUID(question), at=now())


@job("experts.tell_of_answer")
def tell_of_answer(lease: Lease, *, answer: str) -> None:
    """A new answer, to who asked and who follows."""
    with lease.step():
        api.tell_of_answer(answer=UUID(answer), at=now())


@job("experts.tell_seller")
def tell_seller(lease: Lease, *, what: str, identity: str) -> None:
    """What the market decided, to who may mend it."""
    with lease.step():
        api.tell_seller(what=what, identity=UUID(identity), at=now())


@every("40 6 * * *", "experts.look_at_sources")
def look_at_sources(lease: Lease) -> None:
    """At night in America: do the sources of what is shown for experts still answer?"""
    while api.look_at_sources(lease, now):
        pass
