"""Public pictures, by the digest of their content."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from oportuno.kernel.errors import NotFound
from oportuno.kernel.policies import open_to_all
from oportuno.offer.media.actions import picture_path
from oportuno.offer.media.api.handing_out import SANDBOX

FOR_EVER = "public, max-age=31536000, immutable"


@open_to_all("a picture is found by the digest of its content, which only its page tells")
def picture(request: HttpRequest, digest: str, width: int) -> HttpResponseBase:
    """One version of a picture, as WebP."""
    path = picture_path(digest, width)
    if not path.exists():
        raise NotFound
    return _for_ever(FileResponse(path.open("rb"), content_type="image/webp"))


@open_to_all("draws by code from its address; nothing is looked up")
def drawing(request: HttpRequest, kind: str, colour: str, seed: int) -> HttpResponseBase:
    """A picture drawn by code: safe by construction, no word of it comes from the address."""
    from oportuno.kernel.drawings import product_picture

    return _for_ever(HttpResponse(product_picture(kind, colour, seed), content_type="image/svg+xml"))


def _for_ever(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Content-Security-Policy"] = SANDBOX + "; style-src 'unsafe-inline'"
    return response
