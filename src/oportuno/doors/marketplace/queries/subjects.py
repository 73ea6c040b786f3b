"""What is compared, each with who sells it and what the market vouches for there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from oportuno.doors.marketplace.queries.packs import current_pack
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory
from oportuno.offer.guides import api as guides


@dataclass(frozen=True)
class Subject:
    """A product and the seller that is shown with it. `place`: its place among the cards of the comparison."""

    place: int
    card: catalogue.ProductCard
    seller: directory.SellerCard
    terms: catalogue.Terms | None
    answers: Mapping[str, Sequence[Any]]
    at: datetime
    serves: frozenset[str] = frozenset()

    def mark(self, key: str) -> directory.CertificationMark | None:
        """What the market vouches for of its seller, by key."""
        return next((one for one in self.seller.certifications if one.key == key), None)

    @property
    def known(self) -> guides.Known:
        """As a guide's conditions read it."""
        price = self.card.price
        return guides.Known(
            categories=self.card.category.slugs if self.card.category else (),
            attributes=self.answers,
            price=price.decimal if price else None,
            currency=price.currency if price else "",
            city=self.seller.city,
            country=self.seller.country,
            certifications=frozenset(one.key for one in self.seller.certifications),
            serves=self.serves,
            in_stock=self.card.in_stock,
        )


def subjects_of(found: catalogue.Comparison) -> list[Subject]:
    """Those that somebody on show sells. Six queries for all of them."""
    slugs = {one.seller.slug for one in found.cards if one.seller}
    rows = directory.Seller.objects.filter(slug__in=slugs, published=True).values_list("pk", flat=True)
    sellers = {one.slug: one for one in directory.seller_cards(list(rows)).values()} if slugs else {}
    served = defaultdict(set)
    for organisation, code in directory.served_places([one.organisation for one in sellers.values()]):
        served[organisation].add(code)
    return [
        Subject(
            place,
            card,
            seller,
            next((one for one in found.terms[place] if one.organisation == seller.organisation), None),
            found.answers[place],
            found.at[place],
            frozenset(served[seller.organisation]),
        )
        for place, card in enumerate(found.cards)
        if card.seller and (seller := sellers.get(card.seller.slug))
    ]


def covered() -> Mapping[str, str]:
    """Attributes whose values a certification's evidence shows: its key by theirs."""
    pack = current_pack()
    return {key: one.key for one in pack.vetting.certifications for key in one.covers} if pack else {}
