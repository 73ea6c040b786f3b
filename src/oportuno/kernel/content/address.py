"""Addresses that people write into blocks."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, StringConstraints

SCHEMES = {"http", "https", "mailto", "tel"}
UNSEEN = re.compile(r"[\x00-\x20\x7f]")  # browsers skip these when they read a scheme


def harmless(address: str) -> str:
    """The same address when it leads to a page, a place in one, a mailbox or a telephone; ValueError otherwise."""
    seen = UNSEEN.sub("", address)
    try:
        parts = urlsplit(seen)
    except ValueError:
        raise ValueError("address") from None
    is_here = not parts.scheme and not seen.startswith(("//", "\\", "/\\"))
    if not (is_here or (parts.scheme in SCHEMES and (parts.netloc or parts.scheme in ("mailto", "tel")))):
        raise ValueError("address")
    return seen


Address = Annotated[str, StringConstraints(min_length=1, max_length=2_000), AfterValidator(harmless)]
"""http, https, mailto, tel, or a path of ours."""
