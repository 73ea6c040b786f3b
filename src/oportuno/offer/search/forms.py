"""What a person tells about a search she keeps."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SaveSearchForm(forms.Form):
    """`question` is the search as its address says it, without the question mark."""

    name = forms.CharField(label=_("Name it"), max_length=120, required=False)
    question = forms.CharField(max_length=2000, widget=forms.HiddenInput)
