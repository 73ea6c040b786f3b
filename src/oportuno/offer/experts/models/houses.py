"""Whose an expert is: a seller's, or of the market's own staff."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.db.models import Q

from oportuno.kernel.isolation import PrivateModel, SiblingKey
from oportuno.people.organisations.api import market_operator


@dataclass(frozen=True)
class House:
    """`path` is its page, without a language before it; `published`: what its experts say may be read."""

    name: str
    slug: str
    path: str
    published: bool = True
    certified: bool = False
    country: str = ""


class OfHouse(PrivateModel):
    """A row of somebody. Without a seller it is the market's own."""

    seller = SiblingKey("oportuno_directory.Seller", on_delete=models.CASCADE, null=True)

    class Meta:
        abstract = True

    @cached_property
    def house(self) -> House:
        of = self.seller
        if of is None:
            operator = market_operator()
            return House(operator.name, operator.slug, "/", country=operator.country)
        return House(of.trade_name, of.slug, f"/v/{of.slug}/", of.published, of.certified, of.country)


def house_on_show(seller: str = "seller") -> Q:
    """Rows of the market's own, and of sellers on show. `seller`: the way there."""
    return Q(**{f"{seller}__published": True}) | Q(**{f"{seller}__isnull": True})
