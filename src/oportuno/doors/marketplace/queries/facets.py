"""What a search can be narrowed by, in words, each with its count and its address."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oportuno.doors.marketplace.queries.packs import current_pack
from oportuno.doors.marketplace.rules.asking import Asked
from oportuno.doors.marketplace.rules.ranges import ranges
from oportuno.kernel import formats
from oportuno.kernel.money import Money, exponent
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory
from oportuno.offer.search import api as search

MOST_VALUES = 8  # of one facet, beside those chosen
MOST_ATTRIBUTES = 6
NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,12})?")


@dataclass(frozen=True)
class Option:
    label: str
    count: int
    href: str
    chosen: bool = False
    hint: str = ""


@dataclass(frozen=True)
class Group:
    """`is_choice`: each option narrows by itself, so that one alone is worth showing."""

    label: str
    options: Sequence[Option]
    more: str = ""
    is_choice: bool = False


@dataclass(frozen=True)
class Chip:
    """What is chosen; `href` takes it away."""

    label: str
    href: str


def groups(asked: Asked, found: search.Facets, words: Words, *, within: catalogue.Shelf | None = None) -> list[Group]:
    """Facets of a search; `within` a category those of its attributes come first and the tree begins below it."""
    attributes = _attributes(asked, found, words)
    made = [
        *([] if within else [_kinds(asked, found)]),
        *(attributes if within else []),
        _categories(asked, found, words, within),
        _yes_or_no(asked, found),
        _prices(asked, found),
        _one("place", _("Place"), asked, found.places, lambda one: one.shown or words.place(one.value, asked.place)),
        _one("country", _("Country"), asked, found.countries, lambda one: words.country(one.value)),
        _one("seller", _("Seller"), asked, found.sellers, lambda one: words.seller(one.value)),
        *([] if within else attributes),
    ]
    return [one for one in made if len(one.options) > 1 or any(option.chosen for option in one.options) or (one.options and one.is_choice)]


class Words:
    """What values are called. Two queries; `sellers` are the slugs whose names will be asked."""

    def __init__(self, sellers: Sequence[str] = ()) -> None:
        self.tree = catalogue.shelves()
        rows = directory.Seller.objects.filter(slug__in={one for one in sellers if one}, published=True).values_list("slug", "trade_name")
        self._sellers: Mapping[str, str] = dict(rows) if any(sellers) else {}
        self.language = "en" if (get_language() or "").startswith("en") else "es"
        self.asks = {one.key: one for shelf in self.tree for one in shelf.asks}
        self.pack = current_pack()

    def category(self, slug: str) -> str:
        shelf = self.tree.by_slug.get(slug)
        return shelf.title if shelf and shelf.active else slug

    def attribute(self, key: str) -> str:
        if key in ("sector", "certification"):
            return _("Sector") if key == "sector" else _("Certification")
        one = self.asks.get(key)
        return (one.label_en if self.language == "en" else one.label_es) if one else ""

    def value(self, key: str, value: str) -> str:
        if self.pack and key == "sector":
            return next((one.title.in_(self.language) for one in self.pack.sectors.sectors if one.slug == value), value)
        if self.pack and key == "certification":
            return next((one.title.in_(self.language) for one in self.pack.vetting.certifications if one.key == value), value)
        one = self.asks.get(key)
        choice = one.choice(value) if one else None
        if choice:
            return choice.label_en if self.language == "en" else choice.label_es
        if value in ("true", "false"):
            return _("Yes") if value == "true" else _("No")
        unit = (one.unit_en if self.language == "en" else one.unit_es) if one else ""
        least, to, most = value.partition("..")
        if to and not (least and most):
            return (
                _("From %(least)s") % {"least": f"{least} {unit}"} if least else _("Up to %(most)s") % {"most": f"{most} {unit}"}
            ).strip()
        return f"{least} – {most} {unit}".strip() if to else f"{value} {unit}".strip()

    def place(self, value: str, typed: str) -> str:
        """Places are counted folded; shown as people write them."""
        return typed if typed and typed.casefold() == value.casefold() else value.title()

    def country(self, code: str) -> str:
        return formats.country(code, formats.locale_of(get_language() or ""))

    def seller(self, slug: str) -> str:
        """Empty for one who is not on show."""
        return self._sellers.get(slug, "")


def _kinds(asked: Asked, found: search.Facets) -> Group:
    names = {"product": _("Products"), "seller": _("Sellers"), "content": _("Articles")}
    options = [
        Option(names[one.value], one.count, asked.but(kind="" if one.chosen else one.value).query(), one.chosen)
        for one in found.kinds
        if one.value in names
    ]
    return Group(_("What"), options)


def _categories(asked: Asked, found: search.Facets, words: Words, within: catalogue.Shelf | None) -> Group:
    """The next step down the tree, and the way chosen so far."""
    asked_for = words.tree.by_slug.get(asked.category)
    here = asked_for if asked_for and asked_for.active else within
    below = {one.slug for one in words.tree.children(here)}
    counted = {one.value: one.count for one in found.categories}
    way = [one for one in words.tree.crumbs(here) if not within or one.depth > within.depth] if here else []
    options = [Option(one.title, counted.get(one.slug, 0), asked.but(category=_above(one, within)).query(), True, "") for one in way]
    options += [
        Option(words.category(slug), count, asked.but(category=slug).query()) for slug, count in counted.items() if slug in below and count
    ][: MOST_VALUES * 2]
    return Group(_("Category"), options)


def _above(shelf: catalogue.Shelf, within: catalogue.Shelf | None) -> str:
    above = shelf.slugs[-2] if len(shelf.slugs) > 1 else ""
    return "" if within and above == within.slug else above


def _yes_or_no(asked: Asked, found: search.Facets) -> Group:
    options = []
    if found.certified or asked.certified:
        href = asked.but(certified=not asked.certified).query()
        options.append(Option(_("Certified sellers"), found.certified, href, asked.certified))
    if found.in_stock or asked.in_stock:
        href = asked.but(in_stock=not asked.in_stock).query()
        options.append(Option(_("In stock now"), found.in_stock, href, asked.in_stock))
    return Group(_("Only"), options, is_choice=True)


def _prices(asked: Asked, found: search.Facets) -> Group:
    locale = formats.locale_of(get_language() or "")
    options = []
    for band in found.prices:
        least, most = (_typed(minor, band.currency) for minor in (band.least, band.most))
        chosen = bool(asked.least or asked.most) and (asked.least, asked.most, asked.currency) == (least, most, band.currency)
        href = asked.but(
            **({"least": "", "most": "", "currency": ""} if chosen else {"least": least, "most": most, "currency": band.currency})
        )
        options.append(Option(_range(band, locale), band.count, href.query(), chosen))
    return Group(_("Price"), options)


def _typed(minor: int | None, currency: str) -> str:
    if minor is None:
        return ""
    return f"{Money(minor, currency).decimal.normalize():f}" if exponent(currency) else str(minor)


def _range(band: search.Band, locale: str) -> str:
    def said(minor: int) -> str:
        return formats.money(Money(minor, band.currency), locale)

    if band.least is None or band.least == 0:
        return _("Up to %(most)s") % {"most": said(band.most or 0)}
    if band.most is None:
        return _("From %(least)s") % {"least": said(band.least)}
    return f"{formats.money(Money(band.least, band.currency), locale, code=False)} – {said(band.most)}"


def _one(key: str, label: str, asked: Asked, counts: Sequence[search.Count], name: Callable[[search.Count], str]) -> Group:
    """A facet of which one value is chosen at a time."""
    options = [
        Option(words, one.count, asked.but(**{key: "" if one.chosen else one.shown or one.value}).query(), one.chosen)
        for one in counts
        if (words := name(one))
    ]
    return Group(label, options[:MOST_VALUES])


def _attributes(asked: Asked, found: search.Facets, words: Words) -> list[Group]:
    made = []
    for key, counts in found.values.items():
        label = words.attribute(key)
        definition = words.asks.get(key)
        if not label or (definition is not None and not definition.facet and key not in asked.facets):
            continue
        shown = _in_ranges(counts) if definition is not None and definition.type == "number" else counts[:MOST_VALUES]
        options = [
            Option(words.value(key, one.value), one.count, asked.toggled(key, one.value).query(), one.chosen)
            for one in shown
            if one.count or one.chosen
        ]
        made.append(Group(label, options))
    return made[:MOST_ATTRIBUTES]


def _in_ranges(counts: Sequence[search.Count]) -> list[search.Count]:
    """Numbers ascending, many of them as ranges; a range that was chosen stays, whatever the others are by now."""
    chosen = {one.value for one in counts if one.chosen}
    numbers = [(Decimal(one.value), one.count) for one in counts if NUMBER.fullmatch(one.value)]
    made = [(f"{least:f}" if least == most else f"{least:f}..{most:f}", count) for least, most, count in ranges(numbers)]
    found = [search.Count(value, count, value in chosen) for value, count in made]
    return [*(search.Count(value, 0, True) for value in sorted(chosen - {value for value, _ in made})), *found]


def chips(asked: Asked, words: Words) -> list[Chip]:
    """What is chosen, in the order of the page; each takes itself away."""
    found: list[Chip] = []

    def chip(label: str, **without: Any) -> None:
        found.append(Chip(label, asked.but(**without).query()))

    if asked.purpose:
        chip(_("For: %(purpose)s") % {"purpose": asked.purpose}, purpose="")
    if asked.kind:
        chip({"product": _("Products"), "seller": _("Sellers"), "content": _("Articles")}[asked.kind], kind="")
    if asked.category:
        chip(words.category(asked.category), category="")
    if asked.place:
        chip(asked.place, place="")
    if asked.country:
        chip(words.country(asked.country), country="")
    if asked.seller:
        chip(words.seller(asked.seller) or asked.seller, seller="")
    if asked.is_near:
        chip(
            _("Within %(km)d km of me") % {"km": asked.km}, lat=None, lon=None, sort="relevance" if asked.sort == "distance" else asked.sort
        )
    if asked.certified:
        chip(_("Certified sellers"), certified=False)
    if asked.in_stock:
        chip(_("In stock now"), in_stock=False)
    if asked.least or asked.most:
        chip(_amounts(asked), least="", most="", currency="")
    for key, values in asked.facets.items():
        for value in values:
            found.append(Chip(f"{words.attribute(key) or key}: {words.value(key, value)}", asked.toggled(key, value).query()))
    return found


def _amounts(asked: Asked) -> str:
    currency = asked.currency
    if not asked.least:
        return _("Up to %(most)s") % {"most": f"{asked.most} {currency}"}
    if not asked.most:
        return _("From %(least)s") % {"least": f"{asked.least} {currency}"}
    return f"{asked.least} – {asked.most} {currency}"
