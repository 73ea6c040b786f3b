"""Normal forms of what people type: one address, one key."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

import phonenumbers
from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
LONGEST_NAME = 160
# Nearly every address is one of these, and is read some thirty times faster than the library reads it; a test holds both to one answer.
PLAIN_EMAIL = re.compile(r"[A-Za-z0-9_+-]{1,30}(?:\.[A-Za-z0-9_+-]{1,30})?@(?:[A-Za-z0-9]{1,30}\.){1,3}([A-Za-z]{2,12})")
ODD_ENDINGS = frozenset(name.rpartition(".")[2] for name in SPECIAL_USE_DOMAIN_NAMES)
BETWEEN_DIGITS = str.maketrans("", "", " -.()\u00a0")


@dataclass(frozen=True)
class Given:
    """An address as somebody gave it, with its normal form. `kind` is one of IdentityKind."""

    kind: str
    value: str
    key: str


def email(text: str) -> Given | None:
    """None when it is no address, or carries a line break that could become a header of a mail."""
    if (plain := PLAIN_EMAIL.fullmatch(text)) and plain[1].lower() not in ODD_ENDINGS:
        name, _at, host = text.partition("@")
        return Given("email", f"{name}@{host.lower()}", text.lower())
    if CONTROL.search(text.strip()) or len(text) > 254:
        return None
    try:
        found = validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    return Given("email", found.normalized, found.normalized.lower())


def phone(text: str, country: str) -> Given | None:
    """E.164 of a number written as people of `country` (two letters) write it; None when it cannot be one."""
    if plain := plain_phone(text, country):
        return plain
    try:
        found = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(found):
        return None
    return Given("phone", text.strip()[:40], phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164))


def plain_phone(text: str, country: str) -> Given | None:
    """The same for a number without anything to strip or to guess; None for any other, which the library reads."""
    digits = text.strip().translate(BETWEEN_DIGITS)
    region, code = country, ""
    if digits.startswith("+"):
        code = next((digits[1:n] for n in (2, 3, 4) if digits[1:n] in CODES), "")
        region, digits = CODES.get(code, ""), digits[1 + len(code) :]
    known = _region(region) if region else None
    if known is None or not (digits.isascii() and digits.isdecimal()) or digits[0] == "0":
        return None
    own, lengths, stripped, general = known
    fits = len(digits) in lengths and not stripped.match(digits) and general.fullmatch(digits)
    return Given("phone", text.strip()[:40], f"+{own}{digits}") if fits else None


CODES = {str(code): regions[0] for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items() if regions[0] != "001"}


@cache
def _region(country: str) -> tuple[int, frozenset[int], re.Pattern[str], re.Pattern[str]] | None:
    """Of a country: its code, how many digits a number has, what is stripped from its beginning or leads abroad, what numbers look like."""
    found = phonenumbers.PhoneMetadata.metadata_for_region(country.upper())
    if found is None or found.general_desc is None or found.country_code is None:
        return None
    desc = found.general_desc
    ahead = (found.national_prefix_for_parsing, found.international_prefix)  # 994 278 dials Azerbaijan from Finland
    stripped = re.compile("|".join(f"(?:{one})" for one in ahead if one) or "(?!)")
    return found.country_code, frozenset(desc.possible_length), stripped, re.compile(desc.national_number_pattern or "(?!)")


def social(network: str, handle: str) -> Given:
    """`network:handle`, without @ and capitals."""
    bare = handle.strip().lstrip("@").lower()
    return Given("social", f"{network}: {handle.strip()}"[:400], f"{network.lower()}:{bare}"[:400])


def postal(lines: str, name: str) -> Given | None:
    """A postal address as it is written on a letter; who lives in one house is told apart by the name."""
    shown = " ".join(CONTROL.sub(" ", lines).split())[:400]
    bare = re.sub(r"[^\w]+", " ", fold(shown)).strip()
    return Given("postal", shown, f"{bare[:250]}|{fold(name)[:140]}") if len(bare) > 5 else None


def plain_name(text: str) -> str:
    """A name on one line, without control characters, 160 at most."""
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text[:LONGEST_NAME]
    return " ".join(CONTROL.sub(" ", text).split())[:LONGEST_NAME]


def fold(text: str) -> str:
    """Without accents or capitals: how names are compared."""
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())
