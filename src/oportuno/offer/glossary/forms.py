"""Forms of the glossary."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from oportuno.kernel.content import ContentField, Editing, read, write
from oportuno.kernel.ui.inputs import TagsField
from oportuno.offer.glossary.rules.said import LANGUAGES, LONGEST_LINE, LONGEST_NAME, Said, lines_of_references, references_of_lines

MOST_BYTES = 20 * 2**20


class TermForm(forms.Form):
    """A term, whoever writes it."""

    name_es = forms.CharField(label=gettext_lazy("Name in Spanish"), max_length=LONGEST_NAME, required=False)
    others_es = TagsField(label=gettext_lazy("Other names in Spanish"), required=False)
    line_es = forms.CharField(
        label=gettext_lazy("What it means, in Spanish"), max_length=LONGEST_LINE, required=False, widget=forms.Textarea({"rows": 2})
    )
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=LONGEST_NAME, required=False)
    others_en = TagsField(label=gettext_lazy("Other names in English"), required=False)
    line_en = forms.CharField(
        label=gettext_lazy("What it means, in English"), max_length=LONGEST_LINE, required=False, widget=forms.Textarea({"rows": 2})
    )
    see = TagsField(label=gettext_lazy("See also"), required=False)
    references = forms.CharField(label=gettext_lazy("Sources"), required=False, max_length=8_000, widget=forms.Textarea({"rows": 3}))
    sector = forms.ChoiceField(label=gettext_lazy("Sector"), required=False)
    linked = forms.BooleanField(label=gettext_lazy("Texts of the market lead here by themselves"), required=False, initial=True)
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, editing: Editing, sectors: list[tuple[str, str]], said: Said | None = None, version: int = 0
    ) -> None:
        super().__init__(data, initial=_initial(said, version) if said else {"version": version})
        for language, label in (("es", _("More about it, in Spanish")), ("en", _("More about it, in English"))):
            self.fields[f"body_{language}"] = ContentField(label=label, editing=editing, required=False)
        field = self.fields["sector"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Of any sector")), *sectors]

    @property
    def said(self) -> Said:
        """What was typed; after `is_valid`."""
        given = self.cleaned_data
        parts: dict[str, Any] = {f"{part}_{one}": given[f"{part}_{one}"] for part in ("name", "line") for one in LANGUAGES}
        parts |= {f"others_{one}": tuple(given[f"others_{one}"]) for one in LANGUAGES}
        parts |= {f"body_{one}": write(given[f"body_{one}"]) for one in LANGUAGES}
        sources = references_of_lines(given["references"])
        return Said(**parts, see=tuple(given["see"]), references=sources, sector=given["sector"], linked=given["linked"])


class ProposalForm(TermForm):
    """The same with a word to the market."""

    note = forms.CharField(label=gettext_lazy("A word to the market"), max_length=500, required=False, widget=forms.Textarea({"rows": 2}))


class DecisionForm(TermForm):
    """What a seller proposed, as staff would write it, and the verdict."""

    verdict = forms.ChoiceField(choices=[(one, one) for one in ("accept", "changes", "decline")], widget=forms.HiddenInput)
    answer = forms.CharField(
        label=pgettext_lazy("proposal", "What you answer"), max_length=1_000, required=False, widget=forms.Textarea({"rows": 3})
    )


class SheetForm(forms.Form):
    """A glossary in a file."""

    file = forms.FileField(label=gettext_lazy("File"), help_text="")
    dry = forms.BooleanField(required=False)

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large: at most 20 MB."))
        content = file.read()
        try:
            return str(content.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return str(content.decode("latin-1"))


def _initial(said: Said, version: int) -> dict[str, Any]:
    plain = {name: getattr(said, name) for name in ("name_es", "name_en", "line_es", "line_en", "sector", "linked")}
    many = {name: list(getattr(said, name)) for name in ("others_es", "others_en", "see")}
    bodies = {f"body_{one}": read(body) for one in ("es", "en") if (body := getattr(said, f"body_{one}"))}
    return {**plain, **many, **bodies, "references": lines_of_references(said.references), "version": version}
