"""A product is found by what it is, in the words in which people ask."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from oportuno.kernel.isolation import for_public
from oportuno.offer.catalogue import api
from oportuno.offer.catalogue.testing import bring_text
from oportuno.offer.search import api as search
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
ROSES = [
    {
        "sku": "FREEDOM",
        "title_es": "Freedom",
        "title_en": "Freedom",
        "category": "rosas",
        "kind": "good",
        "has_variants": "1",
        "active": "1",
        "attributes": {"species": "rosa", "colour": "rojo", "packing": "docena", "stem_length_cm": 50, "fragrance": "suave"},
    },
    {"sku": "FREEDOM-60", "parent": "FREEDOM", "options": {"Largo del tallo": "60 cm"}, "prices": {"COP": "45000"}, "active": "1"},
    {"sku": "FREEDOM-70", "parent": "FREEDOM", "options": {"Largo del tallo": "70 cm"}, "prices": {"COP": "52000"}, "active": "1"},
    {
        "sku": "SORDA",
        "title_es": "Sorda",
        "title_en": "Deaf",
        "category": "rosas",
        "kind": "good",
        "active": "1",
        "prices": {"COP": "30000"},
        "attributes": {"species": "rosa", "colour": "rojo", "packing": "docena", "fragrance": "sin-aroma"},
    },
]


@pytest.fixture
def roses(approved: Actor, tmp_path: Path) -> None:
    run = bring_text(approved, tmp_path, "\n".join(json.dumps(row) for row in ROSES), name="rosas.jsonl")
    assert (run.new, run.wrong) == (4, 0)
    with for_public():
        products = list(api.Product.objects.values_list("pk", flat=True))
    assert api.feed_search(products) == 2


def titles(text: str = "", **more: object) -> list[str]:
    """Of those that are all that was asked."""
    found = search.search(search.Query(text=text, kind="product", **more))
    return [hit.title for hit in found.items[: found.full]]


@pytest.mark.usefixtures("roses")
@pytest.mark.parametrize("asked", ["rosas rojas de 60 cm", "rosa con aroma", "flores cortadas freedom", "70 cm", "freedom light fragrance"])
def test_it_is_found_by_its_attributes_its_forms_and_its_shelves(asked: str) -> None:
    assert titles(asked) == ["Freedom"]


@pytest.mark.usefixtures("roses")
def test_it_is_narrowed_by_what_only_a_form_of_it_has() -> None:
    assert titles(facets={"stem_length_cm": ("60",)}) == ["Freedom"]
    assert titles(facets={"stem_length_cm": ("80",)}) == []
