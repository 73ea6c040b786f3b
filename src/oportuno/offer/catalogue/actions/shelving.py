"""Filling the shelves from a vertical pack. Nothing is deleted: what the pack no longer has is put aside, products keep it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Model

from oportuno.kernel.facts import record
from oportuno.kernel.packs import Pack
from oportuno.kernel.packs.taxonomy import Attribute, Placed
from oportuno.offer.catalogue.facts import ShelvesFilled
from oportuno.offer.catalogue.models import AttributeDefinition, Category, CategoryAttribute, Edition, TaxClass, TaxDefault

Kind = TypeVar("Kind", bound=Model)
MARKET = 0
"""Facts of the market itself, which belongs to no organisation, when the operator is not known yet."""


@transaction.atomic
def install_pack(pack: Pack, *, at: datetime, organisation: int = MARKET) -> bool:
    """Load categories, attributes and taxes; whether anything changed. Twice with the same pack changes nothing."""
    digest = _digest(pack)
    edition = Edition.objects.select_for_update().filter(pk=1).first()
    if edition and (edition.pack, edition.digest) == (pack.name, digest):
        return False
    asked = _put([_attribute(order, one, pack.name) for order, one in enumerate(pack.taxonomy.attributes)], key="key")
    attributes = {one.key: one for one in asked}
    categories = _put_categories(pack)
    _put_uses(pack, categories, attributes)
    Category.objects.exclude(slug__in=categories).update(active=False)
    _put_taxes(pack, categories)
    Edition.objects.update_or_create(pk=1, defaults={"pack": pack.name, "digest": digest, "at": at})
    if organisation:
        record(ShelvesFilled(pack=pack.name, categories=len(categories), at=at), organisation=organisation)
    return True


def _digest(pack: Pack) -> str:
    told = [pack.taxonomy.model_dump(mode="json"), pack.tax.model_dump(mode="json")]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def _put(rows: Sequence[Kind], *, key: str) -> list[Kind]:
    """New ones, and what is known by its key as it is now; all with their identities."""
    if not rows:
        return []
    fields = [one.name for one in rows[0]._meta.concrete_fields if not one.primary_key and one.name != key]
    return rows[0].__class__._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=[key], update_fields=fields)


def _attribute(order: int, one: Attribute, pack: str) -> AttributeDefinition:
    return AttributeDefinition(
        key=one.key, type=one.type, label_es=one.label.es, label_en=one.label.en, unit_es=one.unit.es if one.unit else "",
        unit_en=one.unit.en if one.unit else "", help_es=one.help.es if one.help else "", help_en=one.help.en if one.help else "",
        choices=[{"key": c.key, "label": {"es": c.label.es, "en": c.label.en}, "swatch": c.swatch or ""} for c in one.choices],
        least=one.min, most=one.max, facet=one.facet, order=order, pack=pack,
    )  # fmt: skip


def _put_categories(pack: Pack) -> dict[str, Category]:
    """Storey by storey: who hangs below another needs its identity."""
    known: dict[str, Category] = {}
    storeys: dict[int, list[tuple[int, Placed]]] = {}
    for order, placed in enumerate(pack.taxonomy.walk()):
        storeys.setdefault(placed.depth, []).append((order, placed))
    for _depth, storey in sorted(storeys.items()):
        rows = _put([_category(order, placed, known, pack.name) for order, placed in storey], key="slug")
        known.update((one.slug, one) for one in rows)
    return known


def _category(order: int, placed: Placed, known: dict[str, Category], pack: str) -> Category:
    one = placed.category
    return Category(
        slug=one.slug, path="/".join(placed.path), parent=known[placed.parent] if placed.parent else None, depth=placed.depth, order=order,
        title_es=one.title.es, title_en=one.title.en, description_es=one.description.es if one.description else "",
        description_en=one.description.en if one.description else "", icon=one.icon, sells=placed.sells,
        google=one.google, pack=pack, active=True,
    )  # fmt: skip


def _put_uses(pack: Pack, categories: dict[str, Category], attributes: dict[str, AttributeDefinition]) -> None:
    """What each category itself asks; what it inherits is found through its path."""
    CategoryAttribute.objects.filter(category__in=categories.values()).delete()
    CategoryAttribute.objects.bulk_create(
        CategoryAttribute(
            category=categories[placed.slug], attribute=attributes[use.use], required=use.required, choices=list(use.choices), order=order
        )
        for placed in pack.taxonomy.walk()
        for order, use in enumerate(placed.category.attributes)
    )


def _put_taxes(pack: Pack, categories: dict[str, Category]) -> None:
    general = set(pack.tax.general.values())
    rows = [
        TaxClass(
            key=one.key, country=one.country, title_es=one.title.es, title_en=one.title.en, percent=one.percent, law_es=one.law.es,
            law_en=one.law.en, general=one.key in general, pack=pack.name, active=True,
        )
        for one in pack.tax.classes
    ]  # fmt: skip
    taxes = {one.key: one for one in _put(rows, key="key")}
    TaxClass.objects.exclude(key__in=taxes).update(active=False)
    TaxDefault.objects.all().delete()
    TaxDefault.objects.bulk_create(TaxDefault(category=categories[one.category], tax=taxes[one.tax]) for one in pack.tax.defaults)
