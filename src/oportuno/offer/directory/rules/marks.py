"""Marks of keyset pages: where the next page begins, in an address."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from typing import Any
from uuid import UUID


def write(order: str, value: Any, key: UUID) -> str:
    """After the row with this value and key, in this order. `value` is what JSON knows."""
    return urlsafe_b64encode(json.dumps([order, value, str(key)]).encode()).decode()


def read(mark: str, order: str, value: Callable[[Any], Any]) -> tuple[Any, UUID] | None:
    """What `write` wrote for this order, its value read by `value`; None for anything else: people edit addresses."""
    try:
        was, found, key = json.loads(urlsafe_b64decode(mark.encode()))
        if "\0" in str(found):  # PostgreSQL knows no such character
            return None
        return (value(found), UUID(key)) if was == order else None
    except (ValueError, TypeError, AttributeError):
        return None
