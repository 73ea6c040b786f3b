"""What people type on public pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from oportuno.people.audience.api.forms import EmailField, PublicForm


class GuideNewsForm(PublicForm):
    """An address, and agreeing. The box is never ticked before."""

    email = EmailField(label=_("Your e-mail"), max_length=254)
    name = forms.CharField(label=_("Your name"), max_length=160, required=False, widget=forms.TextInput({"autocomplete": "name"}))
    agrees = forms.BooleanField(label=_("I agree"), error_messages={"required": _("Without your agreement we may not write to you.")})
