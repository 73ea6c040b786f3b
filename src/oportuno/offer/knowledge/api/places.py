"""Places that others fill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from oportuno.kernel.slots import slot

ROOMS = slot("knowledge.rooms", "/conocimiento/, the rooms of the knowledge centre, a card each")
BESIDE_ARTICLE = slot("beside an article", "/conocimiento/<number>-<slug>/, right column, below who wrote it", takes="article")
BELOW_ARTICLE = slot("below an article", "/conocimiento/<number>-<slug>/, full width, after the text", takes="article")


@dataclass(frozen=True)
class Room:
    """A room of the knowledge centre. `count`: how much is in it, None for what is not counted; `counted` says it in words."""

    title: Any
    line: Any
    href: str
    icon: str
    count: int | None = None
    counted: Any = ""


def room_card(request: HttpRequest, room: Room) -> str:
    """How a room looks on the first page of the knowledge centre: what fillers of ROOMS answer."""
    return render_to_string("knowledge/parts/room.html", {"room": room}, request=request)
