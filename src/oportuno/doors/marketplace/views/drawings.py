"""Covers drawn by code, for what nobody brought a picture of."""

from __future__ import annotations

from functools import lru_cache

from django.http import HttpRequest, HttpResponse

from oportuno.kernel import drawings
from oportuno.kernel.policies import open_to_all

FOR_EVER = "public, max-age=31536000, immutable"
LOCKED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@open_to_all("draws by code from its address; nothing is looked up")
def cover(request: HttpRequest, slug: str, seed: int) -> HttpResponse:
    """The same address gives the same drawing, for ever."""
    response = HttpResponse(_drawn(slug, seed), content_type="image/svg+xml")
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Content-Security-Policy"] = LOCKED
    return response


@open_to_all("draws by code from its address; nothing is looked up")
def shared(request: HttpRequest, slug: str, seed: int) -> HttpResponse:
    """The same address gives the same picture, for ever: what a link looks like where it was shared."""
    response = HttpResponse(_painted(slug[:80], seed % 1_000_000_000), content_type="image/png")
    response.headers["Cache-Control"] = FOR_EVER
    return response


@lru_cache(maxsize=64)
def _painted(slug: str, seed: int) -> bytes:
    return drawings.shared_picture(slug, seed)


@lru_cache(maxsize=256)
def _drawn(slug: str, seed: int) -> str:
    return drawings.cover(slug, seed)
