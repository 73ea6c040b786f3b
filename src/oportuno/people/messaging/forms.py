"""What people type about their mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oportuno.people.messaging.actions.letterheads import LONGEST
from oportuno.people.messaging.actions.ruling import MOST_A_DAY
from oportuno.people.messaging.models import SendingRules


class LetterheadForm(forms.Form):
    """Where the organisation sits."""

    postal = forms.CharField(
        label=_("Postal address"), max_length=LONGEST, widget=forms.TextInput({"autocomplete": "street-address"}),
        help_text=_("Street, number, city and country: “Calle 12 # 3-45, Bogotá, Colombia”."),
    )  # fmt: skip


class TextForm(forms.Form):
    """One text message to one number."""

    to = forms.CharField(label=_("Phone number"), max_length=40, widget=forms.TextInput({"type": "tel", "autocomplete": "off"}))
    text = forms.CharField(label=_("What it says"), max_length=2000, widget=forms.Textarea({"rows": 5}))


class RulesForm(forms.Form):
    """What the organisation allows itself."""

    texts_a_day = forms.IntegerField(
        label=_("Texts a day, at most"), min_value=0, max_value=MOST_A_DAY,
        help_text=_("Whatever is more is held back and shown, so that a mistake or a fraud costs little."),
    )  # fmt: skip
    countries = forms.CharField(
        label=_("Other countries that texts may go to"), required=False, max_length=200,
        help_text=_("Two letters each, such as “MX, EC”. Your own country is always there."),
    )  # fmt: skip
    caps_advertising = forms.BooleanField(
        label=_("Advertise to a person at most once a day, and by one channel a week"), required=False,
        help_text=_("Ley 2300 asks this of who collects debts. Whether it asks it of advertising is not settled; ask your lawyer."),
    )  # fmt: skip

    mails_a_day = forms.IntegerField(
        label=_("Marketing mails a day, at most"), required=False, min_value=0, max_value=10_000_000, help_text=_("0 is no limit. The rest goes on tomorrow."),
    )  # fmt: skip
    mails_to_one_a_day = forms.IntegerField(
        label=_("Marketing to the same person, a day"), required=False, min_value=0, max_value=50, help_text=_("0 is no limit. What is more waits for another day."),
    )  # fmt: skip
    mails_to_one_a_week = forms.IntegerField(
        label=_("Marketing to the same person, a week"), required=False, min_value=0, max_value=200, help_text=_("0 is no limit. A week begins on Monday."),
    )  # fmt: skip
    tracks = forms.BooleanField(
        label=_("Count who opens bulletins and follows their links"), required=False,
        help_text=_("Links then lead through an address of yours. People and mail scanners are told apart; nothing of their computer is kept."),
    )  # fmt: skip

    @staticmethod
    def of(rules: SendingRules) -> dict[str, Any]:
        plain = ("texts_a_day", "caps_advertising", "mails_a_day", "mails_to_one_a_day", "mails_to_one_a_week", "tracks")
        return {"countries": ", ".join(rules.countries), **{name: getattr(rules, name) for name in plain}}

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        return {name: 0 if value is None else value for name, value in found.items()}  # an empty cap is none

    def clean_countries(self) -> list[str]:
        return [one.upper() for one in self.cleaned_data["countries"].replace(",", " ").replace(";", " ").split()]


class SenderForm(forms.Form):
    """The address that an organisation's mail comes from."""

    address = forms.CharField(
        label=_("Address of the sender"), max_length=254, widget=forms.TextInput({"type": "email", "autocomplete": "email"}),
        help_text=_("Such as hola@tuempresa.com: of a domain that you bought, and in whose DNS you can write."),
    )  # fmt: skip


class ExcludedForm(forms.Form):
    """Numbers that want no advertising, as the state publishes them."""

    file = forms.FileField(label=_("File of numbers"), required=False, help_text=_("A number a line; CSV with the number first will do."))
    numbers = forms.CharField(label=_("Or write them here"), required=False, max_length=20_000, widget=forms.Textarea({"rows": 5}))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("file") and not found.get("numbers"):
            raise forms.ValidationError(_("Choose a file, or write the numbers."))
        return found

    def lines(self) -> Iterator[str]:
        """A line at a time, however large the file is."""
        if file := self.cleaned_data["file"]:
            for line in file:
                yield line.decode("utf-8", "replace")[:200]
        yield from self.cleaned_data["numbers"].splitlines()
