"""What everybody is answered alike goes out packed (gzip): a third of the bytes, and a phone waits for bytes.

Only what says `public` in its Cache-Control: it holds nobody's secret, so that its length can tell none (BREACH).
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.utils.cache import patch_vary_headers

WORDS = ("text/", "application/javascript", "application/json", "application/manifest+json", "application/xml", "image/svg+xml")
FEEDS = ("application/rss+xml", "application/atom+xml")
LEAST, MOST = 800, 1_000_000
"""Bytes: less fits into one packet anyway; more is a file for somebody to keep."""
LEVEL = 5  # of nine: half the time of the seventh, two hundredths more bytes
PAGES_REMEMBERED = 128


def packs_what_is_everybodys(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Pack public words for whoever can unpack them."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not _may_be_packed(response):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if request.method != "GET" or "gzip" not in request.headers.get("Accept-Encoding", ""):
            return response
        return _packed(_whole(response))

    return middleware


def _may_be_packed(response: HttpResponseBase) -> bool:
    headers = response.headers
    size = int(headers["Content-Length"]) if "Content-Length" in headers else LEAST
    return (
        response.status_code == 200
        and "Content-Encoding" not in headers
        and "public" in headers.get("Cache-Control", "")
        and headers.get("Content-Type", "").startswith((*WORDS, *FEEDS))
        and LEAST <= size <= MOST
    )


def _whole(response: HttpResponseBase) -> HttpResponse:
    """A file that would be read piece by piece, as one answer."""
    if isinstance(response, HttpResponse):
        return response
    assert isinstance(response, StreamingHttpResponse)
    whole = HttpResponse(b"".join(response))  # type: ignore[arg-type]  # of files, which are not read asynchronously
    whole.headers = response.headers
    response.close()
    return whole


def _packed(response: HttpResponse) -> HttpResponse:
    small = _small(response.content)
    response.content = small
    response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(small))
    return response


@lru_cache(maxsize=PAGES_REMEMBERED)
def _small(body: bytes) -> bytes:
    """A kept page comes as the very same bytes until it is made anew."""
    return gzip.compress(body, compresslevel=LEVEL, mtime=0)
