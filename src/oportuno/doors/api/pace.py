"""How often one caller may ask: counted in fixed minutes, safe for many threads."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja.throttling import BaseThrottle

from oportuno.doors.api.problems import too_many

MINUTE = 60  # seconds


class Pace(BaseThrottle):
    """Requests a minute for one key, or for one network where there is no key. Each web process counts for itself."""

    def __init__(self, a_minute: int, *, keyed: bool) -> None:
        self.a_minute = a_minute
        self.keyed = keyed

    def allow_request(self, request: HttpRequest) -> bool:
        caller = getattr(request, "auth", None) if self.keyed else self.get_ident(request)
        counter = f"pace:{'key' if self.keyed else 'net'}:{caller}:{int(time.time() // MINUTE)}"
        cache.add(counter, 0, 2 * MINUTE)
        try:
            asked = int(cache.incr(counter))
        except ValueError:  # pushed out of the cache in this very moment
            asked = 1
        request.pace = self.told(asked)  # type: ignore[attr-defined]
        return asked <= self.a_minute

    def told(self, asked: int) -> dict[str, str]:
        """Headers that say how often one may ask, and how often still (draft-ietf-httpapi-ratelimit-headers)."""
        who = "key" if self.keyed else "network"
        return {
            "RateLimit-Policy": f'"{who}";q={self.a_minute};w={MINUTE}',
            "RateLimit": f'"{who}";r={max(0, self.a_minute - asked)};t={int(self.wait())}',
        }

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return math.ceil(MINUTE - time.time() % MINUTE)


def paced(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view of an operation whose answers say how often one may ask; who is turned away at the door is counted by network."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if not hasattr(request, "pace") and not ANYBODY.allow_request(request):  # without a key, or with one that may not
            response = too_many(ANYBODY.wait())
        for name, words in getattr(request, "pace", {}).items():
            response[name] = words
        return response

    return told


ANYBODY = Pace(600, keyed=False)
KEYED = Pace(1200, keyed=True)
