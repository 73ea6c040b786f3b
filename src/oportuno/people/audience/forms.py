"""Forms: what people type."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oportuno.people.audience.actions.asking import LONGEST_QUESTION
from oportuno.people.audience.api.forms import EmailField, PublicForm, stamp_of
from oportuno.people.audience.models import Stage
from oportuno.people.audience.queries import ports
from oportuno.people.audience.rules import addresses
from oportuno.people.audience.rules.addresses import Given

__all__ = ["BulletinForm", "EmailField", "HoursForm", "PublicForm", "QuestionForm", "StageForm", "stamp_of"]


class BulletinForm(PublicForm):
    """Subscribing. The box of consent is never ticked before."""

    name = forms.CharField(label=_("Your name"), max_length=160, required=False, widget=forms.TextInput({"autocomplete": "name"}))
    email = EmailField(label=_("Your e-mail"), max_length=254)
    topics = forms.MultipleChoiceField(label=_("What interests you"), required=False, widget=forms.CheckboxSelectMultiple)
    agrees = forms.BooleanField(label=_("I agree"), error_messages={"required": _("Without your agreement we may not write to you.")})

    def __init__(self, *args: Any, language: str, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(topic.key, topic.label) for topic in ports.topics(language)]
        if choices:
            self.fields["topics"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["topics"]


class QuestionForm(PublicForm):
    """Asking a seller. `country` is his, for phone numbers written without a prefix."""

    text = forms.CharField(label=_("Your question"), max_length=LONGEST_QUESTION, widget=forms.Textarea({"rows": "5"}))
    name = forms.CharField(label=_("Your name"), max_length=160, widget=forms.TextInput({"autocomplete": "name"}))
    email = EmailField(label=_("Your e-mail"), max_length=254)
    phone = forms.CharField(
        label=_("Your phone"), max_length=40, required=False, widget=forms.TextInput({"type": "tel", "autocomplete": "tel"})
    )
    about_kind = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    about_id = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    about_label = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    agrees = forms.BooleanField(label=_("I agree"), error_messages={"required": _("Without your agreement the seller may not answer you.")})
    bulletin = forms.BooleanField(label=_("Bulletin"), required=False)

    def __init__(self, *args: Any, country: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.country = country

    def clean_phone(self) -> Given | None:
        text = self.cleaned_data["phone"].strip()
        if not text:
            return None
        found = addresses.phone(text, self.country)
        if found is None:
            raise forms.ValidationError(_("Check the number; from another country begin with + and its code."), code="phone")
        return found


class HoursForm(forms.Form):
    """When a seller answers."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (0, _("Monday")),
            (1, _("Tuesday")),
            (2, _("Wednesday")),
            (3, _("Thursday")),
            (4, _("Friday")),
            (5, _("Saturday")),
            (6, _("Sunday")),
        ],
    )
    opens = forms.TimeField(label=pgettext_lazy("opening hours", "From"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    closes = forms.TimeField(label=_("Until"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    within_hours = forms.IntegerField(label=_("Within how many of these hours"), min_value=1, max_value=120)


class StageForm(forms.Form):
    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.choices)
    reason = forms.CharField(label=_("Why"), max_length=200)
