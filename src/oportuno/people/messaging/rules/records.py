"""What a domain says in DNS so that mail from it is believed: DKIM (RFC 6376), DMARC (RFC 7489), SPF (RFC 7208)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from oportuno.people.messaging.rules.returning import RETURNS

LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
LONGEST_DOMAIN = 253
FREE_MAIL = frozenset(
    ("gmail.com", "googlemail.com", "hotmail.com", "outlook.com", "outlook.es", "live.com", "yahoo.com", "yahoo.es", "yahoo.com.mx",
     "yahoo.com.co", "icloud.com", "me.com", "aol.com", "gmx.com", "proton.me", "protonmail.com", "msn.com")
)  # fmt: skip
"""Nobody but their owner signs for these, and mail in their name from elsewhere is thrown away."""
MISSED = 3
"""Days in a row without the DKIM record; then the market's name signs again."""


@dataclass(frozen=True)
class Record:
    """One line for DNS. `needed`: without it nothing is signed. `found` says whether DNS has it, None before it was asked."""

    what: str
    kind: str
    name: str
    value: str
    needed: bool
    found: bool | None = None


def domain_of(address: str) -> str:
    """Raises ValueError for what cannot be a sender's domain: no name, or a free mail service's."""
    domain = address.rpartition("@")[2].lower().rstrip(".")
    labels = domain.split(".")
    if len(domain) > LONGEST_DOMAIN or len(labels) < 2 or not all(LABEL.fullmatch(one) for one in labels) or labels[-1].isdigit():
        raise ValueError(address)
    if domain in FREE_MAIL:
        raise ValueError(address)
    return domain


def key_name(selector: str, domain: str) -> str:
    return f"{selector}._domainkey.{domain}"


def return_name(domain: str) -> str:
    """Where mail comes back under the organisation's own name."""
    return f"{RETURNS}.{domain}"


def holds_key(records: Iterable[str], wanted: str) -> bool:
    """Whether one of these TXT records publishes the same key, however its tags are spaced and ordered."""
    return any(_key(one) == _key(wanted) != "" for one in records)


def dmarc_policy(records: Iterable[str]) -> str:
    """ "none", "quarantine" or "reject"; nothing where the domain says nothing."""
    for one in records:
        tags = _tags(one)
        if tags.get("v", "").upper() == "DMARC1":
            return tags.get("p", "none").lower()
    return ""


def has_spf(records: Iterable[str]) -> bool:
    return any(one.strip().lower().split(" ")[0] == "v=spf1" for one in records)


def _key(record: str) -> str:
    return re.sub(r"\s", "", _tags(record).get("p", ""))


def _tags(record: str) -> dict[str, str]:
    pairs = (one.partition("=") for one in record.strip().strip('"').split(";"))
    return {name.strip().lower(): value.strip() for name, equals, value in pairs if equals}
