"""Normal forms of what people type: one address, one key."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers
from email_validator import EmailNotValidError, validate_email

CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
LONGEST_NAME = 160


@dataclass(frozen=True)
class Given:
    """An address as somebody gave it, with its normal form. `kind` is one of IdentityKind."""

    kind: str
    value: str
    key: str


def email(text: str) -> Given | None:
    """None when it is no address, or carries a line break that could become a header of a mail."""
    if CONTROL.search(text.strip()) or len(text) > 254:
        return None
    try:
        found = validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    return Given("email", found.normalized, found.normalized.lower())


def phone(text: str, country: str) -> Given | None:
    """E.164 of a number written as people of `country` (two letters) write it; None when it cannot be one."""
    try:
        found = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(found):
        return None
    return Given("phone", text.strip()[:40], phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164))


def social(network: str, handle: str) -> Given:
    """`network:handle`, without @ and capitals."""
    bare = handle.strip().lstrip("@").lower()
    return Given("social", f"{network}: {handle.strip()}"[:400], f"{network.lower()}:{bare}"[:400])


def plain_name(text: str) -> str:
    """A name on one line, without control characters, 160 at most."""
    return " ".join(CONTROL.sub(" ", text).split())[:LONGEST_NAME]


def fold(text: str) -> str:
    """Without accents or capitals: how names are compared."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())
