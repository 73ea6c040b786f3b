"""Which blocks a reader gets: cards "for whom" divide a document, and readers by which of them hold. Plain data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

MOST_CONDITIONS, MOST_TOPICS = 4, 6
"""Different conditions in one campaign, those about topics besides: a sort of readers is one of their combinations, and is rendered once."""
MOST_OF_ONE = 40
"""Topics that one card may name. Who sells in more sectors than that speaks to everybody."""
EVERYBODY = "all"
TOPIC = "[a-z0-9-]{1,60}"
WHOM = (
    r"^(all|-?field:[a-z][a-z0-9_]{0,60}|-?segment:[0-9a-f-]{36}"
    rf"|-?topic:{TOPIC}(\+{TOPIC}){{0,{MOST_OF_ONE - 1}}})$"
)
"""How a card says for whom it is."""
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


def for_topics(topics: Sequence[str]) -> str:
    """How a card says that it is for who chose one of these; everybody, where no card can say it."""
    said = f"topic:{'+'.join(topics)}"
    return said if re.fullmatch(WHOM, said) else EVERYBODY


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
