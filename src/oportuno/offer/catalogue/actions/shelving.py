"""Filling the shelves from a vertical pack. Nothing is deleted: what the pack no longer has is put aside, products keep it."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction

from oportuno.kernel.facts import record
from oportuno.kernel.packs import Pack
from oportuno.kernel.packs.taxonomy import Attribute, Placed
from oportuno.offer.catalogue.facts import ShelvesFilled
from oportuno.offer.catalogue.models import AttributeDefinition, Category, CategoryAttribute, Edition, TaxClass, TaxDefault

MARKET = 0
"""Facts of the market itself, which belongs to no organisation, when the operator is not known yet."""


@transaction.atomic
def install_pack(pack: Pack, *, at: datetime, organisation: int = MARKET) -> bool:
    """Load categories, attributes and taxes; whether anything changed. Twice with the same pack changes nothing."""
    digest = _digest(pack)
    edition = Edition.objects.select_for_update().filter(pk=1).first()
    if edition and (edition.pack, edition.digest) == (pack.name, digest):
        return False
    attributes = {one.key: _put_attribute(order, one, pack.name) for order, one in enumerate(pack.taxonomy.attributes)}
    categories: dict[str, Category] = {}
    for order, placed in enumerate(pack.taxonomy.walk()):
        categories[placed.slug] = _put_category(order, placed, categories, pack.name)
        _put_uses(categories[placed.slug], placed, attributes)
    Category.objects.exclude(slug__in=categories).update(active=False)
    _put_taxes(pack, categories)
    Edition.objects.update_or_create(pk=1, defaults={"pack": pack.name, "digest": digest, "at": at})
    if organisation:
        record(ShelvesFilled(pack=pack.name, categories=len(categories), at=at), organisation=organisation)
    return True


def _digest(pack: Pack) -> str:
    told = [pack.taxonomy.model_dump(mode="json"), pack.tax.model_dump(mode="json")]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def _put_attribute(order: int, one: Attribute, pack: str) -> AttributeDefinition:
    kept: dict[str, Any] = {
        "type": one.type,
        "label_es": one.label.es,
        "label_en": one.label.en,
        "unit_es": one.unit.es if one.unit else "",
        "unit_en": one.unit.en if one.unit else "",
        "help_es": one.help.es if one.help else "",
        "help_en": one.help.en if one.help else "",
        "choices": [{"key": c.key, "label": {"es": c.label.es, "en": c.label.en}, "swatch": c.swatch or ""} for c in one.choices],
        "least": one.min,
        "most": one.max,
        "facet": one.facet,
        "order": order,
        "pack": pack,
    }
    return AttributeDefinition.objects.update_or_create(key=one.key, defaults=kept)[0]


def _put_category(order: int, placed: Placed, known: dict[str, Category], pack: str) -> Category:
    one = placed.category
    kept: dict[str, Any] = {
        "path": "/".join(placed.path),
        "parent": known[placed.parent] if placed.parent else None,
        "depth": placed.depth,
        "order": order,
        "title_es": one.title.es,
        "title_en": one.title.en,
        "description_es": one.description.es if one.description else "",
        "description_en": one.description.en if one.description else "",
        "icon": one.icon,
        "sells": placed.sells,
        "google": one.google,
        "pack": pack,
        "active": True,
    }
    return Category.objects.update_or_create(slug=one.slug, defaults=kept)[0]


def _put_uses(category: Category, placed: Placed, attributes: dict[str, AttributeDefinition]) -> None:
    """What the category itself asks; what it inherits is found through its path."""
    CategoryAttribute.objects.filter(category=category).delete()
    CategoryAttribute.objects.bulk_create(
        CategoryAttribute(category=category, attribute=attributes[use.use], required=use.required, choices=list(use.choices), order=order)
        for order, use in enumerate(placed.category.attributes)
    )


def _put_taxes(pack: Pack, categories: dict[str, Category]) -> None:
    general = set(pack.tax.general.values())
    taxes = {
        one.key: TaxClass.objects.update_or_create(
            key=one.key,
            defaults={
                "country": one.country,
                "title_es": one.title.es,
                "title_en": one.title.en,
                "percent": one.percent,
                "law_es": one.law.es,
                "law_en": one.law.en,
                "general": one.key in general,
                "pack": pack.name,
                "active": True,
            },
        )[0]
        for one in pack.tax.classes
    }
    TaxClass.objects.exclude(key__in=taxes).update(active=False)
    TaxDefault.objects.all().delete()
    TaxDefault.objects.bulk_create(TaxDefault(category=categories[one.category], tax=taxes[one.tax]) for one in pack.tax.defaults)
