"""What answers ask of the index, as one question; how many there are, and how many without one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from oportuno.kernel.money import Money
from oportuno.offer.guides.queries.vertical import language
from oportuno.offer.guides.rules.document import Condition, Option, Question
from oportuno.offer.guides.rules.walking import Step, Walk
from oportuno.offer.search import api as search

RESULTS = 12
NOTHING = ("-",)
"""A value that no product has: two answers want of one attribute what cannot be both."""


@dataclass(frozen=True)
class Counted:
    """An option, and how many products are left with it. None: it asks nothing that was not asked already."""

    option: Option
    count: int
    chosen: bool


@dataclass(frozen=True)
class Loosened:
    """A question of which one could let go, and how many there would be then."""

    step: Step
    count: int


def question(steps: Sequence[Step], *, limit: int = RESULTS) -> search.Query:
    """What all these answers ask. Values of one answer are alternatives, answers to several questions must all be met."""
    query = search.Query(kind="product", language=language(), limit=limit)
    for step in steps:
        query = _with(query, step.conditions)
    return query


def counted(walked: Walk, asked: Question, chosen: Sequence[str]) -> list[Counted]:
    """The options of a question, each with what would be left. One statement."""
    ways = [question([*walked.steps, Step(asked, (one,))]) for one in asked.options]
    return [Counted(one, count, one.key in chosen) for one, count in zip(asked.options, search.how_many(ways), strict=True)]


def loosened(walked: Walk) -> list[Loosened]:
    """Each answer that asks something, with how many there would be without it; the one that gives most comes first. One statement."""
    ways = [question([one for one in walked.steps if one is not step]) for step in walked.asks]
    found = [Loosened(step, count) for step, count in zip(walked.asks, search.how_many(ways), strict=True)]
    return sorted(found, key=lambda one: -one.count)


def _with(query: search.Query, conditions: Sequence[Condition]) -> search.Query:
    wanted: dict[str, tuple[str, ...]] = {}
    for one in conditions:
        match one.kind:
            case "attribute" | "range" | "certification" | "delivery":
                key = {"certification": "certification", "delivery": search.SERVES}.get(one.kind, one.key)
                wanted[key] = (*wanted.get(key, ()), *_values(one))
            case "category":
                query = replace(query, category=one.key)
            case "place":
                query = replace(query, place=one.key)
            case "country":
                query = replace(query, country=one.key)
            case "price":
                query = _priced(query, one)
            case "certified":
                query = replace(query, certified=True)
            case "in_stock":
                query = replace(query, in_stock=True)
    return replace(query, facets=_both(query.facets, wanted))


def _values(one: Condition) -> tuple[str, ...]:
    if one.kind == "certification":
        return (one.key,)
    if one.kind == "delivery":
        return one.places
    if one.kind == "range":
        return (f"{'' if one.least is None else f'{one.least:f}'}..{'' if one.most is None else f'{one.most:f}'}",)
    return one.values


def _both(before: Mapping[str, tuple[str, ...]], wanted: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """What two answers want of one attribute: what both allow. Of ranges the later holds."""
    found = dict(before)
    for key, values in wanted.items():
        had = found.get(key)
        if had is None or any(".." in one for one in (*had, *values)):
            found[key] = values
        else:
            found[key] = tuple(one for one in values if one in had) or NOTHING
    return found


def _priced(query: search.Query, one: Condition) -> search.Query:
    least = None if one.least is None else Money.of(one.least, one.currency)
    most = None if one.most is None else Money.of(one.most, one.currency)
    return replace(query, least=least, most=most)
