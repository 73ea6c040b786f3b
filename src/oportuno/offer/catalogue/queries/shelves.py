"""The shelves in memory: the whole tree, what each category asks, taxes. Read once per edition; one tiny query tells whether it is stale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection

from oportuno.kernel.isolation import Acting, acting
from oportuno.offer.catalogue.models import AttributeDefinition, Category, CategoryAttribute, TaxClass, TaxDefault
from oportuno.offer.catalogue.models.products import in_reader_language
from oportuno.offer.catalogue.rules.attributes import Asked, Choice
from oportuno.offer.catalogue.rules.codes import fold


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category in its tree. `asks` has what it inherits, too."""

    id: int
    slug: str
    path: str
    depth: int
    title_es: str
    title_en: str
    description_es: str
    description_en: str
    icon: str
    sells: str
    active: bool
    asks: tuple[Asked, ...] = ()

    @property
    def title(self) -> str:
        return in_reader_language(self.title_es, self.title_en)

    @property
    def description(self) -> str:
        return in_reader_language(self.description_es, self.description_en)

    @property
    def slugs(self) -> tuple[str, ...]:
        """From the root to itself."""
        return tuple(self.path.split("/"))


@dataclass(frozen=True, slots=True)
class Tax:
    id: int
    key: str
    country: str
    title_es: str
    title_en: str
    percent: Decimal | None
    general: bool

    @property
    def title(self) -> str:
        return in_reader_language(self.title_es, self.title_en)


@dataclass(frozen=True)
class Shelves:
    """All shelves, in the pack's order; taxes by key."""

    pack: str
    digest: str
    by_id: Mapping[int, Shelf]
    by_slug: Mapping[str, Shelf]
    taxes: Mapping[str, Tax]
    defaults: Mapping[tuple[str, str], str]  # (country, category slug) → tax key
    _names: Mapping[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Shelf]:
        return (shelf for shelf in self.by_id.values() if shelf.active)

    def tree(self) -> list[Shelf]:
        """Those in use, parents before children."""
        return list(self)

    def under(self, shelf: Shelf) -> list[int]:
        """Its id and those of all below it."""
        return [one.id for one in self.by_id.values() if one.path == shelf.path or one.path.startswith(f"{shelf.path}/")]

    def children(self, shelf: Shelf | None) -> list[Shelf]:
        depth = shelf.depth + 1 if shelf else 0
        return [one for one in self if one.depth == depth and (shelf is None or one.path.startswith(f"{shelf.path}/"))]

    def in_use(self, category: int | None) -> Shelf | None:
        """A category by its id; None for none, and for one that the vertical has given up."""
        found = self.by_id.get(category or 0)
        return found if found and found.active else None

    def crumbs(self, shelf: Shelf) -> list[Shelf]:
        """From the root to the shelf, those in use."""
        return [one for slug in shelf.slugs if (one := self.by_slug[slug]).active]

    def find(self, said: str) -> Shelf | None:
        """The shelf people mean: by slug, path or title; of "A > B > C" the deepest that there is."""
        for part in reversed([part for part in said.replace("/", ">").split(">") if part.strip()]):
            if slug := self._names.get(fold(part)):
                return self.by_slug[slug]
        return None

    def tax_for(self, country: str, shelf: Shelf | None) -> Tax | None:
        """What is paid in a country unless the seller says otherwise: the nearest default, else the general one."""
        for slug in reversed(shelf.slugs if shelf else ()):
            if key := self.defaults.get((country, slug)):
                return self.taxes.get(key)
        return next((tax for tax in self.taxes.values() if tax.general and tax.country == country), None)

    def taxes_of(self, country: str) -> list[Tax]:
        return [tax for tax in self.taxes.values() if tax.country == country]


_kept: list[tuple[tuple[Any, ...], Shelves]] = []


_seen: ContextVar[tuple[Acting, Shelves] | None] = ContextVar("shelves_seen", default=None)
"""What a public page saw when it first looked: it reads only, so they are the same until its end."""


def shelves() -> Shelves:
    """The shelves as they are now. One query a page, and five more when they changed since this process last looked."""
    page = acting()
    seen = _seen.get()
    if seen is not None and seen[0] is page:
        return seen[1]
    now = _now()
    if page.role == "public":
        _seen.set((page, now))
    return now


def _now() -> Shelves:
    with connection.cursor() as cursor:  # a query set around it would cost more than the query
        cursor.execute("SELECT pack, digest, at FROM catalogue_edition ORDER BY id LIMIT 1")
        edition = cursor.fetchone() or ("", "", None)
    if _kept and _kept[0][0] == edition:
        return _kept[0][1]
    fresh = _read(edition[0], edition[1])
    _kept[:] = [(edition, fresh)]
    return fresh


def _read(pack: str, digest: str) -> Shelves:
    definitions = {one.pk: one for one in AttributeDefinition.objects.all()}
    own: dict[int, list[CategoryAttribute]] = {}
    for use in CategoryAttribute.objects.order_by("category_id", "order", "id"):
        own.setdefault(use.category_id, []).append(use)
    by_id: dict[int, Shelf] = {}
    asked: dict[str, dict[str, Asked]] = {}
    for category in Category.objects.order_by("-active", "order", "id"):
        inherited = asked.get(category.path.rpartition("/")[0], {})
        asks = {**inherited, **{one.key: one for one in (_asked(use, definitions) for use in own.get(category.pk, []))}}
        asked[category.path] = asks
        by_id[category.pk] = Shelf(
            category.pk, category.slug, category.path, category.depth, category.title_es, category.title_en,
            category.description_es, category.description_en, category.icon, category.sells, category.active, tuple(asks.values()),
        )  # fmt: skip
    names: dict[str, str] = {}
    for shelf in sorted(by_id.values(), key=lambda one: one.depth):
        if shelf.active:
            for name in (shelf.slug, shelf.title_es, shelf.title_en):
                names.setdefault(fold(name), shelf.slug)
    taxes = {
        one.key: Tax(one.pk, one.key, one.country, one.title_es, one.title_en, one.percent, one.general)
        for one in TaxClass.objects.filter(active=True).order_by("country", "id")
    }
    defaults = {(one.tax.country, one.category.slug): one.tax.key for one in TaxDefault.objects.select_related("tax", "category")}
    return Shelves(pack, digest, by_id, {shelf.slug: shelf for shelf in by_id.values()}, taxes, defaults, names)


def _asked(use: CategoryAttribute, definitions: Mapping[int, AttributeDefinition]) -> Asked:
    one = definitions[use.attribute_id]
    allowed = set(use.choices)
    choices = tuple(
        Choice(c["key"], c["label"]["es"], c["label"]["en"], c.get("swatch") or "")
        for c in one.choices
        if not allowed or c["key"] in allowed
    )
    return Asked(
        one.key, one.type, one.label_es, one.label_en, one.unit_es, one.unit_en, one.help_es, one.help_en,
        choices, one.least, one.most, use.required, one.facet,
    )  # fmt: skip
