"""What search does by itself: counting demand, learning words, telling what is new."""

from __future__ import annotations

from collections.abc import Sequence

from oportuno.kernel.clock import now
from oportuno.kernel.facts import Recorded, reader
from oportuno.kernel.jobs import Lease, every
from oportuno.offer.search.actions.demand import count_demand
from oportuno.offer.search.actions.feeding import feed_next, feeders
from oportuno.offer.search.actions.learning import learn
from oportuno.offer.search.actions.saved import tell_new
from oportuno.offer.search.facts import Searched


@reader("search.count_demand", Searched)
def count_what_is_asked(batch: Sequence[Recorded]) -> None:
    """Batch and cursor commit together, so nothing is counted twice."""
    count_demand(batch)


@every("*/5 * * * *", "search.bring_in_line")
def bring_in_line(lease: Lease) -> None:
    """What an older version of the program put in otherwise goes in again. Nothing to do, nearly always."""
    for feeder in feeders():
        seen = 1
        while seen:
            with lease.step():
                seen = feed_next(feeder, at=now())


@every("* * * * *", "search.learn")
def learn_new_words(lease: Lease) -> None:
    with lease.step():
        learn()


@every("40 7 * * *", "search.learn_anew")
def learn_all_words(lease: Lease) -> None:
    """In the night of the Americas: counts of known words move slowly."""
    with lease.step():
        learn(anew=True)


@every("*/30 11-23 * * *", "search.tell_new")
def tell_what_is_new(lease: Lease) -> None:
    """Twice an hour by day (6 to 18 h in Bogotá), so that nobody's telephone rings at night."""
    after = None
    while True:
        with lease.step():
            after = tell_new(at=now(), after=after)
        if after is None:
            return
