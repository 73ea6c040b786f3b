"""Forms of a contact by hand."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from babel import Locale
from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.formats import locale_of
from oportuno.kernel.ui.inputs import PhoneInput, TagsField
from oportuno.people.audience.actions.writing import Written, written_of
from oportuno.people.audience.api.forms import EmailField
from oportuno.people.audience.models import Contact, ContactKind
from oportuno.people.audience.rules import addresses
from oportuno.people.audience.rules.addresses import Given

NETWORKS = [("instagram", "Instagram"), ("facebook", "Facebook"), ("linkedin", "LinkedIn"), ("x", "X"), ("tiktok", "TikTok")]


class ContactForm(forms.Form):
    """Who somebody is."""

    kind = forms.ChoiceField(label=_("Person or organisation"), choices=ContactKind.choices)
    name = forms.CharField(label=_("Whole name"), required=False, max_length=160)
    given_name = forms.CharField(label=_("Given name"), required=False, max_length=80)
    family_name = forms.CharField(label=_("Family name"), required=False, max_length=80)
    company = forms.CharField(label=_("Company"), required=False, max_length=160)
    job_title = forms.CharField(label=_("Position"), required=False, max_length=120)
    place = forms.CharField(label=_("Place"), required=False, max_length=120)
    country = forms.ChoiceField(label=_("Country"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["country"].choices = countries()  # type: ignore[attr-defined]

    def written(self) -> Written:
        return Written(**{name: self.cleaned_data[name] for name in Written.__dataclass_fields__})


class ContactChangesForm(ContactForm):
    """Somebody who is known: the page says what it showed, so that only what this person changed is written, and nothing that another one did meanwhile."""

    def __init__(self, data: Any, *, contact: Contact) -> None:
        super().__init__(data, initial=asdict(written_of(contact)))
        for field in self.fields.values():
            field.show_hidden_initial = True

    def said(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.changed_data}


class NewContactForm(ContactForm):
    """Somebody new, with the addresses that lead to him."""

    email = EmailField(label=_("E-mail"), required=False, max_length=254)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40, widget=PhoneInput())
    postal = forms.CharField(label=_("Postal address"), required=False, max_length=400)
    tags = TagsField(label=_("Tags"), required=False)

    def __init__(self, *args: Any, here: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self._here = here

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        given: list[Given] = [said["email"]] if said.get("email") else []
        if text := said.get("phone", ""):
            found = addresses.phone(text, said.get("country") or self._here)
            if found is None:
                self.add_error("phone", _("Check the number; from another country begin with + and its code."))
            else:
                given.append(found)
        if text := said.get("postal", ""):
            found = addresses.postal(text, said.get("name") or f"{said.get('given_name', '')} {said.get('family_name', '')}")
            if found is None:
                self.add_error("postal", _("Write street, number and town."))
            else:
                given.append(found)
        self.identities = given
        return said


class IdentityForm(forms.Form):
    """One more address; `identity` after validation."""

    channel = forms.ChoiceField(
        label=_("What kind of address"),
        choices=[("email", _("E-mail")), ("phone", _("Phone")), ("postal", _("Postal address")), *NETWORKS],
    )
    address = forms.CharField(label=_("Address"), max_length=400)

    def __init__(self, *args: Any, contact: Contact, here: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self._contact, self._country = contact, contact.country or here

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        channel, text = said.get("channel", ""), said.get("address", "")
        self.identity: Given | None = None
        if channel == "email":
            self.identity = addresses.email(text)
        elif channel == "phone":
            self.identity = addresses.phone(text, self._country)
        elif channel == "postal":
            self.identity = addresses.postal(text, self._contact.display_name)
        elif channel and text.strip("@ /"):
            self.identity = addresses.social(channel, text.strip().rstrip("/").rpartition("/")[2])
        if channel and text and self.identity is None:
            self.add_error("address", WRONG.get(channel, WRONG["postal"]))
        return said


WRONG: dict[str, Any] = {
    "email": _("Check the address: it should look like name@example.com."),
    "phone": _("Check the number; from another country begin with + and its code."),
    "postal": _("Write street, number and town."),
}


def countries() -> list[tuple[str, str]]:
    """All of them, in the reader's language."""
    names = Locale.parse(locale_of(get_language() or "es-co")).territories
    found = [
        (code, str(name))
        for code, name in names.items()
        if len(code) == 2 and code.isalpha() and code not in ("ZZ", "EU", "UN", "EZ", "XA", "XB", "QO")
    ]
    return [("", "—"), *sorted(found, key=lambda pair: addresses.fold(pair[1]))]
