"""What may be done with an entry where it stands."""

from __future__ import annotations

from typing import Literal

Verb = Literal["publish", "schedule", "withdraw", "ask review", "send back", "hide", "trash", "restore"]

ALLOWED: dict[Verb, frozenset[str]] = {
    "publish": frozenset({"draft", "review", "scheduled", "private", "published"}),
    "schedule": frozenset({"draft", "review", "scheduled", "private"}),
    "withdraw": frozenset({"published", "scheduled", "private", "review"}),
    "ask review": frozenset({"draft"}),
    "send back": frozenset({"review"}),
    "hide": frozenset({"draft", "review", "published", "scheduled"}),
    "trash": frozenset({"draft", "review", "published", "scheduled", "private"}),
    "restore": frozenset({"trashed"}),
}
"""Verb → the states in which it can be done. Publishing again what is published shows its newest revision."""

OF_WRITERS: frozenset[Verb] = frozenset({"ask review"})
"""What who may only write may do with her own pieces; all else is for those who may publish."""


def may_be(verb: Verb, state: str) -> bool:
    return state in ALLOWED[verb]
