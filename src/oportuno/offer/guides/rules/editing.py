"""Changing a guide piece by piece: each answers the whole guide anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from .document import MOST_CONDITIONS, MOST_OPTIONS, MOST_QUESTIONS, Condition, Content, Option, Question, free_key

T = TypeVar("T")


class Missing(LookupError):
    """The question or the option is not there any more."""


class Full(ValueError):
    """There is no room for another."""


@dataclass(frozen=True, slots=True)
class At:
    """A place in a guide: a question, or an option of it."""

    question: str
    option: str = ""


def put_question(content: Content, question: Question) -> Content:
    """Another one at the end, or a known one said otherwise; its options stay."""
    known = content.question(question.key)
    if known is None:
        if len(content.questions) >= MOST_QUESTIONS:
            raise Full
        return _with(content, (*content.questions, question))
    changed = question.model_copy(update={"options": known.options})
    return _with(content, tuple(changed if one is known else one for one in content.questions))


def put_option(content: Content, at: str, option: Option) -> Content:
    """The same for an option; what it asks of products stays."""
    question = question_at(content, at)
    known = question.option(option.key)
    if known is None:
        if len(question.options) >= MOST_OPTIONS:
            raise Full
        return _options(content, question, (*question.options, option))
    changed = option.model_copy(update={"conditions": known.conditions})
    return _options(content, question, tuple(changed if one is known else one for one in question.options))


def put_condition(content: Content, at: At, condition: Condition) -> Content:
    """One more; of a kind that has room for one alone (a price, a category) the new one takes the old one's place."""
    option = option_at(content, at)
    others = tuple(one for one in option.conditions if (one.kind, _about(one)) != (condition.kind, _about(condition)))
    if len(others) >= MOST_CONDITIONS:
        raise Full
    return _conditions(content, at, (*others, condition))


def remove_condition(content: Content, at: At, number: int) -> Content:
    option = option_at(content, at)
    if not 0 <= number < len(option.conditions):
        raise Missing
    return _conditions(content, at, option.conditions[:number] + option.conditions[number + 1 :])


def remove(content: Content, at: At) -> Content:
    """A question or an option. What led to the question leads on in order."""
    question = question_at(content, at.question)
    if at.option:
        gone = option_at(content, at)
        return _options(content, question, tuple(one for one in question.options if one is not gone))
    left = tuple(_forget(one, question.key) for one in content.questions if one is not question)
    return _with(content, left)


def move(content: Content, at: At, by: int) -> Content:
    """One place up (-1) or down (1); at the end nothing moves."""
    question = question_at(content, at.question)
    if at.option:
        return _options(content, question, _moved(question.options, option_at(content, at), by))
    return _with(content, _moved(content.questions, question, by))


def question_at(content: Content, key: str) -> Question:
    """Raises Missing."""
    found = content.question(key)
    if found is None:
        raise Missing(key)
    return found


def option_at(content: Content, at: At) -> Option:
    """Raises Missing."""
    found = question_at(content, at.question).option(at.option)
    if found is None:
        raise Missing(at.option)
    return found


def key_for_question(content: Content, words: str) -> str:
    return free_key([one.key for one in content.questions], words)


def key_for_option(question: Question, words: str) -> str:
    return free_key([one.key for one in question.options], words)


def _about(condition: Condition) -> str:
    return condition.key if condition.kind in ("attribute", "range", "certification") else ""


def _with(content: Content, questions: Sequence[Question]) -> Content:
    return content.model_copy(update={"questions": tuple(questions)})


def _options(content: Content, question: Question, options: Sequence[Option]) -> Content:
    changed = question.model_copy(update={"options": tuple(options)})
    return _with(content, tuple(changed if one is question else one for one in content.questions))


def _conditions(content: Content, at: At, conditions: Sequence[Condition]) -> Content:
    question, option = question_at(content, at.question), option_at(content, at)
    changed = option.model_copy(update={"conditions": tuple(conditions)})
    return _options(content, question, tuple(changed if one is option else one for one in question.options))


def _forget(question: Question, key: str) -> Question:
    options = tuple(one.model_copy(update={"next": ""}) if one.next == key else one for one in question.options)
    return question.model_copy(update={"options": options})


def _moved(row: Sequence[T], one: T, by: int) -> tuple[T, ...]:
    found = list(row)
    place = next(number for number, other in enumerate(found) if other is one)
    to = min(max(place + by, 0), len(found) - 1)
    found.insert(to, found.pop(place))
    return tuple(found)
