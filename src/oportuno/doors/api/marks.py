"""Marks of keyset pages, as a program gets and sends them: opaque, and harmless when somebody edits them."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from oportuno.kernel.errors import Refusal


def write(*values: Any) -> str:
    return urlsafe_b64encode(json.dumps(list(values), default=str).encode()).decode().rstrip("=")


def read(mark: str, *readers: Callable[[Any], Any]) -> list[Any] | None:
    """The values that `write` was given, each made by its reader; None for an empty mark. Raises Refusal for one that is not ours."""
    if not mark:
        return None
    try:
        values = json.loads(urlsafe_b64decode(mark.encode("ascii") + b"==="))
        if not isinstance(values, list) or len(values) != len(readers) or "\0" in str(values):
            raise ValueError
        return [reader(value) for reader, value in zip(readers, values, strict=True)]
    except (ValueError, TypeError, OverflowError, AttributeError) as error:
        raise Refusal(_("This mark of a page is not ours; begin without it."), field="after") from error


def moment(said: object) -> datetime:
    """Part of a mark: a moment with its zone. Raises ValueError."""
    found = datetime.fromisoformat(str(said))
    if found.tzinfo is None:
        raise ValueError("zone")
    return found
