"""Shelves come from the vertical's pack; another pack fills them anew and loses no product."""

from __future__ import annotations

from pathlib import Path

import pytest

from oportuno.kernel import packs
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.catalogue import api
from oportuno.offer.catalogue.models import AttributeDefinition, Category, Edition, Product
from oportuno.offer.catalogue.testing import HEADER, ROSE, bring_text, of
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


def test_it_changes_nothing_the_second_time(shelves: api.Shelves) -> None:
    before = list(Category.objects.order_by("pk").values()), list(AttributeDefinition.objects.order_by("pk").values())
    assert not api.install_pack(packs.load("flores"), at=now())
    assert (list(Category.objects.order_by("pk").values()), list(AttributeDefinition.objects.order_by("pk").values())) == before


def test_it_inherits_what_the_parent_asks_and_narrows_it(shelves: api.Shelves) -> None:
    roses = shelves.by_slug["rosas"]
    asked = {one.key: one for one in roses.asks}
    assert [choice.key for choice in asked["species"].choices] == ["rosa"]
    assert asked["colour"].required
    assert [one.slug for one in shelves.crumbs(roses)] == ["flores-cortadas", "rosas"]
    assert shelves.find("Flores cortadas > ROSAS") == roses


def test_it_switches_the_pack_and_keeps_the_products(alba: Actor, shelves: api.Shelves, tmp_path: Path) -> None:
    bring_text(alba, tmp_path, f"{HEADER}\n{ROSE}\n")
    if "saas" not in packs.available():
        pytest.skip("the pack of software is not in this checkout")
    assert api.install_pack(packs.load("saas"), at=now())
    assert Edition.objects.get().pack == "saas"
    tree = api.shelves()
    assert "rosas" not in {one.slug for one in tree}
    with for_organisation(of(alba).pk):
        product = Product.objects.get()
        assert tree.by_id[product.category_id or 0].slug == "rosas"
    assert api.install_pack(packs.load("flores"), at=now())
    assert "rosas" in {one.slug for one in api.shelves()}


def test_it_finds_the_tax_of_a_category(shelves: api.Shelves) -> None:
    general, plants = shelves.tax_for("CO", shelves.by_slug["rosas"]), shelves.tax_for("MX", shelves.by_slug["rosas"])
    assert (general and general.key, plants and plants.key) == ("co-iva-19", "mx-iva-0")
