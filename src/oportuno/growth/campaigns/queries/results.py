"""What readers did after they had followed a link: asked, answered, bought. Facts of lower apps, named in config.wiring."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from oportuno.growth.campaigns.models import Campaign
from oportuno.kernel.money import Money
from oportuno.people.messaging import api as messaging


@dataclass(frozen=True)
class Result:
    """A kind of fact that counts when it follows a link: `label` in the past tense, for any number ("asked a question").

    `only` must stand in its data. `amount` names the fields of minor units and of the currency: then it is a purchase.
    """

    key: str
    kind: str
    label: Any
    only: Mapping[str, str] = field(default_factory=dict)
    amount: tuple[str, str] | None = None


@dataclass(frozen=True)
class ResultLine:
    """`people` each once, `times` each fact; `money` a sum for each currency."""

    key: str
    label: str
    people: int
    times: int
    money: list[Money]


@dataclass(frozen=True)
class Results:
    """`by_frame`: people who did anything of it."""

    lines: list[ResultLine]
    people: int
    by_frame: Mapping[UUID, int]

    def among(self, frames: Sequence[UUID]) -> int:
        """A reader has one message of a campaign, so that frames share nobody."""
        return sum(self.by_frame.get(one, 0) for one in frames)


_known: dict[str, Result] = {}


def counts(*results: Result) -> None:
    """Have campaigns count these facts. Called in config.wiring."""
    _known.update({one.key: one for one in results})


def counts_purchases() -> bool:
    """Whether anybody sells here: without orders there is nothing that could have been bought."""
    return any(one.amount for one in _known.values())


def results_of(campaign: Campaign, frames: Sequence[UUID]) -> Results:
    """In the order in which they were named. What was done long after the link counts no more: `counted_days`."""
    rows = messaging.done_after(frames, [_deed(one) for one in _known.values()], within=timedelta(days=campaign.counted_days))
    people: Counter[str] = Counter()
    times: Counter[str] = Counter()
    money: dict[str, Counter[str]] = defaultdict(Counter)
    by_frame: Counter[UUID] = Counter()
    for row in rows:
        if not row.deed:
            by_frame[row.frame] += row.people
        elif row.whole:
            people[row.deed] += row.people
            times[row.deed] += row.times
        elif row.currency:
            money[row.deed][row.currency] += row.minor
    lines = [
        ResultLine(one.key, str(one.label), people[one.key], times[one.key], [Money(minor, code) for code, minor in sorted(money[one.key].items())])
        for one in _known.values()
    ]  # fmt: skip
    return Results(lines, sum(by_frame.values()), by_frame)


def _deed(one: Result) -> messaging.Deed:
    minor, currency = one.amount or ("", "")
    return messaging.Deed(one.key, one.kind, one.only, minor, currency)
