"""A source by form, and sources pasted from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from oportuno.offer.knowledge.rules.sources import FIELDS, TYPES, doi_of, names_of, names_written
from oportuno.offer.knowledge.rules.sources.dates import date_parts, written

KINDS = {
    "article-journal": pgettext_lazy("source", "Article of a journal"),
    "book": pgettext_lazy("source", "Book"),
    "chapter": pgettext_lazy("source", "Chapter of a book"),
    "report": pgettext_lazy("source", "Report"),
    "standard": pgettext_lazy("source", "Standard (NTC, ISO…)"),
    "legislation": pgettext_lazy("source", "Law or resolution"),
    "thesis": pgettext_lazy("source", "Thesis"),
    "paper-conference": pgettext_lazy("source", "Paper at a conference"),
    "webpage": pgettext_lazy("source", "Page on the web"),
    "article-magazine": pgettext_lazy("source", "Article of a magazine"),
    "article-newspaper": pgettext_lazy("source", "Article of a newspaper"),
    "dataset": pgettext_lazy("source", "Data"),
    "motion_picture": pgettext_lazy("source", "Video"),
}


class SourceForm(forms.Form):
    """Fields are called as in CSL-JSON. People are written "Family, Given", one a line; organisations without a comma."""

    type = forms.ChoiceField(label=gettext_lazy("Kind of source"), choices=[(kind, KINDS[kind]) for kind in TYPES])
    author = forms.CharField(label=gettext_lazy("Authors"), required=False, max_length=4000, widget=forms.Textarea({"rows": 2}))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=500)
    issued = forms.CharField(label=gettext_lazy("Date"), required=False, max_length=20)
    container_title = forms.CharField(label=gettext_lazy("Journal, book or site it appeared in"), required=False, max_length=300)
    volume = forms.CharField(label=gettext_lazy("Volume"), required=False, max_length=200)
    issue = forms.CharField(label=pgettext_lazy("journal", "Issue"), required=False, max_length=200)
    page = forms.CharField(label=gettext_lazy("Pages"), required=False, max_length=200)
    editor = forms.CharField(label=gettext_lazy("Editors of the book"), required=False, max_length=4000, widget=forms.Textarea({"rows": 1}))
    edition = forms.CharField(label=pgettext_lazy("book", "Edition"), required=False, max_length=200)
    publisher = forms.CharField(label=gettext_lazy("Publisher, university or authority"), required=False, max_length=200)
    number = forms.CharField(label=gettext_lazy("Number of the standard, law or report"), required=False, max_length=200)
    genre = forms.CharField(label=gettext_lazy("Kind of thesis or report"), required=False, max_length=200)
    DOI = forms.CharField(label="DOI", required=False, max_length=300)
    URL = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=1000)
    ISBN = forms.CharField(label="ISBN", required=False, max_length=200)
    key = forms.CharField(label=gettext_lazy("Key"), required=False, max_length=60)

    def clean_issued(self) -> list[int]:
        given = self.cleaned_data["issued"]
        parts = date_parts(given)
        if given and not parts:
            raise forms.ValidationError(_("Write the year, or the day as 2024-05-31."))
        return parts

    def clean_DOI(self) -> str:
        given = str(self.cleaned_data["DOI"])
        found = doi_of(given)
        if given.strip() and not found:
            raise forms.ValidationError(_("A DOI begins with 10. and has a slash, such as 10.1016/j.postharvbio.2010.01.001."))
        return found

    def csl(self) -> dict[str, Any]:
        said = self.cleaned_data
        item = {field: said[name] for field in FIELDS if (name := field.replace("-", "_")) in said}
        return {
            **item,
            "type": said["type"],
            "author": names_of(said["author"]),
            "editor": names_of(said["editor"]),
            "issued": {"date-parts": [said["issued"]]},
        }


class PasteForm(forms.Form):
    """Sources as reference managers give them: pasted, or as a file."""

    text = forms.CharField(
        label=gettext_lazy("BibTeX, RIS, CSL-JSON, or one DOI a line"),
        required=False,
        max_length=1_000_000,
        widget=forms.Textarea({"rows": 5}),
    )
    file = forms.FileField(label=gettext_lazy("Or a file (.bib, .ris, .json)"), required=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        given = said.get("file")
        if given:
            if given.size > 1_000_000:
                self.add_error("file", _("That is too much at once: 1 MB at most."))
            else:
                said["text"] = given.read().decode("utf-8", errors="replace")
        return said


def initial_of(csl: Mapping[str, Any], key: str) -> dict[str, Any]:
    """A source as the form shows it."""
    found = {field.replace("-", "_"): csl.get(field, "") for field in FIELDS}
    parts = csl.get("issued", {}).get("date-parts", [[]])[0]
    names = {role: names_written(csl.get(role, [])).replace("; ", "\n") for role in ("author", "editor")}
    return {**found, **names, "type": csl.get("type", "book"), "issued": written(parts), "key": key}
