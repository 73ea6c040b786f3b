"""Products side by side, which ones the address says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oportuno.doors.marketplace.queries import cards
from oportuno.kernel import formats
from oportuno.kernel.money import Money
from oportuno.kernel.ui.cards import ProductCard
from oportuno.offer.catalogue import api as catalogue

MOST = 4
MORE = 4


@dataclass(frozen=True)
class Column:
    title: str
    href: str
    picture: Any
    note: str
    remove: str


@dataclass(frozen=True)
class Row:
    label: str
    cells: Sequence[Any]
    best: int | None = None


@dataclass(frozen=True)
class Addition:
    """Another product, and the address that has it too."""

    card: ProductCard
    href: str


@dataclass(frozen=True)
class Shown:
    columns: Sequence[Column]
    rows: Sequence[Row]
    more: Sequence[Addition]


def asked(given: QueryDict, most: int = MOST) -> list[str]:
    """Slugs as the address lists them: `?p=one&p=two`."""
    return list(dict.fromkeys(slug[:90] for slug in given.getlist("p") if slug))[:most]


def compare(slugs: Sequence[str]) -> Shown:
    """What is known of each; products that are not on show are left out."""
    found = catalogue.compare_named(slugs)
    seen = [place for place, one in enumerate(found.cards) if one.seller is not None]
    compared = [found.cards[place] for place in seen]
    names = [one.slug for one in compared]
    columns = [
        Column(
            one.title,
            reverse("market:product", args=[one.slug]),
            cards.pictured(one.picture, one.title),
            cards.offered_by(one),
            address(other for other in names if other != one.slug),
        )
        for one in compared
    ]
    rows = [
        _prices(compared),
        _stock(compared),
        _sellers(compared),
        *(Row(label, [values[place] for place in seen]) for label, values in found.rows),
    ]
    return Shown(columns, rows if columns else [], _more(compared, names))


def address(slugs: Iterable[str]) -> str:
    """Where these are compared."""
    return f"{reverse('market:comparison')}?{urlencode([('p', slug) for slug in slugs])}"


def _prices(compared: Sequence[catalogue.ProductCard]) -> Row:
    locale = formats.locale_of(get_language() or "")
    cells = [formats.money(one.price, locale) if one.price else _("Price on request") for one in compared]
    return Row(_("Price"), cells, _cheapest([one.price for one in compared]))


def _cheapest(prices: Sequence[Money | None]) -> int | None:
    """Which is cheapest; nobody, when some have no price, or another currency."""
    known = [one for one in prices if one is not None]
    if len(known) < 2 or len(known) < len(prices) or len({one.currency for one in known}) > 1:
        return None
    least = min(known)
    return prices.index(least) if known.count(least) == 1 else None


def _stock(compared: Sequence[catalogue.ProductCard]) -> Row:
    return Row(_("Stock"), [_("In stock now") if one.in_stock else _("Sold out for now") for one in compared])


def _sellers(compared: Sequence[catalogue.ProductCard]) -> Row:
    return Row(_("Sold by"), [cards.offered_by(one) for one in compared])


def _more(compared: Sequence[catalogue.ProductCard], names: list[str]) -> list[Addition]:
    """Others of the first one's shelf, or the newest, to put beside."""
    if len(compared) >= MOST:
        return []
    shelf = compared[0].category if compared else None
    others = catalogue.products_in_category(shelf.path, limit=MORE + MOST).cards if shelf else catalogue.newest(MORE)
    return [Addition(cards.product(one), address([*names, one.slug])) for one in others if one.slug not in names and one.seller][:MORE]
