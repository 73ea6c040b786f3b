"""A seller's words about itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.ui.inputs import PhoneInput
from oportuno.offer.directory.models import Place, Sector, Seller
from oportuno.offer.directory.queries.cards import place_name
from oportuno.offer.directory.queries.places import PlaceGroup, homes
from oportuno.offer.directory.queries.verticals import said

Choices = list[tuple[str, Any]]


def grouped(groups: Iterable[PlaceGroup]) -> Choices:
    return [(group.name, list(group.places)) for group in groups]


class ProfileForm(forms.Form):
    """Name, whereabouts and ways to reach a seller."""

    trade_name = forms.CharField(label=_("Name your customers know"), max_length=120)
    home = forms.ChoiceField(label=_("Where your company is"))
    founded_year = forms.CharField(label=_("Founded in"), required=False, max_length=4, widget=forms.TextInput({"inputmode": "numeric"}))
    phone = forms.CharField(label=_("Phone for customers"), widget=PhoneInput)
    web_address = forms.CharField(label=_("Web address"), required=False, max_length=300, widget=forms.TextInput({"inputmode": "url"}))
    answer_hours = forms.CharField(
        label=_("We answer within"),
        required=False,
        max_length=3,
        widget=forms.TextInput({"inputmode": "numeric"}),
        help_text=_("A time you can keep on your busiest Saturday, not on a quiet Tuesday."),
    )

    def __init__(self, *args: Any, seller: Seller, **kwargs: Any) -> None:
        names = ("trade_name", "founded_year", "phone", "web_address", "answer_hours")
        initial = {name: getattr(seller, name) for name in names} | {"home": seller.home_id}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["home"].choices = [("", "—"), *grouped(homes(seller.country))]  # type: ignore[attr-defined]


class DifferenceForm(forms.Form):
    """What no other seller can say, and the story behind it."""

    difference_es = forms.CharField(
        label=_("Your difference, in Spanish"),
        max_length=600,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Two sentences, as you would say them on the phone. Think of the last customer who came back, and why."),
    )
    difference_en = forms.CharField(
        label=_("Your difference, in English"), required=False, max_length=600, widget=forms.Textarea({"rows": 3})
    )
    story_es = forms.CharField(
        label=_("Your story, in Spanish"),
        required=False,
        max_length=6000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Who you are, how you began, what you would never do."),
    )
    story_en = forms.CharField(label=_("Your story, in English"), required=False, max_length=6000, widget=forms.Textarea({"rows": 6}))

    def __init__(self, *args: Any, seller: Seller, **kwargs: Any) -> None:
        super().__init__(*args, initial={name: getattr(seller, name) for name in self.base_fields}, **kwargs)


class PictureForm(forms.Form):
    """The face of a company: its emblem, and a portrait of who answers."""

    emblem = forms.FileField(label=_("Emblem"), required=False, widget=forms.FileInput({"accept": "image/*"}))
    portrait = forms.FileField(
        label=_("Portrait"),
        required=False,
        widget=forms.FileInput({"accept": "image/*"}),
        help_text=_("The person who answers, not the shop: people trust a face."),
    )


class ScopeForm(forms.Form):
    """Sectors, and the places that are served: whole countries, regions, and towns one by one."""

    sectors = forms.MultipleChoiceField(label=_("What you do"), widget=forms.CheckboxSelectMultiple)
    towns = forms.MultipleChoiceField(label=_("Towns"), required=False, widget=forms.CheckboxSelectMultiple)
    add_town = forms.ChoiceField(label=_("Add a town"), required=False)

    def __init__(
        self,
        *args: Any,
        sectors: Sequence[Sector],
        chosen_sectors: Sequence[str],
        places: Sequence[Place],
        chosen_places: Sequence[Place],
        towns: Iterable[PlaceGroup],
        **kwargs: Any,
    ) -> None:
        codes = [one.code for one in chosen_places]
        super().__init__(*args, initial={"sectors": chosen_sectors, "towns": codes}, **kwargs)
        self._choose("sectors", [(one.slug, said(one.title)) for one in sectors])
        near = [one for one in chosen_places if one.kind == "municipality"]
        self._choose("towns", [(one.code, f"{place_name(one)}, {place_name(one.parent)}") for one in near])
        self._choose("add_town", [("", "—"), *grouped(towns)])
        self.countries: dict[str, set[str]] = {}
        for country in (one for one in places if one.kind == "country"):
            self._country(country, [one for one in places if one.parent_id == country.code], codes)

    def _country(self, country: Place, regions: Sequence[Place], chosen: Sequence[str]) -> None:
        name = f"places_{country.code}"
        whole = (country.code, gettext("All of %(country)s") % {"country": place_name(country)})
        label, widget = place_name(country), forms.CheckboxSelectMultiple()
        self.fields[name] = forms.MultipleChoiceField(
            label=label,
            required=False,
            widget=widget,
            initial=list(chosen),
            choices=[whole, *((one.code, place_name(one)) for one in regions)],
        )
        self.countries[name] = {country.code, *(one.code for one in regions)}

    def _choose(self, field: str, choices: Choices) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    @property
    def by_country(self) -> list[tuple[Any, int]]:
        """Each country's field, and how many of its places are chosen."""
        return [(self[name], len(codes.intersection(self[name].value() or ()))) for name, codes in self.countries.items()]

    @property
    def chosen_places(self) -> list[str]:
        """Codes, of a valid form."""
        towns = [*self.cleaned_data["towns"], self.cleaned_data["add_town"]]
        return [code for code in [*(code for name in self.countries for code in self.cleaned_data[name]), *towns] if code]
