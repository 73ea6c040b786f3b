"""Form fields and inputs that Django lacks: money, tags, cards to choose from, files with a preview.

price = MoneyField(label=_("Price"), currencies=["COP", "USD"])          cleaned: Money
words = TagsField(label=_("Words"), required=False)                      cleaned: list[str]
kind = forms.ChoiceField(choices=…, widget=Cards(hints={"goods": _("Something one can touch")}))
born = forms.DateField(widget=DateInput)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.formats import bare_amount, locale_of
from oportuno.kernel.money import Money, NotAnAmount, parse

MOST_TAGS = 30
LONGEST_TAG = 50


class DateInput(forms.DateInput):
    """The browser's own calendar; the value is ISO in every language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class PhoneInput(forms.TextInput):
    input_type = "tel"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "tel", "inputmode": "tel", **(attrs or {})})


class Cards(forms.RadioSelect):
    """Choices as cards, each with a word of explanation: `hints` by value."""

    def __init__(self, hints: Mapping[str, Any] | None = None, **more: Any) -> None:
        super().__init__(**more)
        self.hints = hints or {}


class MoneyInput(forms.MultiWidget):
    """An amount and, where there is a choice, its currency."""

    def __init__(self, currencies: Sequence[str]) -> None:
        self.currencies = currencies
        amount = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
        choice: forms.Widget = forms.Select(choices=[(code, code) for code in currencies])
        super().__init__({"amount": amount, "currency": choice if len(currencies) > 1 else forms.HiddenInput()})

    def id_for_label(self, id_: str | None, index: int | None = None) -> str:
        return f"{id_}_0" if id_ else ""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["subwidgets"][1]["attrs"]["aria-label"] = _("Currency")
        return context

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, Money):
            return [bare_amount(value, _here()), value.currency]
        return [None, self.currencies[0]]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        amount, currency = super().value_from_datadict(data, files, name)
        return [amount, currency or self.currencies[0]]


class MoneyField(forms.MultiValueField):
    """Cleans to Money, or None where it is not required and left empty. Zero and more, unless `negative`."""

    widget: MoneyInput

    def __init__(self, *, currencies: Sequence[str], negative: bool = False, **more: Any) -> None:
        self.negative = negative
        self.currencies = currencies
        parts = (forms.CharField(max_length=40), forms.ChoiceField(choices=[(code, code) for code in currencies]))
        super().__init__(parts, widget=MoneyInput(currencies), require_all_fields=False, **more)

    def clean(self, value: Any) -> Money | None:
        typed, currency = [*(value or []), None, None][:2]
        if not str(typed or "").strip():
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        if currency not in self.currencies:
            raise ValidationError(_("Choose one of the currencies."), code="currency")
        try:
            return parse(str(typed), currency, _here(), negative=self.negative)
        except NotAnAmount as refusal:
            raise ValidationError(str(refusal), code="amount") from refusal


class TagsField(forms.CharField):
    """Words between commas; cleans to a list without doubles."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=MOST_TAGS * (LONGEST_TAG + 2), **more)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"data-tags": "", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        words = [word.strip() for word in super().clean(self.prepare_value(value)).split(",")]
        tags = list(dict.fromkeys(word for word in words if word))
        if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
            raise ValidationError(
                _("Write at most %(most)s words of up to %(letters)s letters each.") % {"most": MOST_TAGS, "letters": LONGEST_TAG}
            )
        return tags


def _here() -> str:
    return locale_of(get_language() or "")
