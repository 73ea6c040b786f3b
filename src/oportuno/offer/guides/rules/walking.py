"""Walking a guide: which questions were answered, which comes now, what the answers ask of a product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .document import END, Condition, Content, Option, Question

SKIPPED = "_"
"""What stands in an address for a question that one let go: whatever comes will do."""
Answers = Mapping[str, Sequence[str]]
"""Keys of options by keys of questions, as an address says them."""


@dataclass(frozen=True, slots=True)
class Step:
    """A question that was answered, and how; without options it was let go."""

    question: Question
    options: tuple[Option, ...]

    @property
    def conditions(self) -> tuple[Condition, ...]:
        return tuple(condition for option in self.options for condition in option.conditions)


@dataclass(frozen=True, slots=True)
class Walk:
    """`now` is the question that comes, None at the end. `left`: how many may still come, this one included."""

    steps: tuple[Step, ...]
    now: Question | None
    left: int

    @property
    def asks(self) -> tuple[Step, ...]:
        """Answers that ask something of a product."""
        return tuple(one for one in self.steps if one.conditions)


def walk(content: Content, answers: Answers, *, until: str = "") -> Walk:
    """From the first question on, as the answers lead. An answer that the guide does not know was never given.

    `until`: stop at this question, answered or not, if the way comes by it: somebody goes back to it.
    """
    steps: list[Step] = []
    place = 0
    while place < len(content.questions):
        question = content.questions[place]
        chosen = _chosen(question, answers)
        skipped = not chosen and SKIPPED in answers.get(question.key, ())
        if not (chosen or skipped) or question.key == until:
            return Walk(tuple(steps), question, len(content.questions) - place)
        steps.append(Step(question, chosen))
        place = after(content, place, chosen)
    return Walk(tuple(steps), None, 0)


def after(content: Content, place: int, chosen: Sequence[Option]) -> int:
    """Where an answer leads: always further on, so that every way ends."""
    leads = chosen[0].next if len(chosen) == 1 and not content.questions[place].several else ""
    if leads == END:
        return len(content.questions)
    return max(place + 1, content.place(leads)) if leads else place + 1


def _chosen(question: Question, answers: Answers) -> tuple[Option, ...]:
    wanted = set(answers.get(question.key, ()))
    found = tuple(one for one in question.options if one.key in wanted)
    return found if question.several else found[:1]


def kept(walked: Walk) -> list[tuple[str, str]]:
    """The answers that were walked, as (question, option): equal ways have equal addresses."""
    return [(step.question.key, key) for step in walked.steps for key in [one.key for one in step.options] or [SKIPPED]]
