"""What anybody types: a question, an address to hear of answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oportuno.offer.experts.queries.fields import fields
from oportuno.offer.experts.rules.asking import LONGEST_DETAILS, LONGEST_TITLE
from oportuno.people.audience.api.forms import EmailField, PublicForm


class QuestionForm(PublicForm):
    """A question to all experts. `seen`: those that ask much the same were shown."""

    title = forms.CharField(label=gettext_lazy("Your question"), max_length=LONGEST_TITLE, widget=forms.TextInput({"autocomplete": "off"}))
    details = forms.CharField(
        label=gettext_lazy("What should one know to answer it?"),
        max_length=LONGEST_DETAILS,
        required=False,
        widget=forms.Textarea({"rows": "5"}),
    )
    field = forms.ChoiceField(label=gettext_lazy("Whose field is it?"), required=False)
    name = forms.CharField(
        label=gettext_lazy("How shall we call you in public?"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    email = EmailField(label=gettext_lazy("Your e-mail (nobody sees it)"), max_length=254)
    agrees = forms.BooleanField(
        label=gettext_lazy("I agree"), error_messages={"required": gettext_lazy("Without your agreement nobody may tell you the answer.")}
    )
    seen = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, at: Any, **more: Any) -> None:
        super().__init__(*args, at=at, **more)
        self.fields["field"].choices = [("", _("I do not know")), *((one.slug, one.title) for one in fields())]  # type: ignore[attr-defined]


class FollowForm(PublicForm):
    """An address, to hear of answers."""

    email = EmailField(label=gettext_lazy("Your e-mail"), max_length=254)
    agrees = forms.BooleanField(
        label=gettext_lazy("I agree"), error_messages={"required": gettext_lazy("Without your agreement we may not write to you.")}
    )

    def __init__(self, *args: Any, at: Any, **more: Any) -> None:
        super().__init__(*args, at=at, **{"auto_id": "seguir_%s", **more})
