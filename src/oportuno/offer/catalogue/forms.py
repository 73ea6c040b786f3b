"""Forms of the workbench: products, variants, bulk changes, stock, files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.money import Money
from oportuno.kernel.ui.inputs import Cards, DateInput, MoneyField, TagsField
from oportuno.offer.catalogue import api
from oportuno.offer.catalogue.models import Offer, OfferPrice, Product, StockMovement
from oportuno.offer.catalogue.models.products import in_reader_language
from oportuno.offer.catalogue.queries.shelves import Shelf
from oportuno.offer.catalogue.rules.attributes import Asked
from oportuno.offer.catalogue.rules.codes import bare_gtin
from oportuno.offer.catalogue.rules.combining import options_in
from oportuno.people.organisations.api import Organisation

CURRENCIES = ("COP", "MXN", "USD", "EUR")
INDENT = "\u2003"


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Any number of files. What they are is told by whoever keeps them, one by one."""

    widget = SeveralFiles(attrs={"multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Nothing is refused here, so that good ones are kept beside bad ones."""
        return list(data) if isinstance(data, list | tuple) else [data] if data else []


class ProductForm(forms.Form):
    """A product and how it is sold. `own`: the organisation describes the product; otherwise only its listing is asked."""

    title_es = forms.CharField(label=_("Title in Spanish"), max_length=200, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    description_es = forms.CharField(label=_("Description in Spanish"), max_length=100_000, required=False, widget=forms.Textarea)
    description_en = forms.CharField(label=_("Description in English"), max_length=100_000, required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=Product.Kind.choices,
        initial="good",
        widget=Cards(
            hints={"good": _("Something one can touch"), "service": _("Something you do for others"), "course": _("Something one learns")}
        ),
    )
    category = forms.ChoiceField(label=_("Category"), required=False)
    brand = forms.CharField(label=_("Brand"), max_length=120, required=False)
    gtin = forms.CharField(label=_("Barcode number (GTIN)"), max_length=20, required=False)
    tags = TagsField(label=_("Search words"), required=False)
    sku = forms.CharField(label=_("SKU"), max_length=80)
    price = MoneyField(label=_("Price"), currencies=["COP"], required=False)
    compare = MoneyField(label=_("Price before"), currencies=["COP"], required=False)
    quote_only = forms.BooleanField(label=_("Without a price: buyers ask for a quote"), required=False)
    tax = forms.ChoiceField(label=_("Tax"), required=False)
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False)
    minimum = forms.IntegerField(label=_("Minimum quantity"), min_value=1, max_value=1_000_000, initial=1)
    lead_days = forms.IntegerField(label=_("Days to prepare"), min_value=0, max_value=3650, required=False)
    condition = forms.ChoiceField(label=_("Condition"), choices=Offer.Condition.choices, initial="new")
    link = forms.URLField(label=_("Sold at another address"), required=False, assume_scheme="https")
    on_hand = forms.IntegerField(label=_("Stock in the store room"), min_value=0, max_value=10**9, required=False)
    active = forms.BooleanField(label=_("Show it to buyers"), required=False, initial=True)
    pictures = PicturesField(label=_("Pictures"), required=False)

    WORDS = ("title_es", "title_en", "description_es", "description_en", "kind", "category", "brand", "gtin", "tags")

    def __init__(
        self, *args: Any, organisation: Organisation, own: bool = True, is_new: bool = True, category: str | None = None, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        tree = api.shelves()
        self.own = own
        self.shelf = tree.by_slug.get(category if category is not None else str(self["category"].value() or ""))
        self.asks: tuple[Asked, ...] = self.shelf.asks if self.shelf and own else ()
        if not own:
            for name in self.WORDS:
                del self.fields[name]
        else:
            self._choice("category").choices = [("", _("Choose …")), *((one.slug, f"{INDENT * one.depth}{one.title}") for one in tree)]
        self._choice("tax").choices = [
            ("", self._usual_tax(organisation)),
            *((one.key, one.title) for one in tree.taxes_of(organisation.country)),
        ]
        if not is_new:
            del self.fields["on_hand"], self.fields["pictures"]
        for name in ("price", "compare"):
            label = self.fields[name].label
            self.fields[name] = MoneyField(label=label, currencies=[organisation.currency], required=False)
        for one in self.asks:
            self.fields[f"attribute_{one.key}"] = field_of(one)

    def _choice(self, name: str) -> Any:
        return self.fields[name]

    def _usual_tax(self, organisation: Organisation) -> str:
        tax = api.shelves().tax_for(organisation.country, self.shelf)
        return str(_("As usual: %(tax)s") % {"tax": tax.title}) if tax else str(_("None"))

    def attribute_fields(self) -> list[forms.BoundField]:
        """Bound fields of what the category asks, in its order."""
        return [self[f"attribute_{one.key}"] for one in self.asks]

    def words(self) -> api.Words | None:
        """What was said of the product; None when it is another organisation's."""
        if not self.own:
            return None
        said = self.cleaned_data
        return api.Words(
            **{name: said[name] for name in self.WORDS},
            attributes={one.key: said.get(f"attribute_{one.key}") for one in self.asks},
        )

    def listing(self, others: list[Money] | None = None) -> api.Listing:
        """How it is sold; `others` are the prices in further currencies, which this form leaves as they are."""
        said = self.cleaned_data
        prices = [] if said["quote_only"] else [*([said["price"]] if said["price"] else []), *(others or [])]
        names = ("sku", "active", "quote_only", "minimum", "unit", "lead_days", "condition", "tax", "link")
        return api.Listing(**{name: said[name] for name in names}, prices=prices, compare=said["compare"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("price") and not said.get("quote_only") and said.get("compare"):
            self.add_error("price", _("Write the price now, too."))
        if said.get("price") and said.get("quote_only"):
            self.add_error("quote_only", _("There is a price above: take it out, or take this tick away."))
        if self.own and not (said.get("title_es") or said.get("title_en")):  # with all other mistakes, not after them
            self.add_error("title_es", _("Write a title, in Spanish or in English."))
        return said


def field_of(asked: Asked) -> forms.Field:
    """The form field of an attribute."""
    label = in_reader_language(asked.label_es, asked.label_en)
    unit = in_reader_language(asked.unit_es, asked.unit_en)
    choices = [(one.key, in_reader_language(one.label_es, one.label_en)) for one in asked.choices]
    common: dict[str, Any] = {
        "label": f"{label} ({unit})" if unit else label,
        "required": asked.required,
        "help_text": in_reader_language(asked.help_es, asked.help_en),
    }
    match asked.type:
        case "number":
            return forms.DecimalField(min_value=asked.least, max_value=asked.most, **common)
        case "choice" | "colour":
            return forms.ChoiceField(choices=[("", "—"), *choices], **common)
        case "multi":
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
        case "boolean":
            return forms.ChoiceField(choices=[("", "—"), ("1", _("Yes")), ("0", _("No"))], **common)
        case "date":
            return forms.DateField(widget=DateInput, **common)
        case _:
            return forms.CharField(max_length=400, **common)


def initial_of(offer: Offer, product: Product, shelf: Shelf | None, currency: str) -> dict[str, Any]:
    """What the form shows of an offer as it is."""
    found: dict[str, Any] = {name: getattr(product, name) for name in ProductForm.WORDS if name not in ("category", "gtin")}
    found |= {"category": shelf.slug if shelf else "", "gtin": bare_gtin(product.gtin) if product.gtin else ""}
    names = ("sku", "active", "quote_only", "minimum", "unit", "lead_days", "condition", "link")
    found |= {name: getattr(offer, name) for name in names}
    found["tax"] = offer.tax.key if offer.tax else ""
    always = OfferPrice.objects.filter(offer=offer, currency=currency, starts_at__isnull=True, ends_at__isnull=True).first()
    if always:
        found["price"] = Money(always.amount_minor, currency)
        found["compare"] = Money(always.compare_minor, currency) if always.compare_minor is not None else None
    for one in shelf.asks if shelf else ():
        value = product.attributes.get(one.key)
        found[f"attribute_{one.key}"] = {True: "1", False: "0"}[value] if isinstance(value, bool) else value
    return found


class VariantForm(forms.Form):
    """One more form of the product."""

    options = forms.CharField(label=_("Options"), max_length=400, help_text=_("Such as: Color: rojo | Talla: M"))
    variant_sku = forms.CharField(label=_("SKU"), max_length=80, required=False)
    variant_price = MoneyField(label=_("Price"), currencies=["COP"], required=False)
    variant_on_hand = forms.IntegerField(label=_("Stock in the store room"), min_value=0, max_value=10**9, required=False)

    def __init__(self, *args: Any, currency: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["variant_price"] = MoneyField(label=_("Price"), currencies=[currency], required=False)

    def clean_options(self) -> Mapping[str, str]:
        pairs = [part.partition(":") for part in self.cleaned_data["options"].split("|")]
        found = {name.strip()[:60]: value.strip()[:80] for name, _colon, value in pairs if name.strip() and value.strip()}
        if not found:
            raise forms.ValidationError(_("Write name and value, such as “Color: rojo”."))
        return found

    def form(self) -> api.Form:
        said = self.cleaned_data
        return api.Form(options=said["options"], sku=said["variant_sku"], price=said["variant_price"], on_hand=said["variant_on_hand"])


class VariantRowForm(forms.Form):
    """A variant in the table: what it costs, whether it shows."""

    price = MoneyField(label=_("Price"), currencies=["COP"], required=False)
    shown = forms.BooleanField(label=_("Shown"), required=False)

    def __init__(self, *args: Any, currency: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["price"] = MoneyField(label=_("Price"), currencies=[currency], required=False)


class CombiningForm(forms.Form):
    """All combinations of some options at once."""

    combinations = forms.CharField(label=_("Options and their values"), max_length=2000, widget=forms.Textarea)
    combination_price = MoneyField(label=_("Price of each"), currencies=["COP"], required=False)

    def __init__(self, *args: Any, currency: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["combination_price"] = MoneyField(label=_("Price of each"), currencies=[currency], required=False)

    def clean_combinations(self) -> dict[str, list[str]]:
        found = options_in(self.cleaned_data["combinations"])
        if not found:
            raise forms.ValidationError(_("Write one option a line, such as “Color: rojo, blanco”."))
        return found


class OtherPriceForm(forms.Form):
    """A price in another currency, or one that lasts from a day to another."""

    amount = MoneyField(label=_("Amount"), currencies=CURRENCIES)
    starts_on = forms.DateField(label=_("From"), required=False, widget=DateInput)
    ends_on = forms.DateField(label=_("Until, with this day"), required=False, widget=DateInput)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        starts, ends = said.get("starts_on"), said.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("It ends before it starts."))
        return said


class JoinForm(forms.Form):
    """Offering a product that the market has already."""

    gtin = forms.CharField(label=_("Barcode number, or the address of its page"), max_length=300)
    sku = forms.CharField(label=_("SKU"), max_length=80)
    price = MoneyField(label=_("Price"), currencies=["COP"], required=False)

    def __init__(self, *args: Any, currency: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["price"] = MoneyField(label=_("Price"), currencies=[currency], required=False)


class PictureForm(forms.Form):
    picture = forms.ImageField(label=_("Picture"))
    alt = forms.CharField(label=_("What it shows, for those who cannot see it"), max_length=200)


class FileForm(forms.Form):
    file = forms.FileField(label=_("File"))
    title = forms.CharField(label=_("What it is"), max_length=200, required=False)


class ImportForm(forms.Form):
    file = forms.FileField(label=_("File"))
    place = forms.ChoiceField(label=_("Stock without a place goes to"), required=False)
    language = forms.ChoiceField(
        label=_("Language of titles without one"),
        required=False,
        choices=[("", _("Find out")), ("es", _("Spanish")), ("en", _("English"))],
    )

    def __init__(self, *args: Any, places: list[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["place"].choices = [(str(one.id or ""), one.name) for one in places]  # type: ignore[attr-defined]


class MovementForm(forms.Form):
    """Something came or went: the reason tells which, unless units are written with a minus."""

    reason = forms.ChoiceField(
        label=_("What happened"), choices=[one for one in StockMovement.Reason.choices if one[0] not in ("import", "count")]
    )
    change = forms.IntegerField(label=_("Units"), min_value=-(10**9), max_value=10**9)
    place = forms.ChoiceField(label=_("Where"), required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, places: list[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["place"].choices = [(str(one.id or ""), one.name) for one in places]  # type: ignore[attr-defined]

    def movement(self) -> dict[str, Any]:
        """As `adjust_stock` takes it: what was sold or spoilt leaves."""
        said = self.cleaned_data
        leaves = said["reason"] in ("sale", "damage")
        change = -abs(said["change"]) if leaves else said["change"]
        return {"change": change, "reason": said["reason"], "note": said["note"], "place": UUID(said["place"]) if said["place"] else None}
