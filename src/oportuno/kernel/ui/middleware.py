"""What every answer carries, and how a refusal becomes a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from oportuno.kernel.errors import Refusal
from oportuno.kernel.ui.pages import refuse

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob: {media}",
        "font-src 'self'",
        "connect-src 'self'",
        "media-src 'self' {media}",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
"""Scripts and styles are files of our own: nothing inline, nothing from elsewhere (threat T08)."""

PERMISSIONS = "camera=(), microphone=(), geolocation=(self), payment=(), usb=(), interest-cohort=()"


def security_headers(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Add the headers that keep browsers strict."""
    policy = _policy()

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)  # for browsers that read no frame-ancestors
        return response

    return middleware


def framed_by_ourselves(response: HttpResponse) -> HttpResponse:
    """This page may stand in a frame of ours: what is tried on is looked at inside of the workbench."""
    response["Content-Security-Policy"] = _policy().replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def framing_ourselves(response: HttpResponse) -> HttpResponse:
    """This page holds frames with pages of ours."""
    response["Content-Security-Policy"] = f"{_policy()}; frame-src 'self'"
    return response


def _policy() -> str:
    return CONTENT_SECURITY_POLICY.replace("{media}", settings.MEDIA_URL.split("/media/")[0]).replace("  ", " ")


class Refusals:
    """A refusal that no view caught becomes a page with its sentence; what no database could keep goes nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: list[Any], kwargs: dict[str, Any]) -> None:
        """PostgreSQL keeps no character zero, and nobody types one: a request that holds it is answered 400, wherever it goes."""
        if request.path.startswith("/api/"):
            return  # it says so in its own way
        said = [value for values in request.GET.lists() for value in values[1]]
        if request.method == "POST" and not getattr(view, "csrf_exempt", False):  # else the form has been read already
            said += [value for values in request.POST.lists() for value in values[1]]
        if any("\0" in value for value in [request.path, *said]):
            raise SuspiciousOperation("a text with the character zero")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refuse(request, exception) if isinstance(exception, Refusal) else None
