"""Forms: what people type."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oportuno.kernel.ui.inputs import DateInput, TagsField
from oportuno.people.audience.actions.asking import LONGEST_QUESTION
from oportuno.people.audience.actions.importing.deciding import Proof
from oportuno.people.audience.api.forms import EmailField, PublicForm, stamp_of
from oportuno.people.audience.models import ContactImport, Purpose, Stage
from oportuno.people.audience.queries import ports
from oportuno.people.audience.queries.fields import fields_of
from oportuno.people.audience.queries.sentences import target_choices
from oportuno.people.audience.rules import addresses
from oportuno.people.audience.rules.addresses import Given
from oportuno.people.audience.rules.bringing.columns import ADVERTISING, FIELD, field_key

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


class ContactsFileForm(forms.Form):
    """A file of contacts."""

    file = forms.FileField(label=_("File"))


class ColumnsForm(forms.Form):
    """What the columns of a file are, and how everybody in it agreed to advertising. `run` is an import that waits for it."""

    agreed_to = forms.MultipleChoiceField(
        label=_("Everybody in the file agreed to get"),
        required=False,
        choices=[(value, label) for value, label in Purpose.choices if value in ADVERTISING],
        widget=forms.CheckboxSelectMultiple,
    )
    how = forms.CharField(label=_("Where and how they agreed"), required=False, max_length=40)
    words = forms.CharField(label=_("The words they agreed to"), required=False, max_length=2000, widget=forms.Textarea({"rows": "3"}))
    agreed_on = forms.DateField(label=_("When they agreed"), required=False, widget=DateInput())
    tags = TagsField(label=_("Tags for everybody in the file"), required=False)
    fill_only = forms.BooleanField(label=_("Only fill in what is missing; what we know stays as it is"), required=False)

    def __init__(self, *args: Any, run: ContactImport, **more: Any) -> None:
        super().__init__(*args, **more)
        self._headings = [heading for heading in dict.fromkeys(run.header) if heading in run.mapping]  # as in the file
        declared = [(f"{FIELD}{one.key}", one.label) for one in fields_of(run.organisation_id)]
        for place, heading in enumerate(self._headings):
            key = field_key(heading)
            own = declared + ([(f"{FIELD}{key}", _("A field of its own"))] if key and f"{FIELD}{key}" not in dict(declared) else [])
            field = forms.ChoiceField(label=heading, choices=[("", _("Leave out")), *target_choices(), *own], required=False)
            field.initial = run.mapping[heading]
            self.fields[f"column-{place}"] = field

    def columns(self) -> list[forms.BoundField]:
        return [self[f"column-{place}"] for place in range(len(self._headings))]

    def mapping(self) -> dict[str, str]:
        return {heading: self.cleaned_data[f"column-{place}"] for place, heading in enumerate(self._headings)}

    def proof(self) -> Proof | None:
        """None when nobody said that they agreed; the moment is the day's beginning in the market's zone."""
        said = self.cleaned_data
        if not said["agreed_to"]:
            return None
        day = said["agreed_on"] or timezone.localdate()
        return Proof(said["agreed_to"], said["how"], said["words"], timezone.make_aware(datetime.combine(day, time())))
