"""Which role may do what. Plain data: read it aloud to a seller."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

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
    "edit content": LEAD | {EDITOR},
    "write content": LEAD | {SELLER, EDITOR, AGENT},
    "publish content": LEAD | {EDITOR},
    "edit stock": LEAD | {SELLER, AGENT},
    "see contacts": LEAD | {SELLER, AGENT, ANALYST},
    "edit contacts": LEAD | {SELLER, AGENT},
    "export contacts": LEAD,
    "erase contacts": LEAD,
    "see campaigns": ALL,
    "write campaigns": LEAD | {SELLER, EDITOR},
    "send campaigns": LEAD,
    "answer": LEAD | {SELLER, AGENT},
    "see figures": LEAD | {ANALYST},
    # the operator's own workbench
    "vet sellers": LEAD | {AGENT},
    "run market": LEAD,
    "see market": LEAD | {AGENT, ANALYST, EDITOR},
    "replay jobs": LEAD,
}
"""Permission → roles that have it, in an organisation where the person is a member."""

SCOPES = (
    "campaigns:read",
    "campaigns:write",
    "catalogue:read",
    "catalogue:write",
    "contacts:read",
    "contacts:write",
    "content:read",
    "content:write",
    "facts:read",
    "organisation:read",
    "organisation:write",
    "stock:write",
)
"""What an API key may be given."""


def may(role: str, permission: str) -> bool:
    """Whether a role has a permission. Raises KeyError for a permission nobody declared."""
    return role in CAN[permission]


@dataclass(frozen=True)
class Place:
    """What an organisation of a country most likely uses; it may choose otherwise."""

    currency: str
    time_zone: str


PLACES: dict[str, Place] = {
    "CO": Place("COP", "America/Bogota"),
    "MX": Place("MXN", "America/Mexico_City"),
    "AR": Place("ARS", "America/Argentina/Buenos_Aires"),
    "BO": Place("BOB", "America/La_Paz"),
    "BR": Place("BRL", "America/Sao_Paulo"),
    "CL": Place("CLP", "America/Santiago"),
    "CR": Place("CRC", "America/Costa_Rica"),
    "DO": Place("DOP", "America/Santo_Domingo"),
    "EC": Place("USD", "America/Guayaquil"),
    "ES": Place("EUR", "Europe/Madrid"),
    "GT": Place("GTQ", "America/Guatemala"),
    "HN": Place("HNL", "America/Tegucigalpa"),
    "NI": Place("NIO", "America/Managua"),
    "PA": Place("USD", "America/Panama"),
    "PE": Place("PEN", "America/Lima"),
    "PY": Place("PYG", "America/Asuncion"),
    "SV": Place("USD", "America/El_Salvador"),
    "US": Place("USD", "America/New_York"),
    "UY": Place("UYU", "America/Montevideo"),
    "VE": Place("USD", "America/Caracas"),
}
"""Country → its defaults. Countries where an organisation may be at home in this market."""

CURRENCIES = tuple(sorted({place.currency for place in PLACES.values()}))
TIME_ZONES = tuple(sorted({place.time_zone for place in PLACES.values()} | {"America/Tijuana", "America/Cancun", "America/Monterrey"}))

INVITATION_LASTS = timedelta(days=7)
INVITATIONS_A_DAY = 20  # per organisation: enough for a new team, too few to bother strangers with
GUESSES = 10  # passwords tried per account …
CODES = 5  # letters with a code to one address, to sign in or for a new password …
GUESSES_WITHIN = timedelta(minutes=15)  # … in this time (threat T07)
SEEN_EVERY = timedelta(minutes=5)  # how exactly "last used" is kept
SESSION_LASTS = timedelta(days=30)


def may_give(giver: str, role: str) -> bool:
    """Whether a member of role `giver` may give, change or take away `role`: owners are the owners' business."""
    return may(giver, "manage owners" if role == OWNER else "manage team")
