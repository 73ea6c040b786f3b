"""Writing an article or a case in one language, who signs it, what it measured, and how it is filed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from oportuno.kernel.content import ContentField, Editing, read, write
from oportuno.kernel.ui.inputs import TagsField
from oportuno.offer.knowledge.models import Article, Category, Draft
from oportuno.offer.knowledge.rules import texts as rules

MOST_FILE = 20 * 2**20


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class ArticleForm(forms.Form):
    """One language of the text, and the filing. Parts of a case are there only for a case."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=rules.LONGEST["title"], required=False)
    summary = forms.CharField(label=gettext_lazy("Summary"), max_length=rules.LONGEST["summary"], required=False, widget=_area(3))
    who = forms.CharField(label=pgettext_lazy("case", "Who"), max_length=rules.LONGEST["who"], required=False, widget=_area(2))
    problem = forms.CharField(label=pgettext_lazy("case", "The problem"), max_length=1500, required=False, widget=_area(3))
    done = forms.CharField(label=pgettext_lazy("case", "What was done"), max_length=1500, required=False, widget=_area(3))
    result = forms.CharField(label=pgettext_lazy("case", "What came of it"), max_length=1500, required=False, widget=_area(3))
    categories = forms.MultipleChoiceField(label=gettext_lazy("Subjects"), required=False, widget=forms.CheckboxSelectMultiple)
    tags = TagsField(label=gettext_lazy("Tags"), required=False)
    sector = forms.ChoiceField(label=gettext_lazy("Sector"), required=False)
    about_seller = forms.CharField(label=gettext_lazy("Seller it tells of"), max_length=60, required=False)
    persona = forms.ChoiceField(label=gettext_lazy("For whom"), required=False)
    stage = forms.ChoiceField(label=gettext_lazy("At which stage of the way"), required=False)
    slug = forms.CharField(label=gettext_lazy("Address"), max_length=100, required=False)
    picture = forms.FileField(label=gettext_lazy("Opening picture"), required=False)
    picture_alt = forms.CharField(label=gettext_lazy("What the picture shows"), max_length=200, required=False)
    no_picture = forms.BooleanField(label=gettext_lazy("Take the picture away"), required=False)
    news = forms.CharField(label=gettext_lazy("What changes with this version"), max_length=300, required=False, widget=_area(2))
    news_en = forms.CharField(label=gettext_lazy("The same in English"), max_length=300, required=False, widget=_area(2))

    def __init__(
        self, data: Any = None, files: Any = None, *, article: Article, draft: Draft, language: str, editing: Editing,
        categories: Sequence[Category], sectors: Sequence[tuple[str, str]], about: str,
        personas: Sequence[tuple[str, str]] = (), stages: Sequence[tuple[str, str]] = (),
    ) -> None:  # fmt: skip
        super().__init__(data, files, initial=_initial(draft, language, about))
        document = draft.texts.get(language, {}).get("document")
        self.fields["content"] = ContentField(
            label=_("Content"), editing=editing, required=False, initial=read(document) if document else None
        )
        named = "title_en" if language == "en" else "title_es"
        choices: Any = [(one.slug, getattr(one, named)) for one in categories]
        self.fields["categories"].choices = choices  # type: ignore[attr-defined]
        self.fields["sector"].choices = [("", _("Of any sector")), *sectors]  # type: ignore[attr-defined]
        whom: dict[str, Any] = {"persona": personas, "stage": personas and stages}
        for name, known in whom.items():
            self.fields[name].choices = [("", pgettext_lazy("stage", "None in particular")), *known]  # type: ignore[attr-defined]
            if not known:
                del self.fields[name]
        if article.kind != "case":
            for part in (*rules.PARTS_OF_A_CASE, "about_seller"):
                del self.fields[part]

    def clean_picture(self) -> Any:
        given = self.cleaned_data["picture"]
        if given and given.size > MOST_FILE:
            raise forms.ValidationError(_("The picture is too large: at most 20 MB."))
        return given

    def text(self) -> dict[str, Any]:
        """What was typed of the text, its document as JSON."""
        said = self.cleaned_data
        return {**{part: said[part] for part in rules.WORDS if part in said}, "document": write(said["content"])}

    def filing(self) -> dict[str, Any]:
        names = ("categories", "tags", "sector", "slug", "about_seller", "persona", "stage")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class BylineForm(forms.Form):
    """Somebody who signs. `author`: her page in the site, if she has one."""

    given = forms.CharField(label=gettext_lazy("Given names"), max_length=120, required=False)
    family = forms.CharField(label=gettext_lazy("Family names"), max_length=120, required=False)
    affiliation = forms.CharField(label=gettext_lazy("Where she or he works"), max_length=120, required=False)
    orcid = forms.CharField(label="ORCID", max_length=19, required=False)
    author = forms.ChoiceField(label=gettext_lazy("Page in your site"), required=False)

    def __init__(self, *args: Any, authors: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["author"].choices = [("", _("None")), *authors]  # type: ignore[attr-defined]

    def clean_orcid(self) -> str:
        given = str(self.cleaned_data["orcid"]).strip().upper()
        if given and not rules.is_orcid(given):
            raise forms.ValidationError(_("An ORCID has four groups of four, such as 0000-0002-1825-0097."))
        return given

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("given") and not said.get("family"):
            self.add_error("family", _("Write the family names here: citations begin with them."))
        return said


class FigureForm(forms.Form):
    """Something that a case measured."""

    es = forms.CharField(label=gettext_lazy("What was measured (Spanish)"), max_length=80, required=False)
    en = forms.CharField(label=gettext_lazy("What was measured (English)"), max_length=80, required=False)
    before = forms.CharField(label=pgettext_lazy("figure", "Before"), max_length=80, required=False)
    after = forms.CharField(label=pgettext_lazy("figure", "After"), max_length=80, required=False)
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=80, required=False)


Bylines = forms.formset_factory(BylineForm, extra=1, max_num=rules.MOST_AUTHORS, absolute_max=rules.MOST_AUTHORS)
Figures = forms.formset_factory(FigureForm, extra=2, max_num=rules.MOST_FIGURES, absolute_max=rules.MOST_FIGURES)


def _initial(draft: Draft, language: str, about: str) -> dict[str, Any]:
    text = draft.texts.get(language, {})
    filing = draft.filing
    return {
        **{part: text.get(part, "") for part in rules.WORDS},
        "categories": filing.get("categories", []),
        "tags": ", ".join(filing.get("tags", [])),
        "sector": filing.get("sector", ""),
        "slug": filing.get("slug", ""),
        "persona": filing.get("persona", ""),
        "stage": filing.get("stage", ""),
        "about_seller": about,
        "news": draft.news,
        "news_en": draft.news_en,
    }
