"""What several views need."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from oportuno.kernel.content import Editing
from oportuno.offer.glossary.queries import terms
from oportuno.offer.glossary.rules.said import Language
from oportuno.offer.media import api as media


def spoken() -> Language:
    return "en" if (get_language() or "").startswith("en") else "es"


def editing(organisation: str) -> Editing:
    """How the longer texts are written."""
    return Editing(draw=reverse("glossary:draw", args=[organisation]), pickers=media.pickers(organisation))


def form_of(sort: type, request: Any, **more: Any) -> Any:
    """A form of a term for who asks, filled with what was sent."""
    here = request.member.organisation.slug
    return sort(request.POST or None, editing=editing(here), sectors=terms.sectors(spoken()), **more)
