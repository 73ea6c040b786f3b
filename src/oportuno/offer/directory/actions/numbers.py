"""Numbers that people type: read, or refused with one clear sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from oportuno.kernel.errors import Refusal
from oportuno.offer.directory.rules import numbers
from oportuno.offer.directory.rules.numbers import WrongNumber


def read_tax_number(kind: str, text: str, field: str) -> str:
    """Compact, its check digit proven. Raises Refusal."""
    name = numbers.TAX_NAME[kind]
    if not text.strip():
        raise Refusal(_("Write your %(name)s.") % {"name": name}, field=field)
    try:
        return numbers.tax_number(kind, text)
    except WrongNumber as error:
        sentences = {
            "length": _("This %(name)s has too few or too many digits."),
            "digit": _("The check digit of this %(name)s does not fit the others; compare it with your document."),
            "format": _("This is not a valid %(name)s; compare it with your document."),
        }
        raise Refusal(sentences[error.problem] % {"name": name}, field=field) from error


def read_phone(text: str, country: str, field: str) -> str:
    """E.164; empty stays empty. Raises Refusal."""
    if not text.strip():
        return ""
    try:
        return numbers.phone(text, country)
    except WrongNumber as error:
        raise Refusal(
            _("This is not a phone number anybody could call; write it with its area code, or with + and its country."), field=field
        ) from error


def read_web_address(text: str, field: str) -> str:
    """With its scheme; empty stays empty. Raises Refusal."""
    if not text.strip():
        return ""
    try:
        return numbers.web_address(text)
    except WrongNumber as error:
        raise Refusal(_("This is not a web address; write it like www.example.com."), field=field) from error


def read_year(text: str, this_year: int, field: str) -> int | None:
    """A year until today; empty is None. Raises Refusal."""
    if not text.strip():
        return None
    if not (text.strip().isascii() and text.strip().isdigit()) or not numbers.OLDEST_COMPANY <= int(text) <= this_year:
        raise Refusal(_("Write the year as four digits, not later than this one."), field=field)
    return int(text)
