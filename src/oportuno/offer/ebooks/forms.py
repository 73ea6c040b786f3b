"""Forms of books."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from oportuno.kernel.content import ContentField, Editing, read, write
from oportuno.offer.ebooks.actions.keeping import MOST_ARTICLES, Choice
from oportuno.offer.ebooks.models import Book, Language
from oportuno.offer.ebooks.queries.colours import palette


class BookForm(forms.Form):
    """A book; `place_<number>` says where a text stands in it, empty: not in it."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=140)
    subtitle = forms.CharField(label=gettext_lazy("Subtitle"), max_length=200, required=False)
    language = forms.ChoiceField(label=pgettext_lazy("book", "Language"), choices=Language.choices)
    line = forms.CharField(
        label=gettext_lazy("What it is about, in two lines"), max_length=400, required=False, widget=forms.Textarea({"rows": 2})
    )
    colours = forms.ChoiceField(label=gettext_lazy("Colours of the cover"), required=False)
    with_words = forms.BooleanField(label=gettext_lazy("With the terms of the glossary that it uses"), required=False, initial=True)
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, editing: Editing, numbers: Sequence[int], book: Book | None = None) -> None:
        super().__init__(data, initial=_initial(book) if book else {"version": 0, "with_words": True})
        self.fields["introduction"] = ContentField(label=gettext_lazy("Introduction"), editing=editing, required=False)
        colours = self.fields["colours"]
        assert isinstance(colours, forms.ChoiceField)
        colours.choices = [(one.slug, one.title or one.slug) for one in palette()]
        places = {number: place for place, number in enumerate(book.articles if book else (), 1)}
        for number in numbers:
            self.fields[f"place_{number}"] = forms.IntegerField(
                label=gettext_lazy("Place"), min_value=1, max_value=MOST_ARTICLES * 10, required=False, initial=places.get(number)
            )
        self.numbers = list(numbers)

    @property
    def choice(self) -> Choice:
        """What was typed; after `is_valid`."""
        given = self.cleaned_data
        placed = sorted((given[f"place_{number}"], at, number) for at, number in enumerate(self.numbers) if given[f"place_{number}"])
        return Choice(
            title=given["title"],
            subtitle=given["subtitle"],
            language=given["language"],
            line=given["line"],
            introduction=write(given["introduction"]),
            articles=[number for _place, _at, number in placed],
            colours=given["colours"],
            with_words=given["with_words"],
        )


def _initial(book: Book) -> dict[str, Any]:
    plain = {name: getattr(book, name) for name in ("title", "subtitle", "language", "line", "colours", "with_words", "version")}
    return {**plain, **({"introduction": read(book.introduction)} if book.introduction else {})}
