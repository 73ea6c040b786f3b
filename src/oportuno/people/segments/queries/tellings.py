"""How the facts of segments read in a contact's timeline."""

from __future__ import annotations

from django.utils.translation import gettext as _

from oportuno.people.audience.api import Happened, tell_of


def describe() -> None:
    """Called once at start."""
    tell_of("segments.segment_entered", group="relation", icon="filter", sentence=_entered)
    tell_of("segments.segment_left", group="relation", icon="filter", sentence=_left)


def _entered(happened: Happened) -> str:
    return _("Entered the segment “%(name)s”") % {"name": happened.data.get("name", "")}


def _left(happened: Happened) -> str:
    return _("Left the segment “%(name)s”") % {"name": happened.data.get("name", "")}
