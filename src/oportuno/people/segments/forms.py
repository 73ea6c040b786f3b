"""Forms of segments."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ListFileForm(forms.Form):
    """A file with the addresses of people who are contacts already."""

    file = forms.FileField(label=_("File"), error_messages={"empty": _("The file is empty.")})
