"""Which blocks a reader gets: cards "for whom" divide a document, and readers by which of them hold. Plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

MOST_CONDITIONS, MOST_TOPICS = 4, 6
"""Different conditions in one campaign, those about topics besides: a sort of readers is one of their combinations, and is rendered once."""
EVERYBODY = "all"
Piece = TypeVar("Piece")


@dataclass(frozen=True)
class Condition:
    """`field:company` he has it filled in, `segment:<id>` he is in it, `topic:a+b` he chose one of these topics, or none at all;
    `not_` turns it round.
    """

    kind: str
    of: str
    not_: bool = False


def read_condition(whom: str) -> Condition | None:
    """None for everybody. Raises ValueError for what is no condition."""
    if whom == EVERYBODY:
        return None
    kind, colon, of = whom.removeprefix("-").partition(":")
    if kind not in ("field", "segment", "topic") or not colon or not of:
        raise ValueError(whom)
    return Condition(kind, of, whom.startswith("-"))


def conditions_of(whoms: Sequence[str]) -> list[Condition]:
    """The different ones, in the order of their first card; one and its opposite are one (without `not_`)."""
    found = [one for whom in whoms if (one := read_condition(whom)) is not None]
    return list(dict.fromkeys(Condition(one.kind, one.of) for one in found))


def chose(of: str, topics: Sequence[str]) -> bool:
    """Whether somebody who chose these topics wants one of `of` ("a+b"). Who chose none wants them all."""
    return not topics or not set(of.split("+")).isdisjoint(topics)


def too_many(conditions: Sequence[Condition]) -> bool:
    topics = sum(one.kind == "topic" for one in conditions)
    return topics > MOST_TOPICS or len(conditions) - topics > MOST_CONDITIONS


def holds(condition: Condition, conditions: Sequence[Condition], mask: int) -> bool:
    """Whether it holds for the sort of readers `mask`: bit n says that the nth condition does."""
    bit = bool(mask >> conditions.index(Condition(condition.kind, condition.of)) & 1)
    return bit != condition.not_
