"""Segments for tests, with their members."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.people.segments.actions.building import build
from oportuno.people.segments.actions.saving import make_segment as make
from oportuno.people.segments.models import Segment


def make_segment(
    actor: Any, *conditions: dict[str, Any], name: str = "Clientes", match: str = "all", at: datetime | None = None
) -> Segment:
    """A segment of the actor's organisation, with its members."""
    moment = at or now()
    with for_organisation(actor.member.organisation.pk):
        found = make(name=name, tree={"version": 1, "match": match, "of": list(conditions)}, by=actor.member, at=moment)
        build(segment=found.pk, at=moment)
        found.refresh_from_db()
    return found
