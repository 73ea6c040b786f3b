"""What makers and reviewers of guides type."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oportuno.offer.directory import api as directory
from oportuno.offer.guides.actions.writing import LONGEST_TITLE, Cover
from oportuno.offer.guides.models import GuideVersion
from oportuno.offer.guides.queries.vertical import CHOSEN, Vertical
from oportuno.offer.guides.rules.document import END, Condition, Content, Option, Question, Said, Source, Unreadable, read
from oportuno.people.organisations.api import market_operator

CURRENCIES = ("COP", "MXN", "USD")


def _words(label: Any, most: int = 1200, *, required: bool = False, rows: int = 0) -> forms.CharField:
    widget = forms.Textarea({"rows": str(rows)}) if rows else forms.TextInput
    return forms.CharField(label=label, max_length=most, required=required, widget=widget)


class Versioned(forms.Form):
    """`revision` is the one that the page showed, so that two do not write over each other."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)


class CoverForm(Versioned):
    title_es = _words(_("Title in Spanish"), LONGEST_TITLE, required=True)
    title_en = _words(_("Title in English"), LONGEST_TITLE)
    summary_es = _words(_("What it decides, in Spanish"), 400, rows=2)
    summary_en = _words(_("What it decides, in English"), 400, rows=2)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    advice_es = _words(_("Last advice, in Spanish"), rows=3)
    advice_en = _words(_("Last advice, in English"), rows=3)

    def __init__(self, *args: Any, version: GuideVersion | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        sectors = [(one.slug, directory.said(one.title)) for one in directory.sectors()]
        self.fields["sector"].choices = [("", _("None in particular")), *sectors]  # type: ignore[attr-defined]
        if version is not None:
            self.initial.update(
                _both("title", version.title) | _both("summary", version.summary) | _both("advice", version.content.get("advice", {}))
            )
            self.initial.update(sector=version.sector, revision=version.revision)

    @property
    def cover(self) -> Cover:
        return Cover(_said(self, "title"), _said(self, "summary"), self.cleaned_data["sector"], _said(self, "advice"))


class QuestionForm(Versioned):
    ask_es = _words(_("Question in Spanish"), 200, required=True)
    ask_en = _words(_("Question in English"), 200)
    hint_es = _words(_("Help, in Spanish"), 400, rows=2)
    hint_en = _words(_("Help, in English"), 400, rows=2)
    several = forms.BooleanField(label=_("More than one answer may be chosen"), required=False)

    def question(self, key: str) -> Question:
        return Question(key=key, ask=_said(self, "ask"), hint=_said(self, "hint"), several=self.cleaned_data["several"])

    @staticmethod
    def of(question: Question) -> dict[str, Any]:
        return {**_both("ask", question.ask.model_dump()), **_both("hint", question.hint.model_dump()), "several": question.several}


class OptionForm(Versioned):
    label_es = _words(_("Answer in Spanish"), 160, required=True)
    label_en = _words(_("Answer in English"), 160)
    why_es = _words(_("What it means, in Spanish"), rows=3)
    why_en = _words(_("What it means, in English"), rows=3)
    source_title = _words(_("Where that is written"), 160)
    source_address = forms.URLField(label=_("Its address"), required=False, max_length=500, assume_scheme="https")
    next = forms.ChoiceField(label=_("Then comes"), required=False)

    def __init__(self, *args: Any, content: Content, question: Question, **more: Any) -> None:
        super().__init__(*args, **more)
        later = [(one.key, one.ask.in_("es")) for one in content.questions[content.place(question.key) + 1 :]]
        self.fields["next"].choices = [("", _("The next question in order")), *later, (END, _("The result"))]  # type: ignore[attr-defined]

    def clean_source_address(self) -> str:
        address = str(self.cleaned_data["source_address"])
        if address and not address.startswith("https://"):
            raise forms.ValidationError(_("Write an address that begins with https://"))
        return address

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("source_address") and not given.get("source_title"):
            self.add_error("source_title", _("Say what is to be found there: a publication, a standard, a law."))
        return given

    def option(self, key: str) -> Option:
        source = Source(title=self.cleaned_data["source_title"], address=self.cleaned_data["source_address"])
        return Option(key=key, label=_said(self, "label"), why=_said(self, "why"), source=source, next=self.cleaned_data["next"])

    @staticmethod
    def of(option: Option) -> dict[str, Any]:
        source = {"source_title": option.source.title, "source_address": option.source.address}
        return {**_both("label", option.label.model_dump()), **_both("why", option.why.model_dump()), **source, "next": option.next}


class AboutForm(forms.Form):
    """What a condition is about: the first of two steps."""

    about = forms.ChoiceField(label=_("It must be of this"))

    def __init__(self, *args: Any, known: Vertical, **more: Any) -> None:
        super().__init__(*args, **more)
        asks = [(f"{'range' if one.type == 'number' else 'attribute'}:{one.key}", known.name_of(one.key)) for one in known.asks.values()]
        own = [
            ("category:", _("Category")),
            ("price:", _("Price")),
            ("place:", _("City")),
            ("delivery:", _("Delivery")),
            ("country:", _("Country")),
            ("in_stock:", _("In stock now")),
        ]
        marks = [("certification:", _("A certification")), ("certified:", _("Any certification"))]
        asked = [pair for pair in asks if known.asks[pair[0].partition(":")[2]].type in (*CHOSEN, "number")]
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            (_("What anything has"), own),
            (_("What the market verified"), marks),
            (_("What sellers say of it"), sorted(asked, key=lambda pair: str(pair[1]))),
        ]


