"""A person in memory: what conditions may ask of one contact, read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Deed:
    """Something he did. `data` is the fact's."""

    kind: str
    at: datetime
    subject: UUID | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Profile:
    """`columns`: texts and moments by the name that things have; `consents`: (channel, purpose) → (standing, topics);

    `identities`: kind → whether one of them is proved; `deeds` in any order.
    """

    columns: Mapping[str, Any]
    fields: Mapping[str, Any] = field(default_factory=dict)
    tags: frozenset[str] = frozenset()
    consents: Mapping[tuple[str, str], tuple[str, frozenset[str]]] = field(default_factory=dict)
    identities: Mapping[str, bool] = field(default_factory=dict)
    segments: frozenset[UUID] = frozenset()
    deeds: Sequence[Deed] = ()
