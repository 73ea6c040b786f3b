"""What conditions may be about, and what may be asked of each.

A *thing* has a key ("stage", "field:colour", "deed:opened") and a type; a type has operators, each with the shape of its value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Type = Literal[
    "text", "choice", "tags", "number", "day", "moment", "yesno", "consent", "topic", "identity", "segment", "deed", "share", "rhythm"
]
Shape = Literal["nothing", "word", "words", "number", "pair", "day", "days", "span"]
"""`word` and `words` are texts, `pair` two numbers, `day` an ISO date, `days` two of them, `span` a number of days."""

TEXT: Mapping[str, Shape] = {
    "is": "words", "is_not": "words", "contains": "word", "lacks": "word", "begins": "word", "filled": "nothing", "empty": "nothing",
}  # fmt: skip
CHOICE: Mapping[str, Shape] = {"is": "words", "is_not": "words", "filled": "nothing", "empty": "nothing"}
WHEN: Mapping[str, Shape] = {"past": "span", "long_ago": "span", "on": "day", "before": "day", "after": "day", "between": "days"}
OPERATORS: Mapping[Type, Mapping[str, Shape]] = {
    "text": TEXT,
    "choice": CHOICE,
    "tags": {"any": "words", "all": "words", "none": "words", "filled": "nothing", "empty": "nothing"},
    "number": {
        "equals": "number", "more": "number", "less": "number", "at_least": "number", "at_most": "number", "between": "pair",
        "filled": "nothing", "empty": "nothing",
    },
    "day": {**WHEN, "ahead": "span", "yearly": "span", "filled": "nothing", "empty": "nothing"},
    "moment": WHEN,
    "yesno": {"yes": "nothing", "no": "nothing", "filled": "nothing", "empty": "nothing"},
    "consent": {"given": "nothing", "not_given": "nothing", "pending": "nothing", "withdrawn": "nothing", "unasked": "nothing"},
    "topic": {"is": "words", "is_not": "words", "filled": "nothing", "empty": "nothing"},
    "identity": {"has": "nothing", "has_not": "nothing", "proved": "nothing"},
    "segment": {"in": "words", "out": "words"},
    "deed": {"at_least": "number", "at_most": "number", "never": "nothing"},
    "share": {"at_least": "number", "at_most": "number"},
    "rhythm": {"silent": "number"},
}  # fmt: skip
"""Type → operator → the shape of its value. The first operator of a type is the one that a new condition begins with."""

NEGATIVE = frozenset({"is_not", "lacks", "none", "not_given", "has_not", "out", "empty"})
"""The exact opposite of another operator: who has nothing there is among them."""


@dataclass(frozen=True)
class Thing:
    """Something known of a contact. `choices`: the only values of a choice; empty: any. `narrows`: a deed that may be about something."""

    key: str
    type: Type
    choices: tuple[str, ...] = ()
    narrows: bool = False


Things = Mapping[str, Thing]

CLOCK = frozenset({"past", "long_ago", "ahead", "yearly", "silent"})
"""Operators whose answer changes by itself as time goes by; and every deed that says within how many days."""
