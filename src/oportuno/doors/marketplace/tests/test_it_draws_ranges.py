"""Numbers of a facet are drawn as ranges."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from oportuno.doors.marketplace.rules.ranges import ALONE, ranges

counted = some.dictionaries(some.decimals(-1000, 1000, places=1), some.integers(0, 500), max_size=60)


def test_a_few_numbers_stand_alone_in_their_order() -> None:
    assert ranges([(Decimal(70), 4), (Decimal(50), 9)]) == [(50, 50, 9), (70, 70, 4)]


@given(counted)
def test_ranges_hold_every_number_once_and_find_as_many(counts: dict[Decimal, int]) -> None:
    drawn = ranges(list(counts.items()))
    assert len(drawn) <= ALONE
    assert sum(count for _, _, count in drawn) == sum(counts.values())
    assert all(least <= most for least, most, _ in drawn)
    assert all(before[1] < after[0] for before, after in pairwise(drawn))
    assert all(sum(least <= number <= most for least, most, _ in drawn) == 1 for number, count in counts.items() if count)
