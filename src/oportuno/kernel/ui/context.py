"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """The market's own origin, for canonical links, and whether htmx asks for a part."""
    return {"origin": settings.ORIGIN, "is_part": request.headers.get("HX-Request") == "true"}
