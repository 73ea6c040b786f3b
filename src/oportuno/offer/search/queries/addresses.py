"""A question as the parameters of an address, and back: what a link, a saved search or a form says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import cast, get_args

from django.utils.translation import gettext as _

from oportuno.kernel.errors import Refusal
from oportuno.kernel.money import Money
from oportuno.offer.search.models import KINDS, Kind
from oportuno.offer.search.queries.asking import LONGEST_TEXT, MOST_RESULTS, Near, Query, Sort

ATTRIBUTE = "a."
MOST_FACETS = 12
Parameters = Mapping[str, Sequence[str]]


def from_address(parameters: Parameters, *, language: str = "es", limit: int = 20) -> Query:
    """The question that an address asks. Raises Refusal, naming the parameter, for what makes no sense."""
    one = {name: values[-1].strip() for name, values in parameters.items() if values}
    page = _whole(one, "page", 1, 200)
    size = _whole(one, "limit", limit, MOST_RESULTS)
    currency = one.get("currency", "").upper()
    return Query(
        text=_text(one),
        kind=_kind(one.get("kind", "")),
        language=language,
        category=one.get("category", "")[:80],
        facets=_facets(parameters),
        least=_money(one, "least", currency),
        most=_money(one, "most", currency),
        seller=one.get("seller", "")[:60],
        country=one.get("country", "")[:2].upper(),
        place=one.get("place", "")[:80],
        near=_near(one),
        certified=one.get("certified") in ("1", "on"),
        in_stock=one.get("in_stock") in ("1", "on"),
        sort=_sort(one.get("sort", "")),
        after=(page - 1) * size,
        limit=size,
        exact=one.get("exact") == "1",
    )


def to_address(query: Query) -> list[tuple[str, str]]:
    """The parameters that ask the same, in an order of their own: equal questions have equal addresses."""
    money = query.least or query.most
    pairs = [
        ("q", query.text),
        ("kind", query.kind or ""),
        ("category", query.category),
        ("place", query.place),
        ("country", query.country),
        ("seller", query.seller),
        ("certified", "1" if query.certified else ""),
        ("in_stock", "1" if query.in_stock else ""),
        ("least", f"{query.least.decimal:f}" if query.least else ""),
        ("most", f"{query.most.decimal:f}" if query.most else ""),
        ("currency", money.currency if money else ""),
        *((("lat", f"{query.near.lat:.4f}"), ("lon", f"{query.near.lon:.4f}"), ("km", f"{query.near.km:g}")) if query.near else ()),
        *((f"{ATTRIBUTE}{key}", value) for key, values in sorted(query.facets.items()) for value in values),
        ("sort", query.sort if query.sort != "relevance" else ""),
        ("exact", "1" if query.exact else ""),
        ("page", str(query.after // query.limit + 1) if query.after else ""),
    ]
    return [(name, value) for name, value in pairs if value]


def _whole(one: Mapping[str, str], name: str, usual: int, most: int) -> int:
    value = one.get(name, "")
    if not value:
        return usual
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= most):
        raise Refusal(_("“%(name)s” is a whole number from 1 to %(most)s.") % {"name": name, "most": most}, field=name)
    return int(value)


def _text(one: Mapping[str, str]) -> str:
    """What is looked for, and for whom or what: "rosas", "una boda" are the question "rosas para una boda"."""
    return " para ".join(part for part in (one.get("q", ""), one.get("for", "")) if part)[:LONGEST_TEXT]


def _kind(value: str) -> Kind | None:
    if value and value not in KINDS:
        raise Refusal(_("There is nothing of the kind “%(kind)s” here.") % {"kind": value[:40]}, field="kind")
    return value or None


def _sort(value: str) -> Sort:
    if value and value not in get_args(Sort):
        raise Refusal(_("Results cannot be sorted by “%(sort)s”.") % {"sort": value[:40]}, field="sort")
    return cast("Sort", value or "relevance")


def _facets(parameters: Parameters) -> dict[str, tuple[str, ...]]:
    found = {
        name.removeprefix(ATTRIBUTE)[:60]: tuple(dict.fromkeys(value[:80] for value in values if value))[:20]
        for name, values in parameters.items()
        if name.startswith(ATTRIBUTE) and any(values)
    }
    return dict(list(found.items())[:MOST_FACETS])


def _money(one: Mapping[str, str], name: str, currency: str) -> Money | None:
    value = one.get(name, "").replace(" ", "").replace(",", ".")
    if not value:
        return None
    if len(currency) != 3 or not currency.isalpha():
        raise Refusal(_("A price needs its currency, such as COP."), field="currency")
    try:
        return Money.of(Decimal(value[:15]), currency)
    except InvalidOperation as error:
        raise Refusal(_("This is not a price."), field=name) from error


def _near(one: Mapping[str, str]) -> Near | None:
    if not one.get("lat") or not one.get("lon"):
        return None
    try:
        lat, lon, km = (float(one.get(name) or "25") for name in ("lat", "lon", "km"))
    except ValueError as error:
        raise Refusal(_("This is not a place on the map."), field="lat") from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and 0 < km <= 1000):
        raise Refusal(_("This is not a place on the map."), field="lat")
    return Near(lat, lon, km)
