"""What people type about their mail."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from oportuno.people.messaging.actions.letterheads import LONGEST


class LetterheadForm(forms.Form):
    """Where the organisation sits."""

    postal = forms.CharField(
        label=_("Postal address"), max_length=LONGEST, widget=forms.TextInput({"autocomplete": "street-address"}),
        help_text=_("Street, number, city and country: “Calle 12 # 3-45, Bogotá, Colombia”."),
    )  # fmt: skip
