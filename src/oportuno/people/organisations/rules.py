"""Which role may do what. Plain data: read it aloud to a seller."""

from __future__ import annotations

OWNER, MANAGER, SELLER, EDITOR, AGENT, ANALYST = "owner", "manager", "seller", "editor", "agent", "analyst"
ALL = frozenset({OWNER, MANAGER, SELLER, EDITOR, AGENT, ANALYST})
LEAD = frozenset({OWNER, MANAGER})

CAN: dict[str, frozenset[str]] = {
    "see": ALL,
    "manage organisation": LEAD,
    "manage team": LEAD,
    "manage owners": frozenset({OWNER}),
    "manage keys": LEAD,
    "apply to sell": LEAD,
    "edit profile": LEAD | {EDITOR},
    "edit catalogue": LEAD | {SELLER, EDITOR},
    "edit stock": LEAD | {SELLER, AGENT},
    "see contacts": LEAD | {SELLER, AGENT, ANALYST},
    "edit contacts": LEAD | {SELLER, AGENT},
    "export contacts": LEAD,
    "answer": LEAD | {SELLER, AGENT},
    "see figures": LEAD | {ANALYST},
    # the operator's own workbench
    "vet sellers": LEAD | {AGENT},
    "run market": LEAD,
    "see market": LEAD | {AGENT, ANALYST, EDITOR},
    "replay jobs": LEAD,
}
"""Permission → roles that have it, in an organisation where the person is a member."""

SCOPES = ("catalogue:read", "catalogue:write", "contacts:read", "contacts:write", "organisation:read", "stock:write")
"""What an API key may be given."""


def may(role: str, permission: str) -> bool:
    """Whether a role has a permission. Raises KeyError for a permission nobody declared."""
    return role in CAN[permission]
