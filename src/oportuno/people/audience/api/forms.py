"""Front door of public forms: three quiet tests that people fill them in, without asking anybody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from oportuno.people.audience.rules import addresses
from oportuno.people.audience.rules.addresses import Given

QUICKEST = timedelta(seconds=2)  # nobody reads and fills in a form in less
LONGEST = timedelta(hours=24)
SALT = "audience.form"


class PublicForm(forms.Form):
    """`website` is a field that people do not see and programs fill in; `stamp` says when the form was shown, signed.

    `is_trap` after validation: answer as if all was well, and do nothing.
    """

    website = forms.CharField(required=False, widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}))
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, at: datetime, **more: Any) -> None:
        super().__init__(*args, **more)
        self.at = at
        self.initial.setdefault("stamp", stamp_of(at))

    @property
    def is_trap(self) -> bool:
        return bool(self.cleaned_data.get("website"))

    def clean_stamp(self) -> str:
        shown = _shown_at(self.cleaned_data["stamp"])
        if shown is None or not QUICKEST <= self.at - shown <= LONGEST:
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data["stamp"] = stamp_of(self.at)  # type: ignore[index]
            raise forms.ValidationError(_("That was very quick, or very slow. Please press the button once more."), code="pace")
        return str(self.cleaned_data["stamp"])


class EmailField(forms.CharField):
    """An address in its normal form: `Given`; None where it may be left empty and is."""

    widget = forms.EmailInput({"autocomplete": "email", "inputmode": "email"})

    def clean(self, value: Any) -> Given | None:
        text = super().clean(value)
        if not text.strip() and not self.required:
            return None
        found = addresses.email(text)
        if found is None:
            raise forms.ValidationError(_("Check the address: it should look like name@example.com."), code="address")
        return found


def stamp_of(at: datetime) -> str:
    return signing.dumps(at.timestamp(), salt=SALT)


def _shown_at(stamp: str) -> datetime | None:
    try:
        moment = signing.loads(stamp, salt=SALT)
    except signing.BadSignature:
        return None
    return datetime.fromtimestamp(float(moment), UTC)
