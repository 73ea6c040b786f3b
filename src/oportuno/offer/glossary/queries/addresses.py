"""Where a term is read."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils import translation


@lru_cache(maxsize=4)
def _frame(language: str) -> str:
    with translation.override("en" if language == "en" else "es-co"):
        return reverse("glossary:term", args=["x"]).removesuffix("x/")


def address_of(slug: str, language: str) -> str:
    """A path of the market."""
    return f"{_frame(language)}{slug}/"


def whole_address_of(slug: str, language: str) -> str:
    """The same on any host: a site on its own domain leads to the market too."""
    return f"{settings.ORIGIN}{address_of(slug, language)}"
