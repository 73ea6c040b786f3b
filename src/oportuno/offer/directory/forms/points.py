"""A point of sale as people type it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from oportuno.kernel import formats
from oportuno.kernel.ui.inputs import DateInput, PhoneInput
from oportuno.offer.directory.actions.points import SaidPoint
from oportuno.offer.directory.forms.profile import grouped
from oportuno.offer.directory.models import PointOfSale, Seller
from oportuno.offer.directory.queries.places import homes
from oportuno.offer.directory.rules import hours

WEEK = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
BLANKS = 2
"""Empty rows for special days; saving shows two more."""


class PointForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As customers know it: “Centro”, “Finca La Loma”."))
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    place = forms.ChoiceField(label=_("Town"), required=False)
    latitude = forms.CharField(label=_("Latitude, or the link of a map"), required=False, max_length=500)
    longitude = forms.CharField(label=_("Longitude"), required=False, max_length=20, widget=forms.TextInput({"inputmode": "decimal"}))
    phone = forms.CharField(label=_("Phone"), required=False, widget=PhoneInput)
    time_zone = forms.ChoiceField(label=_("Time zone"))
    serves_es = forms.CharField(
        label=_("What is served here, in Spanish"), required=False, max_length=400, widget=forms.Textarea({"rows": 2})
    )
    serves_en = forms.CharField(
        label=_("What is served here, in English"), required=False, max_length=400, widget=forms.Textarea({"rows": 2})
    )
    shown = forms.BooleanField(label=_("Show it on the map and on my page"), required=False)

    def __init__(self, *args: Any, seller: Seller, zone: str, point: PointOfSale | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(point, seller, zone), **kwargs)
        self.fields["place"].choices = [("", "—"), *grouped(homes(seller.country))]  # type: ignore[attr-defined]
        locale = formats.locale_of(get_language() or settings.LANGUAGE_CODE)
        self.fields["time_zone"].choices = [(one, formats.zone(one, locale)) for one in hours.ZONES]  # type: ignore[attr-defined]
        for day, word in enumerate(WEEK):
            self.fields[f"hours_{day}"] = forms.CharField(label=word, required=False, max_length=80)
        given = self.data if self.is_bound else self.initial
        self.specials = _rows(given, len(point.exceptions) if point else 0)
        for row in self.specials:
            self.fields[f"on_{row}"] = forms.CharField(label=_("Day"), required=False, max_length=10, widget=DateInput)
            self.fields[f"special_{row}"] = forms.CharField(label=_("Hours that day"), required=False, max_length=80)
            self.fields[f"why_{row}"] = forms.CharField(label=_("Reason"), required=False, max_length=80)

    @property
    def week(self) -> list[Any]:
        return [self[f"hours_{day}"] for day in range(7)]

    @property
    def special_days(self) -> list[tuple[Any, Any, Any]]:
        return [(self[f"on_{row}"], self[f"special_{row}"], self[f"why_{row}"]) for row in self.specials]

    @property
    def said(self) -> SaidPoint:
        """Of a valid form."""
        typed = self.cleaned_data
        plain = ("name", "address", "place", "latitude", "longitude", "phone", "time_zone", "serves_es", "serves_en", "shown")
        return SaidPoint(
            **{name: typed[name] for name in plain},
            hours={str(day): typed[f"hours_{day}"] for day in range(7)},
            exceptions=[(typed[f"on_{row}"], typed[f"special_{row}"], typed[f"why_{row}"]) for row in self.specials],
        )


def _initial(point: PointOfSale | None, seller: Seller, zone: str) -> dict[str, Any]:
    if point is None:
        return {"shown": True, "time_zone": zone, "phone": seller.phone, "place": seller.home_id}
    plain = ("name", "address", "phone", "time_zone", "serves_es", "serves_en", "shown")
    initial = {name: getattr(point, name) for name in plain} | {"place": point.place_id}
    for name in ("latitude", "longitude"):
        value = getattr(point, name)
        initial[name] = "" if value is None else f"{value:.6f}"
    initial |= {f"hours_{day}": hours.written(point.hours.get(str(day), ())) for day in range(7)}
    for row, one in enumerate(point.exceptions):
        initial |= {
            f"on_{row}": date.fromisoformat(one["on"]),
            f"special_{row}": hours.written(one["hours"]),
            f"why_{row}": one.get("why", ""),
        }
    return initial


def _rows(given: Mapping[str, Any], kept: int) -> range:
    """As many rows of special days as were sent, or as are kept and two more."""
    sent = 0
    while f"on_{sent}" in given:
        sent += 1
    return range(max(sent, kept + BLANKS))
