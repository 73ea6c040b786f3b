"""What is wrong with a file of contacts, or with one of them, in whole sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oportuno.kernel.tables.sentences import SENTENCES as OF_TABLES
from oportuno.people.audience.models import ContactKind, Purpose, Stage

SENTENCES: dict[str, Any] = {
    **OF_TABLES,
    # the whole file
    "not_a_workbook": gettext_lazy("This is a ZIP file, but not an Excel workbook. Unpack it, and bring the CSV or vCard inside."),
    "not_text": gettext_lazy("This is no file of contacts: bring CSV, Excel (.xlsx) or vCard (.vcf)."),
    "no_address_column": gettext_lazy("No column looks like an e-mail address, a phone or a postal address. The columns are: %(found)s."),
    # one contact
    "not_json": gettext_lazy("“%(value)s” is not JSON."),
    "no_address": gettext_lazy("There is no e-mail address, phone or postal address: a contact needs one of them."),
    "email_wrong": gettext_lazy("“%(value)s” is not an e-mail address."),
    "phone_wrong": gettext_lazy("“%(value)s” cannot be a phone number."),
    "field_number": gettext_lazy("“%(field)s” is a number, such as 1200 or 3,5: “%(value)s” is none."),
    "field_date": gettext_lazy("“%(field)s” is a date, such as 2026-05-31 or 31/05/2026: “%(value)s” is none."),
    "field_choice": gettext_lazy("“%(field)s” is one of a list, and “%(value)s” is not in it."),
    "field_yesno": gettext_lazy("“%(field)s” is yes or no: “%(value)s” is neither."),
    "field_long": gettext_lazy("“%(field)s” has more than 1,000 characters."),
    "card_cut": gettext_lazy("The card has no end (END:VCARD): the file is damaged or cut off here."),
    "card_too_long": gettext_lazy("The card has more text than any person's: it was left out."),
}
WHAT: dict[str, Any] = {
    "display_name": gettext_lazy("Name"),
    "given_name": gettext_lazy("Given name"),
    "family_name": gettext_lazy("Family name"),
    "company_name": gettext_lazy("Company"),
    "job_title": gettext_lazy("Position"),
    "kind": gettext_lazy("Kind"),
    "language": gettext_lazy("Language"),
    "country": gettext_lazy("Country"),
    "place": gettext_lazy("Place"),
    "stage": gettext_lazy("Stage"),
    "tags": gettext_lazy("Tags"),
    "addresses": gettext_lazy("Addresses"),
    "note": gettext_lazy("Note"),
    "consent": gettext_lazy("Consent"),
    "withdrawn": gettext_lazy("Wants no more"),
}
TARGETS: dict[str, Any] = {
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Phone"),
    "name": gettext_lazy("Whole name"),
    "given_name": gettext_lazy("Given name"),
    "family_name": gettext_lazy("Family name"),
    "company": gettext_lazy("Company"),
    "job_title": gettext_lazy("Position"),
    "street": gettext_lazy("Street and number"),
    "postal_address": gettext_lazy("Whole postal address"),
    "social": gettext_lazy("Social networks (network:handle)"),
    "postcode": gettext_lazy("Postcode"),
    "city": gettext_lazy("City"),
    "region": gettext_lazy("Department or state"),
    "country": gettext_lazy("Country"),
    "language": gettext_lazy("Language"),
    "tags": gettext_lazy("Tags"),
    "note": gettext_lazy("Note"),
    "stage": gettext_lazy("Stage"),
    "kind": gettext_lazy("Person or organisation"),
    "status": gettext_lazy("Status of the subscription"),
    "opted_out": gettext_lazy("Wants no mail (yes or a date)"),
    "attributes": gettext_lazy("Further fields (JSON)"),
    "website": gettext_lazy("Website"),
    "social:facebook": "Facebook",
    "social:instagram": "Instagram",
    "social:linkedin": "LinkedIn",
    "social:x": "X (Twitter)",
}
CHOICES = {
    "kind": dict(ContactKind.choices),
    "stage": dict(Stage.choices),
    "consent": dict(Purpose.choices),
    "withdrawn": dict(Purpose.choices),
}


def target_choices() -> list[tuple[str, str]]:
    """What a column may be, for people."""
    return [(key, str(words)) for key, words in TARGETS.items()]


def sentence(code: str, data: Mapping[str, Any]) -> str:
    """One whole sentence. A code of another day stays readable."""
    told = str(SENTENCES.get(code, code))
    with suppress(KeyError, ValueError, TypeError):
        told = told % data
    times = data.get("count", 1)
    return told if not isinstance(times, int) or times < 2 else _("%(sentence)s (%(count)s times)") % {"sentence": told, "count": times}


MISFITS: dict[str, Any] = {
    "number": gettext_lazy("%(field)s: write a number, such as 1200 or 3,5."),
    "date": gettext_lazy("%(field)s: write a date, such as 2026-05-31 or 31/05/2026."),
    "choice": gettext_lazy("%(field)s: choose one of the list."),
    "yesno": gettext_lazy("%(field)s: say yes or no."),
    "long": gettext_lazy("%(field)s: at most 1,000 characters."),
}


def misfit(code: str, field: str) -> str:
    """Why what somebody said is no value of one of the organisation's fields."""
    return str(MISFITS[code]) % {"field": field}


def field_name(field: str) -> str:
    return str(TARGETS.get(field, field))


class Difference(NamedTuple):
    """What changes, in the reader's words."""

    field: str
    before: str
    after: str


def differences(changes: Mapping[str, Any]) -> list[Difference]:
    found: list[Difference] = []
    for what, change in changes.items():
        if what == "fields":
            found += [
                Difference(key.replace("_", " "), _shown(what, before), _shown(what, after)) for key, (before, after) in change.items()
            ]
        elif what in ("addresses", "consent", "withdrawn"):
            found.append(Difference(str(WHAT[what]), "—", _shown(what, change)))
        else:
            found.append(Difference(str(WHAT.get(what, what)), _shown(what, change[0]), _shown(what, change[1])))
    return found


def _shown(what: str, value: Any) -> str:
    if value in (None, "", [], {}):
        return "—"
    if isinstance(value, list):
        return ", ".join(_shown(what, one) for one in value)[:200]
    return str(CHOICES.get(what, {}).get(value, value))[:200]
