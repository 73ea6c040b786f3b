"""What a guide found: the products, who sells them, and which answer each of them meets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language

from oportuno.offer.guides.queries import asking
from oportuno.offer.guides.queries.vertical import Vertical
from oportuno.offer.guides.rules.document import Content, Source
from oportuno.offer.guides.rules.walking import Answers, Step, Walk, kept, walk
from oportuno.offer.search import api as search


@dataclass(frozen=True)
class Criterion:
    """One answer: what was asked and said, what it means, where that is written, and what it asks of a product.

    `vouched`: what it asks is what the market itself verified, not what sellers say.
    """

    question: str
    ask: str
    answer: str
    why: Sequence[str]
    sources: Sequence[Source]
    wants: Sequence[tuple[str, str]]
    vouched: bool


@dataclass(frozen=True)
class Found:
    """All that a walk found. `loosen` only where nothing was found."""

    walk: Walk
    criteria: Sequence[Criterion]
    results: search.Results
    loosen: Sequence[asking.Loosened]


def find(content: Content, answers: Answers, *, limit: int = asking.RESULTS) -> Found:
    """What is there for these answers: one question to the index, one more where it has nothing."""
    walked = walk(content, answers)
    results = search.search(asking.question(walked.steps, limit=limit), snippets=False)
    return Found(walked, criteria(walked.steps), results, asking.loosened(walked) if not results.total else ())


@dataclass(frozen=True)
class Product:
    """A product that was found, by its identity."""

    id: UUID


def results_of(walked: Walk, *, limit: int) -> list[Product]:
    """The first products that the answers find."""
    found = search.search(asking.question(walked.steps, limit=limit), snippets=False)
    return [Product(UUID(one.id)) for one in found.items] if found.total else []


def criteria(steps: Sequence[Step]) -> list[Criterion]:
    """Answers in words of the reader; what was let go is none."""
    known, language = Vertical(), get_language() or "es"
    return [
        Criterion(
            question=step.question.key,
            ask=step.question.ask.in_(language),
            answer=", ".join(one.label.in_(language) for one in step.options),
            why=[one.why.in_(language) for one in step.options if one.why],
            sources=[one.source for one in step.options if one.source],
            wants=[(known.label(one), known.words(one)) for one in step.conditions],
            vouched=any(one.kind in ("certification", "certified") for one in step.conditions),
        )
        for step in steps
        if step.options
    ]


def address_of(walked: Walk) -> list[tuple[str, str]]:
    """The parameters that lead to the same."""
    return [(f"{ANSWER}{question}", option) for question, option in kept(walked)]


ANSWER = "r."
"""What the parameters of answers begin with, so that no question's key means something else to a page."""


def answers_in(given: object) -> dict[str, list[str]]:
    """Answers as an address says them: at most a few short ones."""
    found: dict[str, list[str]] = {}
    for name, values in list(given.lists())[:60]:  # type: ignore[attr-defined]
        if name.startswith(ANSWER) and len(name) <= 42:
            found[name.removeprefix(ANSWER)] = [one[:40] for one in values[:12]]
    return found
