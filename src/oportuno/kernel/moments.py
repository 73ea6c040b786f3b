"""Answers that are dear to work out and may be a moment old, kept in the process.

A moment adds to the age of a page that is kept itself: all of it together must stay below the five seconds that are promised.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from django.conf import settings

Answer = TypeVar("Answer")


class Moments(Generic[Answer]):
    """At most `most` answers, each for `seconds` from before it was asked for. Safe among threads. Closed outside of the web's processes:

    whoever writes and then reads, as jobs and tests do, must see what it wrote.
    """

    def __init__(self, *, seconds: float, most: int, is_open: bool = settings.PROCESS == "web") -> None:
        self.seconds, self.most, self.is_open = seconds, most, is_open
        self._kept: OrderedDict[Hashable, tuple[float, Answer]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, ask: Callable[[], Answer]) -> Answer:
        """What is kept, else what `ask` answers now."""
        if not self.is_open:
            return ask()
        at = time.monotonic()
        found = self._kept.get(key)
        if found is not None and found[0] > at:
            return found[1]
        answer = ask()
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = (at + self.seconds, answer)  # in the order of their ends: the first is the oldest
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return answer
