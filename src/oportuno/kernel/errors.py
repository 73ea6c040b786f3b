"""Refusals: what we cannot do, told in one sentence for a human.

Refusal                 bad input or a rule of the business says no       → 422, the form keeps what was typed
├── NotFound            absent, or not theirs: the two look the same      → 404
├── Forbidden           theirs to see, not theirs to do                   → 403
├── Conflict            somebody was faster, or it was done already       → 409
└── TooMany             a limit per person, network or day                → 429
Broken(Exception)       a promise of our own code does not hold: a defect → 500
"""

from __future__ import annotations

from collections.abc import Mapping


class Refusal(Exception):
    """We say no, and why. `str(refusal)` is a whole sentence in the reader's language.

    `field` names the input it is about, if there is one; `data` helps machines (API problems, tests).
    """

    status = 422

    def __init__(self, sentence: object = "", *, field: str | None = None, **data: object) -> None:
        self.sentence = sentence
        self.field = field
        self.data: Mapping[str, object] = data
        super().__init__(sentence)

    def __str__(self) -> str:
        return str(self.sentence)


class NotFound(Refusal):
    """Absent, or somebody else's. Never say which."""

    status = 404


class Forbidden(Refusal):
    """They may see it, but not do this with it."""

    status = 403


class Conflict(Refusal):
    """It changed meanwhile, or was done already."""

    status = 409


class TooMany(Refusal):
    """A limit was reached. `retry_after` in `data` is in seconds."""

    status = 429


class Broken(Exception):
    """A promise our own code makes does not hold. Nobody outside can mend it."""