class ConditionForm(Versioned):
    """What exactly it must be: the second step. Fields that the kind does not need are not there."""

    about = forms.CharField(widget=forms.HiddenInput, max_length=120)
    key = forms.ChoiceField(label=_("Which"))
    place = forms.CharField(label=_("City"), max_length=80)
    values = forms.MultipleChoiceField(label=_("Any of these will do"), widget=forms.CheckboxSelectMultiple)
    least = forms.DecimalField(label=_("From"), required=False, min_value=Decimal(0), max_digits=14)
    most = forms.DecimalField(label=_("Up to"), required=False, min_value=Decimal(0), max_digits=14)
    currency = forms.ChoiceField(label=_("Currency"), choices=[(one, one) for one in CURRENCIES])

    def __init__(self, *args: Any, about: str, known: Vertical, **more: Any) -> None:
        super().__init__(*args, **more)
        self.kind, _colon, self.about_key = about.partition(":")
        self.initial["about"] = about
        needed = {"attribute": {"values"}, "range": {"least", "most"}, "price": {"least", "most", "currency"}, "place": {"place"}}
        wanted = needed.get(self.kind, {"key"} if self.kind in ("category", "country", "certification", "delivery") else set())
        for name in {"key", "place", "values", "least", "most", "currency"} - wanted:
            del self.fields[name]
        if "values" in self.fields:
            self.fields["values"].choices = known.choices_of(self.about_key)  # type: ignore[attr-defined]
        if "key" in self.fields:
            self.fields["key"].choices = known.places(market_operator().country) if self.kind == "delivery" else known.keys_of(self.kind)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            try:
                self.condition = self._made(given)
            except ValueError as error:
                raise forms.ValidationError(_("Say from how much, up to how much, or both; the first is the smaller one.")) from error
        return given

    def _made(self, given: dict[str, Any]) -> Condition:
        keyed = given.get("key") or given.get("place") or self.about_key
        return Condition(
            kind=self.kind,  # type: ignore[arg-type]
            key=keyed,
            values=tuple(given.get("values") or ()),
            least=given.get("least"),
            most=given.get("most"),
            currency=given.get("currency") or "",
        )


class PublishingForm(forms.Form):
    news = _words(_("What changed, in a sentence"), 300)


class DecisionForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[("publish", _("Publish it")), ("changes", _("Ask for changes")), ("decline", _("Do not take it"))],
        widget=forms.RadioSelect,
    )
    reason = _words(_("Why"), 1000, rows=4)


class FileForm(forms.Form):
    file = forms.FileField(label=_("A guide as a file (JSON)"))

    def clean_file(self) -> dict[str, Any]:
        given = self.cleaned_data["file"]
        if given.size > 400_000:
            raise forms.ValidationError(_("The file is larger than any guide."))
        try:
            found = json.loads(given.read().decode("utf-8"))
            self.content = read(found["content"])
            self.title, self.summary = Said.model_validate(found["title"]), Said.model_validate(found.get("summary", {}))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            where = error.place if isinstance(error, Unreadable) else ""
            raise forms.ValidationError(_("This is not a guide of ours. %(where)s") % {"where": where}) from error
        return dict(found)


def _said(form: forms.Form, name: str) -> Said:
    return Said(es=form.cleaned_data[f"{name}_es"], en=form.cleaned_data[f"{name}_en"])


def _both(name: str, words: Any) -> dict[str, str]:
    return {f"{name}_es": words.get("es", ""), f"{name}_en": words.get("en", "")}
