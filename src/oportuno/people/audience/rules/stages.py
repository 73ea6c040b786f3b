"""How a relation matures. Source: the method's definitions of contact, lead, prospect … (docs/glossary.md)."""

from __future__ import annotations

ORDER = ("contact", "lead", "prospect", "qualified", "opportunity", "customer", "promoter")

AGREED_TO_HEAR = "lead"  # confirmed the bulletin: interested in this market
ASKED = "prospect"  # showed interest in what the seller offers, and speaks with him


def further(now: str, wanted: str) -> str | None:
    """The stage to move to, or None: what people do by themselves only moves them on, never back."""
    return wanted if ORDER.index(wanted) > ORDER.index(now) else None
