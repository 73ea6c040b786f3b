"""`fees.yaml` and `tax.yaml`: what the market charges, and what the state does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, model_validator

from .words import Country, Currency, Days, Key, Noun, Number, Percent, Slug, Text


class Plan(Noun):
    """`commission_percent` is of the order's price before tax and transport."""

    key: Key
    title: Text
    description: Text
    monthly: Mapping[Currency, Number]
    commission_percent: Percent
    offers: Annotated[int, Field(ge=1)] | None = None
    includes: tuple[Text, ...] = ()


class CategoryFee(Noun):
    category: Slug
    commission_percent: Percent


class Fees(Noun):
    free_days: Days
    payout_days: Days
    default_plan: Key
    plans: Annotated[tuple[Plan, ...], Field(min_length=1)]
    categories: tuple[CategoryFee, ...] = ()

    @model_validator(mode="after")
    def _default_exists(self) -> Fees:
        if self.default_plan not in {plan.key for plan in self.plans}:
            raise ValueError(f"the default plan “{self.default_plan}” is not among the plans")
        return self


class TaxClass(Noun):
    """`percent` None: excluded, outside the tax altogether, which is not the same as 0 %."""

    key: Slug
    country: Country
    title: Text
    percent: Percent | None
    law: Text


class TaxDefault(Noun):
    """What a category pays in a country unless the seller says otherwise; children inherit it."""

    country: Country
    category: Slug
    tax: Slug


class Taxes(Noun):
    classes: Annotated[tuple[TaxClass, ...], Field(min_length=1)]
    general: Mapping[Country, Slug]
    defaults: tuple[TaxDefault, ...] = ()
    notice: Text

    @model_validator(mode="after")
    def _fits(self) -> Taxes:
        country_of = {one.key: one.country for one in self.classes}
        named = [*self.general.items(), *((one.country, one.tax) for one in self.defaults)]
        for country, key in named:
            if key not in country_of:
                raise ValueError(f"the tax class “{key}” is not among the classes")
            if country_of[key] != country:
                raise ValueError(f"the tax class “{key}” is of {country_of[key]}, not of {country}")
        return self

    def find(self, key: str) -> TaxClass | None:
        return next((one for one in self.classes if one.key == key), None)

    def default_for(self, *, country: Country, path: tuple[str, ...]) -> str:
        """The class for a category, given its path from the root: the nearest default wins."""
        defaults = {(one.country, one.category): one.tax for one in self.defaults}
        for slug in reversed(path):
            if (country, slug) in defaults:
                return defaults[country, slug]
        return self.general[country]
