"""What anybody may see, by the digest of its content."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from oportuno.kernel.drawings import product_picture
from oportuno.kernel.errors import NotFound
from oportuno.kernel.policies import open_to_all
from oportuno.offer.media.actions.storing import file_path, jpeg_of, picture_path, withheld_mark
from oportuno.offer.media.api.handing_out import SANDBOX
from oportuno.offer.media.rules import files as rules

FOR_EVER = "public, max-age=31536000, immutable"
PIECE = 256 * 1024
PLAYED = ("video/", "audio/")


@open_to_all("a picture is found by the digest of its content, which only its page tells")
@require_safe
def picture(request: HttpRequest, digest: str, width: int, ending: str) -> HttpResponseBase:
    """One version of a picture, as WebP or AVIF of our making; as JPEG for mails, made when the first reader asks."""
    if ending == "jpg":
        _shown(digest, picture_path(digest, int(width)))
        return sealed(FileResponse(jpeg_of(digest, int(width)).open("rb"), content_type="image/jpeg"))
    path = _shown(digest, picture_path(digest, int(width), ending))
    return sealed(FileResponse(path.open("rb"), content_type=f"image/{ending}"))


@open_to_all("a file is found by the digest of its content, which only its page tells")
@require_safe
def file(request: HttpRequest, digest: str, name: str) -> HttpResponseBase:
    """A film or a sound, whole or a part of it; anything else as an attachment that no browser interprets (threat T09)."""
    ending = name.rsplit(".", 1)[-1]
    if ending not in rules.ENDINGS:
        raise NotFound
    return hand_out(request, _shown(digest, file_path(digest, ending)), name, rules.ENDINGS[ending])


def hand_out(request: HttpRequest, path: Path, name: str, kind: str) -> HttpResponseBase:
    """Bytes with their type and nothing that runs; a player asks for parts."""
    played = kind.startswith(PLAYED)
    said = kind if not kind.startswith("text/") else f"{kind}; charset=utf-8"
    size = path.stat().st_size
    try:
        part = rules.part_of(request.headers.get("Range", ""), size) if played else None
    except ValueError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response: HttpResponseBase
    if part is None:
        response = FileResponse(path.open("rb"), as_attachment=not played, filename=name, content_type=said)
    else:
        first, last = part
        response = StreamingHttpResponse(_piece(path, first, last), status=206, content_type=said)
        response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
        response.headers["Content-Length"] = str(last - first + 1)
    if played:
        response.headers["Accept-Ranges"] = "bytes"
    return sealed(response)


@open_to_all("draws by code from its address; nothing is looked up")
def drawing(request: HttpRequest, kind: str, colour: str, seed: int) -> HttpResponseBase:
    """A picture drawn by code: safe by construction, no word of it comes from the address."""
    return sealed(HttpResponse(product_picture(kind, colour, seed), content_type="image/svg+xml"))


def sealed(response: HttpResponseBase, cache: str = FOR_EVER) -> HttpResponseBase:
    """No browser takes it for anything but what we say it is, nor runs what may be in it."""
    response.headers["Cache-Control"] = cache
    response.headers["Content-Security-Policy"] = SANDBOX + "; style-src 'unsafe-inline'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _shown(digest: str, path: Path) -> Path:
    """The path, if it is there and may be shown. Raises NotFound."""
    if not path.exists() or withheld_mark(digest).exists():
        raise NotFound
    return path


def _piece(path: Path, first: int, last: int) -> Iterator[bytes]:
    with path.open("rb") as opened:
        opened.seek(first)
        left = last - first + 1
        while left and (read := opened.read(min(PIECE, left))):
            left -= len(read)
            yield read
