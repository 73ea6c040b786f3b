"""Segments for tests, with their members."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.people.segments.actions.building import build
from oportuno.people.segments.actions.saving import make_segment as make
from oportuno.people.segments.models import Segment
from oportuno.people.segments.queries import deeds as deeds_module
from oportuno.people.segments.rules.deeds import DeedKind, Pages


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


QUESTION, SENT, OPENED, VIEWED = "audience.question_asked", "messaging.message_sent", "messaging.mail_opened", "audience.page_viewed"
BROWSED = ("/categorias/", "/en/categorias/")
ROSES = Pages(ids=frozenset({UUID(int=77)}), paths=("/categorias/rosas", "/en/categorias/100%_"))
DEEDS = (
    DeedKind("asked", (QUESTION,), "asked a question"),
    DeedKind("received", (SENT,), "received a bulletin", only={"purpose": "marketing"}),
    DeedKind("opened", (OPENED,), "opened a bulletin", never={"machine": "true"}, of="received", of_said="bulletins"),
    DeedKind(
        "visited",
        (VIEWED,),
        "visited a page",
        about=lambda slug: ROSES if slug == "rosas" else Pages(),
        offered=lambda _: [("rosas", "Rosas")],
    ),
    DeedKind("browsed", (VIEWED,), "browsed a shelf", under=BROWSED, offered=lambda _: [("rosas", "Rosas"), ("rosas/rojas", "Rojas")]),
)


@pytest.fixture
def known_deeds(monkeypatch: pytest.MonkeyPatch) -> None:
    """What people do in these tests, whatever the market is wired with."""
    monkeypatch.setattr(deeds_module, "_deeds", {one.key: one for one in DEEDS})
