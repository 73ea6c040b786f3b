"""Building a form: its questions in rows that move without JavaScript too, and its settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from oportuno.kernel.ui.inputs import TagsField
from oportuno.offer.sites.api.inquiries import Settings
from oportuno.offer.sites.models import Entry, Form, Invites
from oportuno.offer.sites.rules import forms as rules
from oportuno.offer.sites.rules.forms import Question
from oportuno.people.organisations.api import Person

SORTS = {
    "line": pgettext_lazy("question", "One line"),
    "text": pgettext_lazy("question", "Long text"),
    "name": pgettext_lazy("question", "Name"),
    "email": pgettext_lazy("question", "E-mail"),
    "phone": pgettext_lazy("question", "Phone"),
    "number": pgettext_lazy("question", "Number"),
    "date": pgettext_lazy("question", "Date"),
    "choice": pgettext_lazy("question", "One of several"),
    "choices": pgettext_lazy("question", "Several of them"),
    "yes": pgettext_lazy("question", "Yes or no"),
    "file": pgettext_lazy("question", "File"),
    "hidden": pgettext_lazy("question", "Hidden: where it came from"),
}
FIRST_WORDS = {
    "name": gettext_lazy("What is your name?"),
    "email": gettext_lazy("Your e-mail"),
    "phone": gettext_lazy("Your phone"),
    "hidden": gettext_lazy("Where it came from"),
}


class QuestionForm(forms.Form):
    """One row. What a sort does not have, it does not show."""

    key = forms.CharField(max_length=rules.LONGEST_KEY, required=False, widget=forms.HiddenInput)
    sort = forms.ChoiceField(choices=[(one, one) for one in rules.SORTS], widget=forms.HiddenInput)
    label = forms.CharField(label=gettext_lazy("Question"), max_length=rules.LONGEST_LABEL)
    help = forms.CharField(label=gettext_lazy("Help below it"), max_length=rules.LONGEST_HELP, required=False)
    options = forms.CharField(
        label=gettext_lazy("Answers to choose from, one a line"), required=False, widget=forms.Textarea({"rows": "4"})
    )
    param = forms.CharField(label=gettext_lazy("Word of the address"), max_length=rules.LONGEST_KEY, required=False)
    required = forms.BooleanField(label=gettext_lazy("Must be answered"), required=False)
    anew = forms.BooleanField(label=gettext_lazy("Ask it every time, even if it is known"), required=False)

    @property
    def what(self) -> str:
        """Its sort, as it was begun."""
        return str(self["sort"].value())

    @property
    def words(self) -> str:
        return str(SORTS.get(self.what, self.what))

    def clean_options(self) -> tuple[str, ...]:
        lines = [" ".join(one.split()) for one in self.cleaned_data["options"].splitlines()]
        found = tuple(dict.fromkeys(one for one in lines if one))
        if self.what in rules.CHOSEN and len(found) < 2:
            raise forms.ValidationError(_("Write at least two answers to choose from."))
        if len(found) > rules.MOST_OPTIONS or any(len(one) > rules.LONGEST_OPTION for one in found):
            raise forms.ValidationError(
                _("At most %(most)s answers, each of %(longest)s characters.")
                % {"most": rules.MOST_OPTIONS, "longest": rules.LONGEST_OPTION}
            )
        return found

    def question(self) -> Question:
        said = self.cleaned_data
        sort = said["sort"]
        options = said["options"] if sort in rules.CHOSEN else tuple(filter(None, [said["param"].strip()])) if sort == "hidden" else ()
        return Question(
            said["key"], sort, said["label"].strip(), said["help"].strip(), said["required"] and sort != "hidden", options, said["anew"]
        )


class Rows:
    """The questions of a builder, as they were kept or as they were sent. `move` changes their order before anything is kept."""

    def __init__(self, questions: Sequence[Question] = (), data: Mapping[str, Any] | None = None) -> None:
        self.bound = data is not None
        given = data if isinstance(data, MultiValueDict) else MultiValueDict()
        count = min(_number(given.get("rows", "")), rules.MOST_QUESTIONS)
        kept = [_initial(one) for one in questions]
        sent = [{name: given.get(f"q{row}-{name}", "") for name in QuestionForm.base_fields} for row in range(count)]
        self._rows: list[dict[str, Any]] = sent if self.bound else kept
        self.forms = self._drawn(check=self.bound)

    def move(self, do: str, row: int) -> None:
        """`do` up, down or remove; for what is not there nothing."""
        if not 0 <= row < len(self._rows):
            return
        one = self._rows.pop(row)
        if do != "remove":
            self._rows.insert(max(0, row - 1) if do == "up" else row + 1, one)
        self.forms = self._drawn(check=False)

    def add(self, sort: str) -> None:
        if sort in rules.SORTS and len(self._rows) < rules.MOST_QUESTIONS:
            self._rows.append(
                {"sort": sort, "label": str(FIRST_WORDS.get(sort, "")), "anew": "on" if sort in rules.ANEW else "", "key": ""}
            )
        self.forms = self._drawn(check=False)

    def is_valid(self) -> bool:
        wrong = [one for one in self.forms if not one.is_valid()]  # each is looked at, so that each says what is wrong
        return not wrong

    def questions(self) -> list[Question]:
        return [one.question() for one in self.forms]

    def _drawn(self, *, check: bool) -> list[QuestionForm]:
        if not check:
            return [QuestionForm(prefix=f"q{at}", initial=one) for at, one in enumerate(self._rows)]
        return [QuestionForm({f"q{at}-{name}": value for name, value in one.items()}, prefix=f"q{at}") for at, one in enumerate(self._rows)]


def _initial(one: Question) -> dict[str, Any]:
    return {
        "key": one.key, "sort": one.sort, "label": one.label, "help": one.help, "required": "on" if one.required else "",
        "anew": "on" if one.anew else "", "options": "\n".join(one.options) if one.sort in rules.CHOSEN else "",
        "param": one.options[0] if one.sort == "hidden" and one.options else "",
    }  # fmt: skip


def _number(text: Any) -> int:
    return int(text) if str(text).isascii() and str(text).isdigit() and len(str(text)) < 4 else 0


class SettingsForm(forms.Form):
    """What a form says besides its questions."""

    title = forms.CharField(label=gettext_lazy("Name of the form"), max_length=120)
    intro = forms.CharField(label=gettext_lazy("What it is for"), max_length=600, required=False, widget=forms.Textarea({"rows": "2"}))
    button = forms.CharField(label=gettext_lazy("Words on the button"), max_length=60, required=False)
    at_once = forms.IntegerField(label=gettext_lazy("At most this many questions at once"), min_value=0, max_value=rules.MOST_QUESTIONS)
    thanks = forms.CharField(label=gettext_lazy("Words of thanks"), max_length=1000, required=False, widget=forms.Textarea({"rows": "2"}))
    leads_to = forms.ChoiceField(label=gettext_lazy("Or lead to a page"), required=False)
    tells = forms.MultipleChoiceField(label=gettext_lazy("Who hears of it by mail"), required=False, widget=forms.CheckboxSelectMultiple)
    tags = TagsField(label=gettext_lazy("Tags for the contact"), required=False)
    words = forms.CharField(
        label=gettext_lazy("What one agrees to by sending it"), max_length=2000, required=False, widget=forms.Textarea({"rows": "4"})
    )
    invites = forms.ChoiceField(label=gettext_lazy("Invite to more"), choices=Invites.choices, required=False)

    def __init__(self, data: Any = None, *, form: Form, pages: Sequence[tuple[int, Entry]], team: Sequence[Person]) -> None:
        names = ("title", "intro", "button", "at_once", "thanks", "tags", "words", "invites")
        initial = {name: getattr(form, name) for name in names}
        super().__init__(data, initial={**initial, "leads_to": str(form.leads_to_id or ""), "tells": [str(one) for one in form.tells]})
        led = [(str(one.pk), "— " * depth + one.title) for depth, one in pages]
        self.fields["leads_to"].choices = [("", _("No: say thanks")), *led]  # type: ignore[attr-defined]
        self.fields["tells"].choices = [(str(one.pk), f"{one.name} · {one.email}") for one in team]  # type: ignore[attr-defined]

    def settings(self) -> Settings:
        said = dict(self.cleaned_data)
        led, tells = said.pop("leads_to"), said.pop("tells")
        return Settings(**said, leads_to=UUID(led) if led else None, tells=[UUID(one) for one in tells])
