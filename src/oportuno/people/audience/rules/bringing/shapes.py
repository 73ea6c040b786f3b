"""What a file says of one contact, made plain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from oportuno.people.audience.rules.addresses import Given
from oportuno.people.audience.rules.own_fields import OwnField

Found = tuple[str, str, Mapping[str, Any]]
"""(field, code, data): queries.sentences makes it a sentence."""
OUT = "out"


@dataclass(slots=True)
class Brought:
    """One contact of a file. Empty: the file says nothing of it, which takes nothing away from what is known.

    `said` keeps what a card says in its own words. `standing` is OUT for who wants no advertising any more.
    """

    line: int
    name: str = ""
    given_name: str = ""
    family_name: str = ""
    company: str = ""
    job_title: str = ""
    kind: str = ""
    stage: str = ""
    language: str = ""
    country: str = ""
    place: str = ""
    note: str = ""
    standing: str = ""
    tags: list[str] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    keys: list[Given] = field(default_factory=list)
    said: dict[str, Any] | None = None
    problems: list[Found] = field(default_factory=list)
    notes: list[Found] = field(default_factory=list)


@dataclass(frozen=True)
class Setting:
    """What a row cannot know: the organisation's country, which tells phone numbers, and what fields it has."""

    country: str
    fields: Sequence[OwnField] = ()
