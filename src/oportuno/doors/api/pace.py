"""How often one caller may ask: counted in fixed minutes, safe for many threads."""

from __future__ import annotations

import math
import time

from django.core.cache import cache
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

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
            return bool(cache.incr(counter) <= self.a_minute)
        except ValueError:  # pushed out of the cache in this very moment
            return True

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return math.ceil(MINUTE - time.time() % MINUTE)


ANYBODY = Pace(600, keyed=False)
KEYED = Pace(1200, keyed=True)
