"""What readers say: comments, and topics that they ask for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oportuno.offer.sites.actions.commenting import LONGEST
from oportuno.offer.sites.actions.topics import LONGEST_DETAILS, LONGEST_TITLE
from oportuno.people.audience.api.forms import EmailField, PublicForm


class CommentForm(PublicForm):
    """A comment of somebody whom the site does not know: nobody is signed in there."""

    text = forms.CharField(label=gettext_lazy("Your comment"), max_length=LONGEST, widget=forms.Textarea({"rows": "6"}))
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    email = EmailField(label=gettext_lazy("Your e-mail (nobody sees it)"), max_length=254)
    follows = forms.BooleanField(label=gettext_lazy("Tell me of replies by mail"), required=False)
    parent = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, at: datetime, **more: Any) -> None:
        super().__init__(*args, at=at, **{"auto_id": "comentario_%s", **more})


class TopicForm(PublicForm):
    """A topic that a reader asks for. The address is left only with consent, and consent only with an address."""

    title = forms.CharField(label=gettext_lazy("What would you like to read about?"), max_length=LONGEST_TITLE)
    details = forms.CharField(
        label=gettext_lazy("What exactly do you want to know?"),
        max_length=LONGEST_DETAILS,
        required=False,
        widget=forms.Textarea({"rows": "3"}),
    )
    email = EmailField(label=gettext_lazy("Your e-mail, if you want to hear when it is written"), max_length=254, required=False)
    agrees = forms.BooleanField(label=gettext_lazy("I agree"), required=False)

    def __init__(self, *args: Any, at: datetime, **more: Any) -> None:
        super().__init__(*args, at=at, **{"auto_id": "tema_%s", **more})

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("email") and not said.get("agrees"):
            self.add_error("agrees", _("Without your agreement we may not write to you: tick the box, or leave the address empty."))
        if said.get("agrees") and not said.get("email") and "email" not in self.errors:
            self.add_error("email", _("Write the address to which we should write."))
        return said


class TopicTitleForm(forms.Form):
    """A topic as the team says it."""

    title = forms.CharField(label=gettext_lazy("Topic"), max_length=LONGEST_TITLE)
