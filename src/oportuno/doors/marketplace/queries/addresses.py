"""Addresses of ours: for machines elsewhere, and of the pages that lists link to by the dozen."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import get_language

from oportuno.kernel.ui.public import absolute

__all__ = ["absolute", "page_of"]


def page_of(name: str, slug: str) -> str:
    """As `reverse` makes it for a page with one slug, in a twentieth of the time: `page_of("market:product", "rosa-roja")`."""
    before, after = _around(name, get_language())
    return f"{before}{quote(slug)}{after}"


@lru_cache(maxsize=64)
def _around(name: str, language: str | None) -> tuple[str, str]:
    before, _, after = reverse(name, args=["slug"]).partition("slug")
    return before, after
