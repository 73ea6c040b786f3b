"""Guides in the knowledge centre: a card on its first page."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oportuno.kernel.routes import spoken
from oportuno.offer.guides.queries.shown import count_shown
from oportuno.offer.knowledge.api import Room, room_card


def in_knowledge(*, request: HttpRequest, **given: object) -> str:
    """Acts for the public. One query; nothing where there is none."""
    count = count_shown()
    if not count:
        return ""
    room = Room(
        title=_("Guides to decide"),
        line=_("A few questions lead to what fits you, with the reasons and their sources."),
        href=spoken("/guias/"),
        icon="list-check",
        count=count,
        counted=ngettext("%(n)s guide", "%(n)s guides", count) % {"n": count},
    )
    return room_card(request, room)
