"""Addresses of ours for machines elsewhere."""

from __future__ import annotations

from django.conf import settings


def absolute(path: str) -> str:
    """With our own origin: never made from what a request says its host is."""
    return path if path.startswith(("http://", "https://")) else f"{settings.ORIGIN}{path}"
