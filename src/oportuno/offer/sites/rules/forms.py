"""Forms as plain data: their questions, which of them to ask, how an answer reads."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from oportuno.offer.sites.rules.paths import slug_of

SORTS = ("line", "text", "name", "email", "phone", "number", "date", "choice", "choices", "yes", "file", "hidden")
PERSONAL = frozenset({"name", "email", "phone", "file"})
"""Sorts whose answers tell who somebody is: a form that asks for one says what it is for."""
ONCE_EACH = frozenset({"name", "email", "phone"})
"""What a contact has one of: asked once in a form, under its own name."""
ANEW = frozenset({"text", "file"})
"""What is usually meant for this time only: asked every time, unless its author says otherwise."""
CHOSEN = frozenset({"choice", "choices"})
MOST_QUESTIONS, MOST_OPTIONS = 40, 40
LONGEST_LABEL, LONGEST_HELP, LONGEST_OPTION, LONGEST_KEY = 200, 300, 120, 40
LONGEST_LINE, LONGEST_TEXT = 300, 5_000


@dataclass(frozen=True)
class Question:
    """One of a form. `key` names its answer for good, also across the forms of an organisation; `anew`: asked even if known.

    `options` are those of a choice; of a hidden question the first is the parameter of the address that it keeps.
    """

    key: str
    sort: str
    label: str
    help: str = ""
    required: bool = False
    options: tuple[str, ...] = ()
    anew: bool = False


def read_questions(kept: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    """Questions as they were kept."""
    return tuple(Question(**{**one, "options": tuple(one.get("options", ()))}) for one in kept)


def write_questions(questions: Iterable[Question]) -> list[dict[str, Any]]:
    return [{**asdict(one), "options": list(one.options)} for one in questions]


def with_keys(questions: Sequence[Question], spent: Collection[str] = ()) -> tuple[Question, ...]:
    """Each new question gets a key from its words that no other has; keys that were given stay. `spent`: of questions taken away."""
    taken = {one.key for one in questions if one.key} | set(spent) | ONCE_EACH
    found = []
    for one in questions:
        key = one.key or _key(one, taken)
        taken.add(key)
        found.append(replace(one, key=key))
    return tuple(found)


def _key(one: Question, taken: Collection[str]) -> str:
    if one.sort in ONCE_EACH:
        return one.sort
    base = slug_of(one.label)[:LONGEST_KEY].strip("-").replace("-", "_")
    return next(name for name in (base, *(f"{base[: LONGEST_KEY - 4]}_{n}" for n in range(2, 999))) if name not in taken)


def to_ask(questions: Sequence[Question], known: Collection[str], at_once: int = 0) -> tuple[Question, ...]:
    """What to ask somebody of whom these keys are known: the first `at_once` questions that are left (0: all), and what is hidden."""
    left = [one for one in questions if one.sort != "hidden" and (one.anew or one.key not in known)]
    now = {one.key for one in (left[:at_once] if at_once else left)}
    return tuple(one for one in questions if one.key in now or one.sort == "hidden") if now else ()


def is_personal(questions: Iterable[Question]) -> bool:
    return any(one.sort in PERSONAL for one in questions)


@dataclass(frozen=True)
class Whence:
    """Where an answer came from: the path of the page, and the parameters of its address."""

    path: str
    said: Mapping[str, str]


def whence(referer: str, host: str) -> Whence:
    """Of the page that sent the answer; nothing of pages of other hosts."""
    parts = urlsplit(referer)
    if parts.netloc != host:
        return Whence("", {})
    said = {name[:LONGEST_KEY]: value[:LONGEST_LINE] for name, value in parse_qsl(parts.query)[:20]}
    return Whence(parts.path[:LONGEST_LINE], said)


def came_from(question: Question, there: Whence) -> str:
    """What a hidden question keeps: its parameter of the address, else the page."""
    wanted = question.options[0] if question.options else ""
    return there.said.get(wanted, "") if wanted else there.path


def in_words(sort: str, value: Any, *, yes: str, no: str, day: Callable[[str], str] = str) -> str:
    """An answer as people read it; `day` says a date of ISO 8601."""
    if value in (None, "", []):
        return ""
    if sort == "yes":
        return yes if value is True else no
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if isinstance(value, Mapping):
        return str(value.get("name", ""))
    return day(str(value)) if sort == "date" else str(value)
