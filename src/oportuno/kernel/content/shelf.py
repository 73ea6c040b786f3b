"""What was drawn of a document, while nothing in it has changed: most of what is read was read before.

The key of what is kept holds all that the drawing depends on: the document's own digest, what it shows of others as it is now, the
reader's language, and the stamps of those who have the last look. So nothing is ever older than it would be if it were drawn anew. What
asks a block for more than that (a form, the latest posts) is not kept.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from sys import getsizeof
from threading import Lock
from typing import Any, Generic, TypeVar

from django.utils.translation import get_language

from .blocks.block import Need
from .document import Document, read
from .kinds import kind_of
from .rendering import draw, finish_stamps
from .sources import look_up

Kept = TypeVar("Kept")
MOST_BYTES = 8 * 2**20
"""Of drawn pages in one process: some five hundred long ones."""
MOST_KNOWN = 4_000


class _Shelf(Generic[Kept]):
    """By key, what was longest unused leaves first. Safe among threads."""

    def __init__(self, *, most: int) -> None:
        self.most, self.size = most, 0
        self._kept: OrderedDict[Hashable, tuple[Kept, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Kept | None:
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, one: Kept, size: int = 1) -> None:
        with self._lock:
            before = self._kept.pop(key, None)
            self._kept[key] = (one, size)
            self.size += size - (before[1] if before else 0)
            while self.size > self.most:
                self.size -= self._kept.popitem(last=False)[1][1]


@dataclass(frozen=True, slots=True)
class _Known:
    """What a document needs of others, and whether nothing else makes it look otherwise."""

    needs: Sequence[Need]
    plain: bool


_known: _Shelf[_Known] = _Shelf(most=MOST_KNOWN)
_bodies: _Shelf[str] = _Shelf(most=MOST_BYTES)


def drawn_html(given: Mapping[str, Any], *, language: str) -> str:
    """As `render_html(read(given), language=language)`, for what is read often. One query for each sort of thing it shows."""
    digest = blake2b(json.dumps(given, ensure_ascii=False, sort_keys=True).encode(), digest_size=16).digest()
    known, document = _known.get(digest), None
    if known is None:
        document = read(given)
        known = _Known(tuple(document.needs()), _is_plain(document))
        _known.put(digest, known)
    found = look_up(known.needs, language)
    if not known.plain:
        return draw(document or read(given), found, language)
    key = (digest, language, get_language(), frozenset(found.items()), *finish_stamps(language))
    body = _bodies.get(key)
    if body is None:
        body = draw(document or read(given), found, language)
        _bodies.put(key, body, getsizeof(body))
    return body


def _is_plain(document: Document) -> bool:
    return all(kind_of(block).plain for block in document.every())
