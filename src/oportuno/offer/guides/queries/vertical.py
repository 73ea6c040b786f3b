"""What conditions can be about: the vertical's categories, attributes and certifications, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from babel import Locale
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from oportuno.kernel import formats
from oportuno.kernel.errors import NotFound
from oportuno.kernel.money import Money
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory
from oportuno.offer.guides.rules.document import Condition
from oportuno.offer.search import api as search

INDENT = "\u2003"
CHOSEN = ("choice", "multi", "colour", "boolean")


@dataclass
class Vertical:
    """Read once for a page. Two queries at most."""

    tree: catalogue.Shelves = field(default_factory=catalogue.shelves)

    @cached_property
    def asks(self) -> Mapping[str, catalogue.Asked]:
        """What a search can be narrowed by, by key."""
        return {one.key: one for shelf in self.tree for one in shelf.asks if one.facet}

    @cached_property
    def certifications(self) -> Mapping[str, str]:
        """What the market vouches for: words by key."""
        try:
            return {one.key: directory.said(one.title.model_dump()) for one in directory.method().vetting.certifications}
        except NotFound:
            return {}

    def has(self, condition: Condition) -> bool:
        """Whether the vertical knows what a condition is about."""
        match condition.kind:
            case "category":
                shelf = self.tree.by_slug.get(condition.key)
                return bool(shelf and shelf.active)
            case "attribute":
                asked = self.asks.get(condition.key)
                return bool(asked and asked.type in CHOSEN and all(_has_choice(asked, one) for one in condition.values))
            case "range":
                asked = self.asks.get(condition.key)
                return bool(asked and asked.type == "number")
            case "price":
                return condition.currency in Locale("es").currencies
            case "country":
                return condition.key in Locale("es").territories and len(condition.key) == 2
            case "certification":
                return condition.key in self.certifications
            case "delivery":
                return condition.key in directory.place_names()
            case _:
                return True

    def name_of(self, key: str) -> str:
        """What an attribute is called."""
        asked = self.asks[key]
        return _in_language(asked.label_es, asked.label_en)

    def choices_of(self, key: str) -> list[tuple[str, str]]:
        """What an attribute may be; nothing for one that is not there."""
        asked = self.asks.get(key)
        if asked is None:
            return []
        keys = ["yes", "no"] if asked.type == "boolean" else [one.key for one in asked.choices]
        return [(one, _choice(asked, one)) for one in keys]

    def keys_of(self, kind: str) -> list[tuple[str, str]]:
        """Categories, countries or certifications to choose from."""
        if kind == "category":
            return [(one.slug, f"{INDENT * one.depth}{one.title}") for one in self.tree]
        if kind == "country":
            return [(one.code, directory.said({"es": one.name_es, "en": one.name_en})) for one in directory.countries()]
        return list(self.certifications.items())

    def places(self, country: str) -> list[tuple[str, list[tuple[str, str]]]]:
        """Where one may deliver in a country, by region: the region itself, and the towns in it."""
        groups = [(one.name, [(one.code, one.name), *one.places]) for one in directory.homes(country)]
        return [(formats.country(country, _locale()), [(country, formats.country(country, _locale()))]), *groups]

    def label(self, condition: Condition) -> str:
        """What it is about: "Colour", "Price"."""
        match condition.kind:
            case "attribute" | "range":
                asked = self.asks.get(condition.key)
                return _in_language(asked.label_es, asked.label_en) if asked else condition.key
            case "certification" | "certified":
                return _("Certification")
            case _:
                return {
                    "category": _("Category"), "price": _("Price"), "place": _("Place"), "country": _("Country"), "in_stock": _("Stock"),
                    "delivery": _("Delivery"),
                }[condition.kind]  # fmt: skip

    def words(self, condition: Condition) -> str:
        """What it asks: "Red or white", "Up to $ 50.000 COP"."""
        match condition.kind:
            case "category":
                shelf = self.tree.by_slug.get(condition.key)
                return shelf.title if shelf else condition.key
            case "attribute":
                asked = self.asks.get(condition.key)
                return _either([_choice(asked, one) for one in condition.values])
            case "range":
                asked = self.asks.get(condition.key)
                unit = _in_language(asked.unit_es, asked.unit_en) if asked else ""
                return _between(_number(condition.least, unit), _number(condition.most, unit))
            case "price":
                return _between(_money(condition.least, condition.currency), _money(condition.most, condition.currency))
            case "country":
                return formats.country(condition.key, _locale())
            case "delivery":
                return _("To %(place)s") % {"place": _place(condition.key)}
            case "certification":
                return self.certifications.get(condition.key, condition.key)
            case "certified":
                return _("Any that the market vouches for")
            case "in_stock":
                return _("In stock now")
            case _:
                return condition.key


def _place(code: str) -> str:
    return _in_language(*directory.place_names().get(code, (code, code)))


def _has_choice(asked: catalogue.Asked, value: str) -> bool:
    return value in ("yes", "no") if asked.type == "boolean" else asked.choice(value) is not None


def _choice(asked: catalogue.Asked | None, value: str) -> str:
    if asked is not None and asked.type == "boolean":
        return _("Yes") if value == "yes" else _("No")
    choice = asked.choice(value) if asked else None
    return _in_language(choice.label_es, choice.label_en) if choice else value


def _either(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return pgettext("either", "%(some)s or %(last)s") % {"some": ", ".join(words[:-1]), "last": words[-1]}


def _between(least: str, most: str) -> str:
    if least and most:
        return _("From %(least)s to %(most)s") % {"least": least, "most": most}
    return _("From %(least)s") % {"least": least} if least else _("Up to %(most)s") % {"most": most}


def _number(value: Decimal | None, unit: str) -> str:
    return "" if value is None else f"{formats.number(value, _locale())} {unit}".strip()


def _money(value: Decimal | None, currency: str) -> str:
    return "" if value is None else formats.money(Money.of(value, currency), _locale())


def _locale() -> str:
    return formats.locale_of(get_language() or "")


def _in_language(es: str, en: str) -> str:
    return (en or es) if (get_language() or "es").startswith("en") else (es or en)


def language() -> search.Language:
    """Of the reader, as documents say it."""
    return "en" if (get_language() or "es").startswith("en") else "es"
