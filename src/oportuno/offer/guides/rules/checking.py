"""Is it whole? Every question is reached, every way ends, every condition exists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from .document import END, Condition, Content, Option, Question

LEAST_OPTIONS = 2
Problem = Literal[
    "no_questions", "no_words", "few_options", "no_label", "same_label", "leads_back", "leads_nowhere", "unreached", "asks_nothing",
    "unknown", "several_narrow", "no_english",
]  # fmt: skip
ALTERNATIVES = ("attribute", "delivery")
"""Of which any will do, where several answers are chosen."""
MAY_WAIT: frozenset[Problem] = frozenset({"no_english"})
"""What is only advice."""


@dataclass(frozen=True, slots=True)
class Remark:
    """`question` and `option` are keys, empty where it is about all; `what` names a condition."""

    problem: Problem
    question: str = ""
    option: str = ""
    what: str = ""

    @property
    def must(self) -> bool:
        return self.problem not in MAY_WAIT


class Knows(Protocol):
    """What exists in the vertical."""

    def has(self, condition: Condition) -> bool: ...


def remarks(content: Content, known: Knows) -> list[Remark]:
    """All that is wrong, in the order of the guide."""
    if not content.questions:
        return [Remark("no_questions")]
    reached = _reached(content)
    found = [one for place, question in enumerate(content.questions) for one in _of(content, place, question, reached, known)]
    if not any(option.conditions for question in content.questions for option in question.options):
        found.append(Remark("asks_nothing"))
    return found


def _of(content: Content, place: int, question: Question, reached: set[int], known: Knows) -> Iterator[Remark]:
    if not question.ask.es:
        yield Remark("no_words", question.key)
    if place not in reached:
        yield Remark("unreached", question.key)
    if len(question.options) < LEAST_OPTIONS:
        yield Remark("few_options", question.key)
    if not question.ask.en or any(not one.label.en for one in question.options):
        yield Remark("no_english", question.key)
    labels = [one.label.es for one in question.options]
    for number, option in enumerate(question.options):
        if not option.label.es:
            yield Remark("no_label", question.key, option.key)
        elif option.label.es in labels[:number]:
            yield Remark("same_label", question.key, option.key)
        yield from _leads(content, place, question, option)
        yield from _asks(question, option, known)


def _leads(content: Content, place: int, question: Question, option: Option) -> Iterator[Remark]:
    if not option.next or option.next == END:
        return
    if content.question(option.next) is None:
        yield Remark("leads_nowhere", question.key, option.key, option.next)
    elif content.place(option.next) <= place:
        yield Remark("leads_back", question.key, option.key, option.next)


def _asks(question: Question, option: Option, known: Knows) -> Iterator[Remark]:
    for condition in option.conditions:
        if not known.has(condition):
            yield Remark("unknown", question.key, option.key, condition.key or condition.kind)
        elif question.several and condition.kind not in ALTERNATIVES:
            yield Remark("several_narrow", question.key, option.key, condition.key or condition.kind)


def _reached(content: Content) -> set[int]:
    """Numbers of the questions to which some way leads. All ways lead on, so one pass in order finds them."""
    reached = {0}
    for place, question in enumerate(content.questions):
        if place in reached:
            for option in question.options:
                leads = "" if question.several else option.next
                reached.add(max(place + 1, content.place(leads)) if leads and leads != END else place + 1 if not leads else place)
    return reached
