"""What people type about themselves, their organisations and their keys. Nothing but these fields is ever read (threat T05)."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.adapter import get_adapter
from allauth.account.forms import RequestLoginCodeForm, ResetPasswordForm, SignupForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from babel import Locale
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext_lazy as _

from oportuno.kernel import formats
from oportuno.kernel.clock import now
from oportuno.kernel.formats import locale_of
from oportuno.people.organisations import rules
from oportuno.people.organisations.actions.guesses import ask_for_code
from oportuno.people.organisations.models import Kind, Organisation, Role

THEIRS = (
    gettext_noop("Forgot your password?"),
    gettext_noop("You must type the same password each time."),
    gettext_noop("Password (again)"),
)
"""Words of allauth's own forms that we say otherwise in Spanish."""

FOUNDABLE = [kind for kind in Kind if kind != Kind.OPERATOR]
SCOPE_WORDS = {
    "campaigns:read": _("Read campaigns and their figures"),
    "campaigns:write": _("Write campaigns and let them go out"),
    "catalogue:read": _("Read the catalogue"),
    "catalogue:write": _("Change the catalogue"),
    "contacts:read": _("Read contacts"),
    "contacts:write": _("Change contacts"),
    "content:read": _("Read what you write, drafts too"),
    "content:write": _("Hand in articles and answers"),
    "facts:read": _("Read what happens, fact by fact"),
    "organisation:read": _("Read the organisation and its points of sale"),
    "organisation:write": _("Change the organisation"),
    "stock:write": _("Change stock"),
}


ROLE_WORDS = {
    Role.OWNER: _("Everything, also who else is an owner and closing the organisation."),
    Role.MANAGER: _("Everything but what concerns owners: team, keys, profile, catalogue, contacts and figures."),
    Role.SELLER: _("Catalogue, stock, contacts and answers."),
    Role.EDITOR: _("Profile and catalogue."),
    Role.AGENT: _("Stock, contacts and answers."),
    Role.ANALYST: _("Sees contacts and figures, and changes nothing."),
}
MARKET_WORDS = {
    Role.OWNER: _("And runs the market: vetting, messages, jobs."),
    Role.MANAGER: _("And runs the market: vetting, messages, jobs."),
    Role.AGENT: _("And vets sellers."),
    Role.EDITOR: _("And sees the lists of the market."),
    Role.ANALYST: _("And sees the lists of the market."),
}
"""What a role may do besides where the organisation runs the market. `rules.CAN` is what holds."""


def words_of_roles(organisation: Organisation) -> list[tuple[str, str]]:
    """Each role with what it may do, for people who choose one."""
    market = MARKET_WORDS if organisation.is_operator else {}
    return [(str(role.label), " ".join(str(words) for words in (ROLE_WORDS[role], market.get(role, "")) if words)) for role in Role]


class SignUpForm(SignupForm):  # type: ignore[misc]
    """A new person: name, address and, unless she brings a passkey, a password."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ["name", "email", "password1"]

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists and (typed := self.cleaned_data.get("password1")):
            make_password(typed)  # as slow as for a new address, so that the time tells nothing (threat T06)
        return super().try_save(request)


class Paced:
    """A form that sends a code to an address: only so often, in all web processes together, whether we know the address or not."""

    def clean_email(self) -> str:
        address: str = super().clean_email()  # type: ignore[misc]
        if not ask_for_code(address=address, at=now()):
            raise get_adapter().validation_error("rate_limited")
        return address


class SignInCodeForm(Paced, RequestLoginCodeForm):  # type: ignore[misc]
    """A code to sign in with."""


class NewPasswordForm(Paced, ResetPasswordForm):  # type: ignore[misc]
    """A code for a new password."""


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Another passkey; it signs in alone."""

    name = forms.CharField(label=_("What do you call this device?"), required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].widget = forms.HiddenInput()


class PersonForm(forms.Form):
    """Name and language."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, help_text=_("For pages after you sign in, and for our letters.")
    )


class PlaceForm(forms.Form):
    """Where an organisation is at home, and what it counts in."""

    name = forms.CharField(
        label=_("Name of the organisation"), min_length=2, max_length=120, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    country = forms.ChoiceField(label=_("Country"))
    currency = forms.ChoiceField(label=_("Currency"), required=False, help_text=_("For prices, unless one says another."))
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        locale = Locale.parse(locale_of(get_language() or settings.LANGUAGE_CODE))
        self._choices("country", sorted(((code, locale.territories[code]) for code in rules.PLACES), key=lambda pair: pair[1]))
        self._choices("currency", [(code, f"{code} · {locale.currencies.get(code, code)}") for code in rules.CURRENCIES])
        self._choices("time_zone", [(zone, _place(zone, str(locale))) for zone in rules.TIME_ZONES])

    def _choices(self, field: str, choices: list[tuple[str, str]]) -> None:
        required = self.fields[field].required
        self.fields[field].choices = choices if required else [("", _("As usual in the country")), *choices]  # type: ignore[attr-defined]


class FoundForm(PlaceForm):
    """A new organisation."""

    kind = forms.ChoiceField(
        label=_("What it does here"), choices=[(k.value, k.label) for k in FOUNDABLE], widget=forms.RadioSelect, initial=Kind.SELLER
    )
    field_order = ["name", "kind", "country", "currency", "time_zone"]


class OrganisationForm(PlaceForm):
    """An organisation that exists: nothing may be left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in ("currency", "time_zone"):
            self.fields[field].required = True
            self.fields[field].choices = self.fields[field].choices[1:]  # type: ignore[attr-defined]


class InviteForm(forms.Form):
    """Whom to ask, and as what."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Role"), initial=Role.SELLER)

    def __init__(self, *args: Any, giver: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(r.value, r.label) for r in Role if rules.may_give(giver, r.value)]  # type: ignore[attr-defined]


class KeyForm(forms.Form):
    """A key for a program."""

    name = forms.CharField(label=_("Which program will use it?"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"), choices=[(s, SCOPE_WORDS[s]) for s in rules.SCOPES], widget=forms.CheckboxSelectMultiple
    )


def _place(zone: str, locale: str) -> str:
    """`Bogotá (UTC−5)`: the city, and how far from Greenwich now."""
    hours = (now().astimezone(ZoneInfo(zone)).utcoffset() or rules.SEEN_EVERY * 0).total_seconds() / 3600
    return f"{formats.zone(zone, locale)} (UTC{'+' if hours >= 0 else '−'}{abs(hours):g})"
