"""What the pages of media share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _


def media_tabs(slug: str, current: str) -> list[dict[str, Any]]:
    """The parts of media, one of them this page."""
    known = [
        ("library", "library:library", _("Library"), "photo"),
        ("channels", "library:channels", _("Channels"), "broadcast"),
        ("curation", "library:curation", _("Curation"), "star"),
        ("pieces", "library:pieces", _("Pieces"), "layout-grid"),
    ]
    return [
        {"label": label, "href": reverse(url, args=[slug]), "icon": icon, "current": name == current} for name, url, label, icon in known
    ]


def as_id(said: str) -> UUID | None:
    """An identity out of an address, or None for what is none."""
    try:
        return UUID(said)
    except ValueError:
        return None


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
