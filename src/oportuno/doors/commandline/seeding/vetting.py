"""When each seller of the demo was vetted: dates as a market's own would be, the same each time for the same day.

Nobody's evidence has run out on the day of the seeding. What lasts half a year was renewed meanwhile, a few sellers have
to renew soon, and everybody else has months before him: a demo is looked at for longer than a day.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from oportuno.kernel.packs.demo import DemoSeller
from oportuno.kernel.packs.method import Requirement

OLDEST = 400  # days; the log has partitions for a year and two months
LEFT = 75  # days that evidence still lasts, at least, unless it is to be renewed soon
SOON, SOON_LEFT = 11, (12, 28)  # one seller in eleven has so many days left
RENEWED = (12, 45)  # days before the end at which a seller renews
REVIEW = (18, 26)  # days that the first review takes, with its test order and its visit
ROUNDS = {"number": 0, "document": 0, "reference": 1, "test_order": 2, "visit": 2}
"""Papers are read first; then customers are called; then somebody buys, and goes there."""


@dataclass(frozen=True)
class Vetting:
    """An application: handed in, and decided in rounds; which requirements (by key) in which round, and when."""

    handed_in: datetime
    rounds: Sequence[tuple[datetime, Sequence[str]]]

    @property
    def keys(self) -> list[str]:
        return [key for _at, keys in self.rounds for key in keys]


def vettings(seller: DemoSeller, shown: Sequence[Requirement], at: datetime) -> list[Vetting]:
    """The first one, and the renewal if there was one. `shown`: the requirements that the seller shows evidence for."""
    chance = random.Random(f"vetting {seller.slug}")  # noqa: S311  (a demo, the same each time)
    if seller.vetting != "approved":
        return [_first(shown, min(seller.joined_days_ago, OLDEST), at, chance)]
    lasts = min((one.expires_days for one in shown if one.expires_days), default=2 * OLDEST)
    began, renewed = _days_ago(seller, lasts, chance)
    first = _first(shown, began, at, chance)
    if renewed is None:
        return [first]
    ending = [one for one in shown if one.expires_days and one.expires_days - (began - renewed) <= max(RENEWED)]
    return [first, Vetting(_moment(at, renewed, 0), [(_moment(at, renewed - 2, 1), [one.key for one in ending])])]


def _days_ago(seller: DemoSeller, lasts: int, chance: random.Random) -> tuple[int, int | None]:
    """When the seller applied, and when it renewed what lasts `lasts` days; None: it did not have to yet."""
    joined = min(seller.joined_days_ago, OLDEST)
    if seller.seed % SOON == 0:
        return min(joined, lasts - chance.randint(*SOON_LEFT)), None
    early = chance.randint(*RENEWED)
    renewed = joined - lasts + early
    if joined <= lasts - LEFT or renewed < 4:
        return min(joined, lasts - LEFT - chance.randint(0, 25)), None
    if lasts - renewed < LEFT:
        renewed = chance.randint(10, lasts - LEFT)
    return renewed + lasts - early, renewed


def _first(shown: Sequence[Requirement], began: int, at: datetime, chance: random.Random) -> Vetting:
    takes = min(chance.randint(*REVIEW), max(began - 1, 0))
    rounds: list[tuple[datetime, Sequence[str]]] = []
    for number, share in enumerate((chance.uniform(0.05, 0.2), chance.uniform(0.25, 0.5), 1.0)):
        keys = [one.key for one in shown if ROUNDS[one.evidence.kind] == number]
        if keys:
            rounds.append((_moment(at, began - round(takes * share), number + 1), keys))
    return Vetting(_moment(at, began, 0), rounds)


def _moment(at: datetime, days: int, part: int) -> datetime:
    """A working day so many days ago, later in it for each part; never after `at`."""
    found = (at - timedelta(days=days)).replace(hour=13 + 2 * part, minute=(days * 17 + part * 11) % 60, second=0, microsecond=0)
    found -= timedelta(days=max(0, found.weekday() - 4))
    return min(found, at - timedelta(hours=4 - part))
