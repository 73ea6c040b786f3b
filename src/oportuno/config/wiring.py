"""Who fills which slot and port. The only place that knows everyone."""

from __future__ import annotations


def connect() -> None:
    """Called once at start, after every application has loaded."""
