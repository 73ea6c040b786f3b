"""Numbers that people type: tax numbers, phones, web addresses, years. Checked by their own libraries."""

from __future__ import annotations

from importlib import import_module
from urllib.parse import urlsplit

import phonenumbers
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

TAX_COUNTRY = {"co.nit": "CO", "mx.rfc": "MX", "ec.ruc": "EC", "us.ein": "US"}
TAX_NAME = {"co.nit": "NIT", "mx.rfc": "RFC", "ec.ruc": "RUC", "us.ein": "EIN"}
OLDEST_COMPANY = 1500  # no seller of ours is older than the first shops of the Americas
LONGEST_ADDRESS = 300


class WrongNumber(ValueError):
    """`problem`: length, digit (the check digit does not fit) or format."""

    def __init__(self, kind: str, problem: str) -> None:
        super().__init__(f"{kind}: {problem}")
        self.kind, self.problem = kind, problem


def tax_number(kind: str, text: str) -> str:
    """The compact form of a tax number of `kind` (python-stdnum's name, such as co.nit). Raises WrongNumber."""
    check = import_module(f"stdnum.{kind}")
    try:
        return str(check.validate(text, validate_check_digits=True) if kind == "mx.rfc" else check.validate(text))
    except InvalidLength as error:
        raise WrongNumber(kind, "length") from error
    except InvalidChecksum as error:
        raise WrongNumber(kind, "digit") from error
    except ValidationError as error:
        raise WrongNumber(kind, "format") from error


def written_tax_number(kind: str, number: str) -> str:
    """As its country writes it: 900.123.456-8."""
    check = import_module(f"stdnum.{kind}")
    return str(check.format(number)) if hasattr(check, "format") else number


def phone(text: str, country: str) -> str:
    """E.164 (`+573001234567`); without a `+`, read as a number of `country`. Raises WrongNumber."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as error:
        raise WrongNumber("phone", "format") from error
    if not phonenumbers.is_valid_number(number):
        raise WrongNumber("phone", "length" if not phonenumbers.is_possible_number(number) else "digit")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def written_phone(e164: str) -> str:
    """As people abroad dial it: `+57 300 1234567`; as it is when it is no phone."""
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def web_address(text: str) -> str:
    """With its scheme, https where none was typed. Raises WrongNumber for what no browser could open."""
    wanted = text.strip() if "://" in text else f"https://{text.strip()}"
    try:
        parts = urlsplit(wanted)
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise WrongNumber("web", "format") from error
    bad = parts.scheme not in ("http", "https") or "." not in host or parts.username or any(c.isspace() or c in "<>\"'" for c in wanted)
    if bad or len(wanted) > LONGEST_ADDRESS:
        raise WrongNumber("web", "format")
    return wanted
