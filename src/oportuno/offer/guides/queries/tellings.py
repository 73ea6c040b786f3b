"""How what somebody did with a guide reads in the timeline of a contact."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oportuno.people.audience.api import name_group, tell_of


def describe() -> None:
    """Called once at start."""
    name_group("guides", gettext_lazy("Guides"))
    tell_of(
        "guides.guide_led",
        group="guides",
        icon="list-check",
        sentence=lambda happened: _("Walked a guide, and asked for what is new on it"),
    )
