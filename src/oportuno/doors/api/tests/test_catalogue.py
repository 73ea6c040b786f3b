"""What a seller's own programs do with its catalogue, and what anybody then reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from oportuno.doors.api.tests.conftest import Program
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.packs import Pack
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory
from oportuno.offer.directory.testing import make_seller
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
Make = Callable[..., Program]
ROSE: dict[str, Any] = {
    "product": {"title_es": "Rosa roja", "title_en": "Red rose"},
    "prices": [{"amount": "18500.00", "currency": "COP"}],
    "on_hand": 40,
}


@pytest.fixture
def seller(alba: Actor, dario: Actor, flores: Pack) -> directory.Seller:
    catalogue.install_pack(flores, at=now())
    return make_seller(alba, dario)


def read(path: str) -> Any:
    return json.loads(Client().get(f"/api/v1/{path}").content)


def test_it_puts_an_offer_that_anybody_then_reads(alba: Actor, seller: directory.Seller, program: Make) -> None:
    answer = program(alba).ask("PUT", "offers/ROSA-1", ROSE)
    assert answer.status_code == 201, answer.content
    offer = json.loads(answer.content)
    assert (offer["published"], offer["prices"], offer["stock"]) == (
        True,
        [{"amount": "18500.00", "currency": "COP"}],
        [{"point_of_sale": None, "on_hand": 40}],
    )
    shown = read("products")["products"]
    assert [(x["title"], x["price"], x["seller"]) for x in shown] == [("Rosa roja", {"amount": "18500.00", "currency": "COP"}, seller.slug)]
    assert read(f"products/{shown[0]['slug']}")["offers"][0]["sku"] == "ROSA-1"
    assert read(f"products?seller={seller.slug}")["products"] == shown


def test_it_changes_it_and_takes_it_off_the_market(alba: Actor, seller: directory.Seller, program: Make) -> None:
    one = program(alba)
    one.ask("PUT", "offers/ROSA-1", ROSE)
    again = one.ask("PUT", "offers/ROSA-1", {**ROSE, "prices": [{"amount": "20000", "currency": "COP"}], "minimum": 12})
    assert (again.status_code, json.loads(again.content)["minimum"]) == (200, 12)
    assert one.get("offers")["offers"][0]["price"] == {"amount": "20000.00", "currency": "COP"}
    assert one.ask("DELETE", "offers/ROSA-1").status_code == 204
    assert read("products")["products"] == []
    assert one.get("offers/ROSA-1")["active"] is False


@pytest.mark.parametrize(
    "wrong",
    [
        {"prices": [{"amount": 18500, "currency": "COP"}]},
        {"prices": [{"amount": "-1", "currency": "COP"}]},
        {"prices": [{"amount": "1.999", "currency": "COP"}]},
        {"product": {"title_es": ""}},
        {"product": {"title_es": "x", "organisation_id": 7}},
        {"product": {"title_es": "x\0"}},
        {"active": "true"},
        {"minimum": 0},
        {"link": "javascript:alert(1)"},
        {"published": True},
        {"variants": [{"options": {"Color": "rojo"}}] * 51},
        {"product": {"title_es": "x", "category": "no-hay"}},
    ],
)
def test_it_refuses_a_wrong_offer_and_keeps_nothing(alba: Actor, seller: directory.Seller, program: Make, wrong: dict[str, Any]) -> None:
    answer = program(alba).ask("PUT", "offers/ROSA-1", {**ROSE, **wrong})
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json"), answer.content
    assert program(alba).get("offers")["offers"] == []


def test_it_counts_and_moves_stock_but_never_below_zero(alba: Actor, seller: directory.Seller, program: Make) -> None:
    one = program(alba)
    one.ask("PUT", "offers/ROSA-1", ROSE)
    taken = one.ask("PUT", "stock/ROSA-1", {"change": -15, "reason": "sale"})
    assert json.loads(taken.content)["stock"] == [{"point_of_sale": None, "on_hand": 25}]
    assert one.ask("PUT", "stock/ROSA-1", {"change": -26, "reason": "sale"}).status_code == 409
    assert json.loads(one.ask("PUT", "stock/ROSA-1", {"on_hand": 3}).content)["stock"][0]["on_hand"] == 3
    assert one.ask("PUT", "stock/ROSA-1", {}).status_code == 422


def test_it_counts_at_its_own_points_of_sale_only(alba: Actor, gala: Actor, seller: directory.Seller, dario: Actor, program: Make) -> None:
    make_seller(gala, dario)
    with for_organisation(gala.member.organisation.pk):
        hers = directory.open_point(said=directory.SaidPoint(name="Vivero"), by=gala.member, at=now())
    one = program(alba)
    one.ask("PUT", "offers/ROSA-1", ROSE)
    foreign = one.ask("PUT", "stock/ROSA-1", {"on_hand": 3, "point_of_sale": str(hers.pk)})
    absent = one.ask("PUT", "stock/ROSA-1", {"on_hand": 3, "point_of_sale": "01890000-0000-7000-8000-000000000000"})
    assert (foreign.status_code, foreign.content) == (404, absent.content)
    assert one.get("offers/ROSA-1")["stock"] == [{"point_of_sale": None, "on_hand": 40}]


def test_it_keeps_the_catalogues_of_two_sellers_apart(alba: Actor, gala: Actor, seller: directory.Seller, program: Make) -> None:
    program(alba).ask("PUT", "offers/ROSA-1", ROSE)
    hers = program(gala)
    assert hers.get("offers")["offers"] == []
    assert hers.ask("GET", "offers/ROSA-1").status_code == hers.ask("DELETE", "offers/ROSA-1").status_code == 404
    assert hers.ask("PUT", "offers/ROSA-1", {**ROSE, "on_hand": 1}).status_code == 201  # her own code, her own offer
    assert program(alba).get("offers/ROSA-1")["stock"][0]["on_hand"] == 40


def test_it_takes_a_file_in_and_says_how_far_it_is(alba: Actor, seller: directory.Seller, program: Make) -> None:
    one = program(alba)
    lines = json.dumps({"sku": "CLAVEL", "title_es": "Clavel", "prices": {"COP": "900.00"}}).encode()
    answer = Client().post(
        "/api/v1/imports",
        {"file": SimpleUploadedFile("c.jsonl", lines), "dry_run": "false"},
        HTTP_AUTHORIZATION=f"Bearer {one.token}",
        HTTP_IDEMPOTENCY_KEY="archivo 1",
    )
    assert answer.status_code == 202, answer.content
    run = json.loads(answer.content)
    assert one.get(f"imports/{run['id']}")["state"] == "reading"
    unknown = Client().post(
        "/api/v1/imports", {"file": SimpleUploadedFile("c.jsonl", lines), "organisation": "2"}, HTTP_AUTHORIZATION=f"Bearer {one.token}"
    )
    assert unknown.status_code == 422


def test_it_shows_nothing_of_who_was_not_vetted(alba: Actor, flores: Pack, program: Make) -> None:
    catalogue.install_pack(flores, at=now())
    made = program(alba).ask("PUT", "offers/ROSA-1", ROSE)
    assert (made.status_code, json.loads(made.content)["published"]) == (201, False)
    assert read("products")["products"] == read("sellers")["sellers"] == []
    assert Client().get(f"/api/v1/sellers/{alba.member.organisation.slug}").status_code == 404


def test_it_lists_sellers_and_categories(seller: directory.Seller) -> None:
    assert [x["slug"] for x in read("sellers?sector=floristerias")["sellers"]] == [seller.slug]
    assert read(f"sellers/{seller.slug}")["difference"] == seller.difference_es
    categories = read("categories")["categories"]
    assert categories[0]["depth"] == 0
    assert any(x["attributes"] for x in categories)
    assert Client().get("/api/v1/products?category=no-hay").status_code == 422
    assert read(f"products?category={categories[0]['slug']}")["products"] == []
