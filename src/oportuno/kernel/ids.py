"""Identities: UUID version 7, so that indexes grow at their end and nobody can guess a neighbour."""

from __future__ import annotations

from uuid import UUID

from uuid_utils import compat


def new_id() -> UUID:
    """A fresh identity. Source: RFC 9562 §5.7; 74 random bits."""
    return compat.uuid7()
