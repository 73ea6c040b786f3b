"""Files that real programs wrote go in whole, and a second time change nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from oportuno.kernel.isolation import for_organisation
from oportuno.offer.catalogue import api
from oportuno.offer.catalogue.models import ImportProblem, Offer, OfferPrice, Product, ProductPicture, Stock, Variant
from oportuno.offer.catalogue.testing import bring, counts, of
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


def test_it_takes_all_seven_of_woocommerces_own_test_file(alba: Actor, shelves: api.Shelves, cases: Path) -> None:
    run = bring(alba, cases / "catalogue" / "woocommerce_importer_test_sample.csv")
    assert run.format == "woocommerce"
    assert counts(run) == (7, 0, 0, 0)
    with for_organisation(of(alba).pk):
        idea = Offer.objects.get(sku="WOOIDEA")
        assert idea.has_variants
        assert idea.on_hand == 16
        forms = Offer.objects.filter(product_id=idea.product_id, variant_id__isnull=False)
        assert {str(one) for one in Variant.objects.filter(pk__in=forms.values("variant_id"))} == {"Black · M", "Green · L"}
        logo = Offer.objects.get(sku="WOOLOGO")
        dated = OfferPrice.objects.get(offer=logo, starts_at__isnull=False)
        assert (dated.amount_minor, dated.compare_minor) == (1800, 2000)
        assert Stock.objects.get(offer=logo).on_hand == 5
        assert ProductPicture.objects.filter(product_id=logo.product_id).count() == 2


def test_it_takes_woocommerces_sample_shop_twice_and_changes_nothing(alba: Actor, shelves: api.Shelves, cases: Path) -> None:
    file = cases / "catalogue" / "woocommerce_sample_products.csv"
    assert counts(bring(alba, file)) == (25, 0, 0, 0)
    with for_organisation(of(alba).pk):
        before = list(Offer.objects.order_by("pk").values())
    assert counts(bring(alba, file)) == (0, 0, 25, 0)
    with for_organisation(of(alba).pk):
        assert list(Offer.objects.order_by("pk").values()) == before
        assert not ImportProblem.objects.exists()


@pytest.mark.slow
def test_it_takes_nineteen_thousand_products_of_a_feed(alba: Actor, shelves: api.Shelves, cases: Path) -> None:
    file = cases / "search-products" / "products.jsonl.xz"
    run = bring(alba, file)
    assert (run.format, run.language) == ("jsonl", "en")
    assert counts(run) == (19_406, 0, 0, 0)
    with for_organisation(of(alba).pk):
        ink = Product.objects.get(pk=Offer.objects.get(sku="1399").product_id)
        assert (ink.title_en, ink.brand, ink.gtin) == ("HP 80 Original Cyan", "HP", "00882780756328")
        assert ink.details["Ink type"] == "Dye-based ink"
        assert OfferPrice.objects.get(offer__sku="1399").amount_minor == 12595
    assert counts(bring(alba, file)) == (0, 0, 19_406, 0)
