"""Pages that are the same for everybody are kept for four seconds in each process (docs/adr: right within five of a change).

Kept is what a view with the policy `public` answered to somebody without a session, whole and without cookies of its own.
The key holds all that such a page may depend on: host, scheme, path (which says the language), query, theme, and
whether htmx asked. Nothing else of a request is read by such pages: no header, no other cookie.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from oportuno.kernel.policies import policy_of
from oportuno.kernel.ui.context import THEMES

KEPT = 4.0  # seconds
MOST_PAGES = 2_000
MOST_BYTES = 48 * 2**20  # of one process: what twelve pages a second of 100 KB need ten times over
LONGEST_QUERY = 500
SHARED = f"public, max-age={int(KEPT)}"
OWN = "private, max-age=0"
PERSONAL = (settings.SESSION_COOKIE_NAME, "messages")
KEPT_HEADERS = ("Content-Type", "Content-Language", "Vary", "Cache-Control", "X-Frame-Options", "Content-Security-Policy")

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    until: float
    body: bytes
    headers: tuple[tuple[str, str], ...]


class Shelf:
    """Pages by key, the longest unused leave first. Safe among threads. `is_open`: closed in tests, unless they are about it."""

    def __init__(self, *, is_open: bool = True) -> None:
        self.is_open = is_open
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Key, at: float) -> Kept | None:
        with self._lock:
            found = self._pages.get(key)
            if found is None:
                return None
            if found.until <= at:
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return found

    def put(self, key: Key, page: Kept) -> None:
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self._bytes += len(page.body)
            while len(self._pages) > MOST_PAGES or self._bytes > MOST_BYTES:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    def __len__(self) -> int:
        return len(self._pages)

    def _drop(self, key: Key) -> None:
        if gone := self._pages.pop(key, None):
            self._bytes -= len(gone.body)


SHELF = Shelf(is_open=settings.PROCESS != "test")


class PublicPages:
    """Answers from the shelf, else lets the view answer and keeps it. Says in Cache-Control who else may keep it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = key_of(request)
        at = time.monotonic()
        if key is not None and SHELF.is_open and (kept := SHELF.get(key, at)):
            return _again(kept, at)
        response = self.get_response(request)
        if getattr(request, "is_public_page", False) and isinstance(response, HttpResponse):
            shared = key is not None and _is_everybodys(request, response)
            if "Cache-Control" not in response:
                response["Cache-Control"] = SHARED if shared else OWN
            if shared and key is not None and SHELF.is_open and response["Cache-Control"] == SHARED:
                SHELF.put(key, Kept(at + KEPT, response.content, tuple((h, response[h]) for h in KEPT_HEADERS if h in response)))
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        policy = policy_of(view)
        request.is_public_page = policy is not None and policy.audience == "public"  # type: ignore[attr-defined]


def key_of(request: HttpRequest) -> Key | None:
    """What the answer may depend on; None where it is nobody else's business."""
    cookies = request.COOKIES
    if request.method != "GET" or any(name in cookies for name in PERSONAL) or "Authorization" in request.headers:
        return None
    query = request.META.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY:
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    theme = cookies.get("theme", "")
    part = (request.headers.get("HX-Request") == "true", request.headers.get("HX-History-Restore-Request") == "true")
    return (request.scheme, host, request.path_info, query, theme if theme in THEMES else "", part)


def _is_everybodys(request: HttpRequest, response: HttpResponse) -> bool:
    """Whole, well, and without anything that was made for one person."""
    personal = response.cookies or request.META.get("CSRF_COOKIE_NEEDS_UPDATE") or request.META.get("CSRF_COOKIE")
    return response.status_code == 200 and not personal


def _again(kept: Kept, at: float) -> HttpResponse:
    response = HttpResponse(kept.body)
    for name, value in kept.headers:
        response[name] = value
    response["Content-Length"] = str(len(kept.body))
    response["Age"] = str(int(KEPT - (kept.until - at)) + 1)  # rounded up: together with other caches never older than promised
    return response
