"""What is looked for, found and not found. No fact says who, unless a visitor agreed to be remembered."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.facts import Fact


class Searched(Fact):
    """Somebody asked. `unmet`: the market had nothing for it."""

    text: str
    language: str
    results: int
    unmet: bool = False
    place: str = ""
    kind_asked: str = ""


class SearchSaved(Fact):
    saved_search: UUID
    subject = "saved_search"


class SavedSearchEnded(Fact):
    saved_search: UUID
    subject = "saved_search"


class SavedSearchMatched(Fact):
    """There is something new for somebody who asked to be told; `matches` of them."""

    saved_search: UUID
    matches: int
    subject = "saved_search"


class DemandHandled(Fact):
    """The operator has answered what was looked for in vain."""

    text: str
