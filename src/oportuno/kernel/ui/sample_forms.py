"""The forms that the living page shows."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.money import Money

from .inputs import Cards, DateInput, MoneyField, PhoneInput, TagsField


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Name of the product"), max_length=80)
    price = MoneyField(label=_("Price"), currencies=["COP"], help_text=_("With taxes, as the buyer pays it."))
    floor = MoneyField(label=_("Lowest price for wholesale"), currencies=["COP", "USD"], required=False)
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[("goods", _("A product")), ("service", _("A service")), ("course", _("A course"))],
        widget=Cards(
            hints={
                "goods": _("One can touch it and send it"),
                "service": _("You do it for somebody"),
                "course": _("You teach it"),
            }
        ),
    )
    sector = forms.ChoiceField(
        label=_("Sector"),
        choices=[("", _("Choose one")), ("farm", _("Farm")), ("florist", _("Florist"))],
    )
    since = forms.DateField(label=_("On sale from"), widget=DateInput, required=False)
    phone = forms.CharField(label=_("Telephone"), widget=PhoneInput, required=False)
    words = TagsField(label=_("Words people search it by"), required=False)
    about = forms.CharField(label=_("What makes it different"), widget=forms.Textarea, max_length=400)
    photo = forms.FileField(label=_("Picture"), required=False)
    rows = forms.FileField(label=_("Your catalogue"), required=False)
    sent = forms.MultipleChoiceField(
        label=_("Where do you send it?"),
        choices=[("bog", "Bogotá"), ("med", "Medellín"), ("cdmx", "Ciudad de México"), ("uio", "Quito")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    show = forms.BooleanField(label=_("Show it in the market"), required=False)
    agrees = forms.BooleanField(label=_("Consent"))


class AskForm(forms.Form):
    about = forms.CharField(label=_("Your question"), widget=forms.Textarea, max_length=2000)
    email = forms.EmailField(label=_("E-mail"))
    phone = forms.CharField(label=_("Telephone"), widget=PhoneInput, required=False)
    agrees = forms.BooleanField(label=_("Consent"))


def ask_form() -> AskForm:
    return AskForm(data={"ask-about": "¿Me las pueden entregar el viernes antes de las diez?", "ask-email": "carmen@"}, prefix="ask")


def form() -> SampleForm:
    return SampleForm(
        initial={"name": "Rosa Freedom de 60 cm", "price": Money(2_850_000, "COP"), "kind": "goods", "words": ["rosa", "rojo", "boda"]},
        prefix="well",
    )


def wrong_form() -> SampleForm:
    typed = {"bad-name": "", "bad-price_amount": "12,000", "bad-price_currency": "COP"}
    found = SampleForm(data=typed, prefix="bad")
    found.fields = {name: found.fields[name] for name in ("name", "price", "kind")}
    return found
