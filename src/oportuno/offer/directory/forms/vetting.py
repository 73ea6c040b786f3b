"""Evidence, the commitment, decisions and where a seller stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.packs.method import Commitment, Reason
from oportuno.kernel.ui.inputs import DateInput, PhoneInput
from oportuno.offer.directory.models import Milestone, Verdict
from oportuno.offer.directory.queries.verticals import said

ACCEPTS = ".pdf,.png,.jpg,.jpeg,.webp,.docx,.xlsx"


class EvidenceForm(forms.Form):
    """One piece of evidence; `kind` chooses its fields. Reviewers (`market`) bring words, a file, or both."""

    def __init__(self, *args: Any, kind: str, market: bool = False, label: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file = forms.FileField(label=_("File"), required=not market, widget=forms.FileInput({"accept": ACCEPTS}))
        if kind == "number":
            self.fields["words"] = forms.CharField(label=label or _("Number"), max_length=30)
        elif kind == "reference" and not market:
            self.fields["name"] = forms.CharField(label=_("Customer's name"), max_length=120)
            self.fields["phone"] = forms.CharField(label=_("Customer's phone"), widget=PhoneInput({"autocomplete": "off"}))
            self.fields["email"] = forms.CharField(label=_("Customer's e-mail"), required=False, max_length=254)
        elif kind == "document" and not market:
            self.fields["file"] = file
            self.fields["words"] = forms.CharField(label=_("Note for the reviewer"), required=False, max_length=300)
        else:
            self.fields["words"] = forms.CharField(
                label=_("What was found"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
            )
            self.fields["file"] = file

    @property
    def said(self) -> dict[str, Any]:
        """Of a valid form: what the action takes."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        file = self.cleaned_data.get("file")
        return typed | ({"file": file.file, "file_name": file.name} if file else {})


class CommitmentForm(forms.Form):
    """The declaration, and a day for each milestone."""

    def __init__(self, *args: Any, words: Commitment, kept: Sequence[Milestone], today: date, signed: bool, **kwargs: Any) -> None:
        days = {one.key: one.due_on for one in kept}
        super().__init__(*args, initial={"accepted": signed}, **kwargs)
        for one in words.milestones:
            field = forms.DateField(label=one.title.in_("es"), widget=DateInput, initial=days.get(one.key, today + timedelta(days=one.day)))
            field.label, field.help_text = said(one.title.model_dump()), said(one.description.model_dump())
            self.fields[f"due_{one.key}"] = field
        self.keys = [one.key for one in words.milestones]
        self.fields["accepted"] = forms.BooleanField(label=_("I accept the declaration"), required=False)

    @property
    def milestones(self) -> list[Any]:
        return [self[f"due_{key}"] for key in self.keys]

    @property
    def due(self) -> Mapping[str, date]:
        """Of a valid form."""
        return {key: self.cleaned_data[f"due_{key}"] for key in self.keys}


class DecisionForm(forms.Form):
    """What a reviewer says of one requirement."""

    verdict = forms.ChoiceField(label=_("Decision"), choices=Verdict.choices, widget=forms.RadioSelect)
    usual = forms.ChoiceField(label=_("A usual reason"), required=False)
    own = forms.CharField(label=_("In your own words, for the seller"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2}))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, reasons: Sequence[Reason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (label, [(one.text.in_(_here()),) * 2 for one in reasons if one.decision == verdict]) for verdict, label in Verdict.choices
        ]
        self.fields["usual"].choices = [("", "—"), *((label, ones) for label, ones in groups if ones)]  # type: ignore[attr-defined]

    @property
    def reason(self) -> str:
        """Of a valid form: the usual reason, and what was added to it."""
        return " ".join(part for part in (self.cleaned_data["usual"], self.cleaned_data["own"].strip()) if part)


class StandingForm(forms.Form):
    """Suspend, lift or withdraw, with a reason."""

    wanted = forms.ChoiceField(choices=[("suspend", "suspend"), ("reinstate", "reinstate"), ("revoke", "revoke")], widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason, for the seller"), max_length=2000, widget=forms.Textarea({"rows": 3}))


def _here() -> str:
    return get_language() or "es"
