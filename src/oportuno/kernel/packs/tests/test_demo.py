"""The demo market holds together: every product fits its category, every number is real, every place exists."""

from __future__ import annotations

from collections import Counter

import pytest
from stdnum import ean
from stdnum.co import nit
from stdnum.ec import ruc
from stdnum.mx import rfc

from oportuno.kernel.drawings import KINDS
from oportuno.kernel.packs import Pack, load
from oportuno.kernel.packs.demo import Demo, demo_of

BOXES = {"CO": (-4.3, 13.5, -82.0, -66.8), "MX": (14.5, 32.8, -118.5, -86.6), "EC": (-5.1, 1.5, -81.1, -75.1)}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load("flores")


@pytest.fixture(scope="module")
def demo(pack: Pack) -> Demo:
    return demo_of(pack)


def test_it_is_large_enough_to_look_alive(demo: Demo) -> None:
    countries = Counter(seller.country for seller in demo.sellers)
    assert len(demo.sellers) >= 44
    assert (countries["CO"] >= 24, countries["MX"] >= 12, countries["EC"] >= 8) == (True, True, True)
    assert len(demo.products) >= 2_000
    assert len(demo.offers) >= 2_000
    assert len(demo.contacts) == 200
    assert len(demo.articles) >= 24


def test_every_product_fits_its_category(pack: Pack, demo: Demo) -> None:
    assert [c for one in demo.products for c in pack.taxonomy.complaints(one.category, one.attributes)] == []


def test_every_variant_fits_the_category_of_its_product(pack: Pack, demo: Demo) -> None:
    products = {one.key: one for one in demo.products}
    for offer in demo.offers:
        product = products[offer.product]
        for variant in offer.variants:
            assert pack.taxonomy.complaints(product.category, {**product.attributes, **variant.attributes}) == []


def test_every_tax_number_is_valid(demo: Demo) -> None:
    for seller in demo.sellers:
        match seller.country:
            case "CO":
                assert nit.is_valid(seller.tax_number), seller.slug
            case "MX":
                assert rfc.is_valid(seller.tax_number, validate_check_digits=True), seller.slug
            case "EC":
                assert ruc.is_valid(seller.tax_number), seller.slug


def test_a_product_that_several_sellers_offer_has_a_true_gtin(demo: Demo) -> None:
    offers = Counter(offer.product for offer in demo.offers)
    shared = [one for one in demo.products if one.gtin]
    assert all(ean.is_valid(one.gtin) for one in shared)
    assert len({one.gtin for one in shared}) == len(shared)
    assert sum(offers[one.key] > 1 for one in shared) >= 50
    assert all(offers[one.key] == 1 for one in demo.products if not one.gtin)


def test_keys_and_codes_name_one_thing(demo: Demo) -> None:
    skus = [variant.sku for offer in demo.offers for variant in offer.variants]
    for keys in (skus, [o.key for o in demo.offers], [s.slug for s in demo.sellers], [a.slug for a in demo.articles]):
        assert len(keys) == len(set(keys))


def test_every_price_stands_or_is_on_request(demo: Demo) -> None:
    for offer in demo.offers:
        assert all((variant.price is None) == offer.quote_only for variant in offer.variants)
        assert all(variant.price is None or variant.price > 0 for variant in offer.variants)
    assert sum(offer.quote_only for offer in demo.offers) >= 30


def test_it_sells_goods_services_and_courses(demo: Demo) -> None:
    kinds = Counter(one.sells for one in demo.products)
    assert min(kinds["good"], kinds["service"], kinds["course"]) >= 50


def test_every_point_of_sale_lies_in_its_country(demo: Demo) -> None:
    for seller in demo.sellers:
        south, north, west, east = BOXES[seller.country]
        for point in seller.points:
            assert south <= point.latitude <= north, point.key
            assert west <= point.longitude <= east, point.key
            assert point.hours


def test_sellers_name_only_what_the_pack_knows(pack: Pack, demo: Demo) -> None:
    certifications = {one.key for one in pack.vetting.certifications}
    sectors = {one.slug for one in pack.sectors.sectors}
    for seller in demo.sellers:
        assert set(seller.certifications) <= certifications, seller.slug
        assert set(seller.sectors) <= sectors, seller.slug
        assert bool(seller.certifications) == (seller.vetting == "approved"), seller.slug
        assert bool(seller.vetting_note) == (seller.vetting in {"changes", "rejected"}), seller.slug


def test_each_seller_has_a_difference_of_its_own(demo: Demo) -> None:
    assert len({seller.difference.es for seller in demo.sellers}) == len(demo.sellers)
    assert all(len(seller.story.es) > 40 for seller in demo.sellers)


def test_the_market_has_every_state_of_vetting(demo: Demo) -> None:
    states = Counter(seller.vetting for seller in demo.sellers)
    assert set(states) == {"approved", "pending", "changes", "rejected"}
    assert states["approved"] >= 40


def test_the_cast_is_there_and_knows_its_places(demo: Demo) -> None:
    known = {one.slug for one in demo.sellers} | {one.key for one in demo.organisations} | {None}
    assert {one.key for one in demo.people} == {"alba", "beto", "carmen", "dario", "eva", "felix", "gala"}
    assert {role.organisation for one in demo.people for role in one.roles} <= known
    assert all("(demo)" in one.name for one in demo.people)


def test_words_hang_on_sellers_that_buyers_can_see(demo: Demo) -> None:
    seen = {one.slug for one in demo.sellers if one.vetting == "approved"}
    for one in (*demo.articles, *demo.questions, *demo.contacts):
        assert one.seller in seen


def test_nobody_can_receive_mail_there(demo: Demo) -> None:
    for one in (*demo.contacts, *demo.people, *demo.sellers):
        assert one.email.endswith(".example")


def test_it_is_the_same_each_time(pack: Pack, demo: Demo) -> None:
    demo_of.__globals__["_demo"].cache_clear()
    assert demo_of(pack) == demo


def test_articles_are_short_and_in_both_languages(demo: Demo) -> None:
    for article in demo.articles:
        assert 120 <= len(article.body.es.split()) <= 270, (article.slug, len(article.body.es.split()))
        assert 110 <= len(article.body.en.split()) <= 270, (article.slug, len(article.body.en.split()))


def test_the_market_of_software_has_a_small_demo_that_holds_together_too() -> None:
    pack = load("saas")
    software = demo_of(pack)
    assert len(software.sellers) >= 12
    assert len(software.products) >= 150
    assert {one.sells for one in software.products} == {"service", "course"}
    assert [c for one in software.products for c in pack.taxonomy.complaints(one.category, one.attributes)] == []
    assert {one.picture.kind for one in software.products} <= {kind for kind in KINDS if kind.startswith("app_")}
    checks = {"CO": nit.is_valid, "MX": rfc.is_valid, "EC": ruc.is_valid}
    assert all(checks[seller.country](seller.tax_number) for seller in software.sellers)
    sellers = {seller.slug for seller in software.sellers}
    assert {one.seller for one in (*software.articles, *software.questions, *software.contacts)} <= sellers
    described = " ".join(f"{one.title.es} {one.description.es}" for one in software.products)
    assert "flor" not in described.lower()
