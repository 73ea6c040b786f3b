"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from oportuno.kernel.slots import slot

from .shell import Desk, Market

BELOW = slot(
    "below every public page", "ui/market.html, after the footer: notices; the same for everybody, for pages are kept", takes="request"
)
THEMES = ("light", "dark")  # anything else in the cookie means: as the device says


def site(request: HttpRequest) -> dict[str, Any]:
    """The market's own origin, for canonical links, whether htmx asks for a part, the chosen theme, and bare shells.

    Processors after this one, of the marketplace and the workbench, put richer shells in their place.
    """
    theme = request.COOKIES.get("theme", "")
    return {
        "origin": settings.ORIGIN,
        "is_part": request.headers.get("HX-Request") == "true",
        "market": Market(),
        "desk": Desk(),
        "desk_nav": (),
        "brand_css": "",
        "theme": theme if theme in THEMES else "",
    }
