"""How what a contact said in a blog reads in his timeline."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oportuno.people.audience.api import name_group, tell_of


def describe() -> None:
    """Called once at start."""
    name_group("blog", gettext_lazy("Blog"))
    tell_of("sites.comment_left", group="blog", icon="message", sentence=lambda happened: _("Commented on a post"))
    tell_of("sites.topic_asked", group="blog", icon="bulb", sentence=lambda happened: _("Asked for a topic in the blog"))
    name_group("forms", gettext_lazy("Forms"))
    tell_of(
        "sites.form_answered",
        group="forms",
        icon="clipboard-list",
        sentence=lambda happened: _("Answered the form “%(title)s”") % {"title": happened.data.get("title", "")},
    )
    tell_of("sites.useful_voted", group="blog", icon="thumb-up", sentence=lambda happened: _helped(bool(happened.data.get("useful"))))
    tell_of("sites.topic_voted", group="blog", icon="bulb", sentence=lambda happened: _("Voted for a topic in the blog"))


def _helped(useful: bool) -> str:
    return _("Found a post useful") if useful else _("Did not find a post useful")
