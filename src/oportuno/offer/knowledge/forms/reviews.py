"""What the market's staff decides, and what both sides say."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from oportuno.offer.knowledge.actions.turns import LONGEST
from oportuno.offer.knowledge.rules.subjects import ICONS


class WordsForm(forms.Form):
    """Something said about a contribution."""

    text = forms.CharField(
        label=gettext_lazy("What you want to say"), required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 4})
    )


class DecisionForm(WordsForm):
    """`stroke`: of the draft that was read."""

    verdict = forms.ChoiceField(choices=[(one, one) for one in ("approve", "changes", "decline", "comment")], widget=forms.HiddenInput)
    stroke = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False, widget=forms.HiddenInput)


class WithdrawalForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why it is withdrawn: everybody reads this"), max_length=500, widget=forms.Textarea({"rows": 2})
    )


class SubjectForm(forms.Form):
    """A subject of the knowledge centre."""

    slug = forms.SlugField(label=gettext_lazy("Address"), max_length=60)
    title_es = forms.CharField(label=pgettext_lazy("subject", "In Spanish"), max_length=80)
    title_en = forms.CharField(label=pgettext_lazy("subject", "In English"), max_length=80)
    line_es = forms.CharField(label=gettext_lazy("A line about it, in Spanish"), max_length=200, required=False)
    line_en = forms.CharField(label=gettext_lazy("A line about it, in English"), max_length=200, required=False)
    icon = forms.ChoiceField(label=pgettext_lazy("subject", "Icon"), choices=[(one, one) for one in ICONS], required=False)
    position = forms.IntegerField(label=pgettext_lazy("subject", "Place"), min_value=0, max_value=999, required=False)
