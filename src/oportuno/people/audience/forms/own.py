"""Forms of fields that an organisation made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oportuno.kernel.ui.inputs import Cards, DateInput
from oportuno.people.audience.models import FieldKind
from oportuno.people.audience.rules.own_fields import OwnField, fits

HINTS: dict[str, Any] = {
    FieldKind.TEXT: _("Anything: a name of a pet, an observation."),
    FieldKind.NUMBER: _("To compare with more and less: number of branches, average purchase."),
    FieldKind.DATE: _("A day: birthday, wedding, end of the contract."),
    FieldKind.CHOICE: _("One of a few that you write down: size, preferred colour. Nobody misspells it."),
    FieldKind.YESNO: _("Has a garden: yes or no."),
}


class Lines(forms.CharField):
    """One thing on each line."""

    widget = forms.Textarea({"rows": "5"})

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        return [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]


class FieldForm(forms.Form):
    label = forms.CharField(label=_("Name of the field"), max_length=80)
    kind = forms.ChoiceField(label=_("What stands in it"), choices=FieldKind.choices, widget=Cards(hints=HINTS))
    choices = Lines(label=_("To choose from, one on each line"), required=False, max_length=6000)
    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class RenamedFieldForm(forms.Form):
    """The kind of a field stays: what contacts have in it was written for it."""

    label = forms.CharField(label=_("Name of the field"), max_length=80)
    choices = Lines(label=_("To choose from, one on each line"), required=False, max_length=6000)

    def __init__(self, *args: Any, kind: str, **more: Any) -> None:
        super().__init__(*args, **more)
        if kind != FieldKind.CHOICE:
            del self.fields["choices"]


class ValuesForm(forms.Form):
    """An input for each own field, as its kind asks for; an action reads what was typed."""

    def __init__(self, *args: Any, own: Sequence[OwnField], values: Mapping[str, object], **more: Any) -> None:
        super().__init__(*args, **more)
        self._own = own
        for one in own:
            self.fields[f"own-{one.key}"] = _input(one, values.get(one.key))

    def keys(self) -> list[str]:
        return [one.key for one in self._own]


def _input(own: OwnField, value: object) -> forms.Field:
    """What came before the field had a kind is shown as the text it is, so that nobody loses it by saving."""
    odd = value is not None and not fits(own, value)
    field: forms.Field
    if own.kind == "yesno" and not odd:
        choices = [("", "—"), ("yes", pgettext_lazy("answer", "Yes")), ("no", pgettext_lazy("answer", "No"))]
        field = forms.ChoiceField(label=own.label, required=False, choices=choices)
        field.initial = "" if value is None else "yes" if value else "no"
    elif own.kind == "choice" and not odd:
        field = forms.ChoiceField(label=own.label, required=False, choices=[("", "—"), *((one, one) for one in own.choices)])
        field.initial = value or ""
    elif own.kind == "date" and not odd:
        field = forms.CharField(label=own.label, required=False, widget=DateInput())
        field.initial = value or ""
    else:
        attrs = {"inputmode": "decimal"} if own.kind == "number" else {}
        field = forms.CharField(label=own.label, required=False, max_length=1000, widget=forms.TextInput(attrs))
        field.initial = "" if value is None else value
    return field
