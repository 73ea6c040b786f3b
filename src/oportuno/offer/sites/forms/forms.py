"""A form of a site, as visitors fill it in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oportuno.kernel.ui.inputs import DateInput, PhoneInput
from oportuno.offer.sites.rules.forms import LONGEST_LINE, LONGEST_TEXT, ONCE_EACH, Question
from oportuno.people.audience.api import addresses
from oportuno.people.audience.api.forms import EmailField, PublicForm

MOST_RADIOS = 8  # more options than this are a list that opens


class PhoneField(forms.CharField):
    """A number as people of a country write it, to E.164: `Given`."""

    widget = PhoneInput

    def __init__(self, *, country: str, **more: Any) -> None:
        super().__init__(max_length=40, **more)
        self.country = country

    def clean(self, value: Any) -> addresses.Given | None:
        text = super().clean(value)
        if not text:
            return None
        found = addresses.phone(text, self.country)
        if found is None:
            raise forms.ValidationError(_("Check the number: write it with its area code."), code="phone")
        return found


class OptionalEmail(EmailField):
    """An address, or nothing."""

    def clean(self, value: Any) -> Any:
        return None if not self.required and not str(value or "").strip() else super().clean(value)


class AnswerForm(PublicForm):
    """The questions that are asked now. `agrees` is there where they tell who somebody is, `invited` where the form invites to more."""

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Question],
        at: datetime,
        country: str = "CO",
        consents: bool = False,
        invites: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(*args, at=at, **more)
        self.questions = [one for one in questions if one.sort != "hidden"]
        for one in self.questions:
            self.fields[name_of(one)] = _field(one, country)
        if consents:
            self.fields["agrees"] = forms.BooleanField(
                label=_("I agree"), error_messages={"required": _("Without your agreement we may not keep what you write: tick the box.")}
            )
        if invites:
            self.fields["invited"] = forms.BooleanField(label=_("I agree"), required=False)

    @property
    def asked(self) -> list[tuple[Question, forms.BoundField]]:
        return [(one, self[name_of(one)]) for one in self.questions]

    @property
    def is_with_files(self) -> bool:
        return any(one.sort == "file" for one in self.questions)

    def said(self) -> dict[str, Any]:
        """Plain values by key, of what was answered; without files."""
        told = {one.key: _plain(one, self.cleaned_data.get(name_of(one))) for one in self.questions if one.sort != "file"}
        return {key: value for key, value in told.items() if value not in (None, "", [])}

    def sent_files(self) -> dict[str, tuple[Any, str]]:
        sent = {one.key: self.cleaned_data.get(name_of(one)) for one in self.questions if one.sort == "file"}
        return {key: (file, file.name) for key, file in sent.items() if file}

    def one(self, sort: str) -> Any:
        """The answer to the question of this sort, cleaned; None where it is not asked."""
        found = next((one for one in self.questions if one.sort == sort and sort in ONCE_EACH), None)
        return self.cleaned_data.get(name_of(found)) if found else None


def name_of(question: Question) -> str:
    return f"q_{question.key}"


def _plain(question: Question, value: Any) -> Any:
    if isinstance(value, addresses.Given):
        return value.value if question.sort == "email" else value.key
    if question.sort == "yes":
        return {"yes": True, "no": False}.get(value)
    if question.sort == "number":
        return None if value is None else format(value, "f")
    if question.sort == "date":
        return value.isoformat() if value else None
    return value


def _field(one: Question, country: str) -> forms.Field:
    said: dict[str, Any] = {"label": one.label, "help_text": one.help, "required": one.required}
    options = [(each, each) for each in one.options]
    match one.sort:
        case "text":
            return forms.CharField(max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": "5"}), **said)
        case "name":
            return forms.CharField(max_length=120, widget=forms.TextInput({"autocomplete": "name"}), **said)
        case "email":
            return OptionalEmail(max_length=254, **said)
        case "phone":
            return PhoneField(country=country, **said)
        case "number":
            return forms.DecimalField(max_digits=15, decimal_places=4, localize=False, widget=forms.NumberInput({"step": "any"}), **said)
        case "date":
            return forms.DateField(widget=DateInput(), input_formats=["%Y-%m-%d", "%d/%m/%Y"], **said)
        case "choice" if len(options) > MOST_RADIOS or not one.required:
            return forms.ChoiceField(choices=[("", "—"), *options], **said)
        case "choice":
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **said)
        case "choices":
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **said)
        case "yes":
            return forms.ChoiceField(choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))], widget=forms.RadioSelect, **said)
        case "file":
            return forms.FileField(**said)
        case _:
            return forms.CharField(max_length=LONGEST_LINE, **said)
