"""The seller's pages: list, form, bulk changes with their undo, stock, imports; and nobody else's."""

from __future__ import annotations

import io
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.kernel.testing.queue import give_up
from oportuno.offer.catalogue import api
from oportuno.offer.catalogue.models import BulkChange, ImportRun, Offer, Product, ProductPicture, Stock
from oportuno.offer.catalogue.testing import HEADER, ROSE, bring_text, of, some_product
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
ROSE_FORM = {
    "title_es": "Rosa roja Freedom", "title_en": "", "kind": "good", "category": "rosas", "attribute_species": "rosa", "attribute_colour": "rojo",
    "attribute_packing": "docena", "sku": "ROSA-1", "price_amount": "45.000", "price_currency": "COP", "minimum": "1", "condition": "new", "on_hand": "12", "active": "on",
}  # fmt: skip


def skus(actor: Actor) -> list[str]:
    with for_organisation(of(actor).pk):
        return list(Offer.objects.order_by("sku").values_list("sku", flat=True))


def test_it_takes_a_product_from_the_form(beto: Actor, shelves: api.Shelves) -> None:
    assert b"attribute_colour" in beto.get(beto.desk("productos/nuevo/"), {"category": "rosas"}).content
    answer = beto.post(beto.desk("productos/nuevo/"), ROSE_FORM)
    assert answer.status_code == 302
    with for_organisation(of(beto).pk):
        offer = Offer.objects.get(sku="ROSA-1")
        assert (offer.price_minor, offer.on_hand, offer.published) == (4_500_000, 12, False)
        assert Product.objects.get(pk=offer.product_id).attributes == {"species": "rosa", "colour": "rojo", "packing": "docena"}
    assert "Rosa roja Freedom" in beto.get(beto.desk("productos/")).content.decode()


@pytest.mark.parametrize(
    "spoilt",
    [
        {"price_amount": "-5"},
        {"title_es": ""},
        {"attribute_colour": "transparente"},
        {"sku": ""},
        {"gtin": "123"},
        {"attribute_species": ""},
    ],
)
def test_it_keeps_what_was_typed_and_changes_nothing_when_something_is_wrong(
    beto: Actor, shelves: api.Shelves, spoilt: dict[str, str]
) -> None:
    answer = beto.post(beto.desk("productos/nuevo/"), {**ROSE_FORM, **spoilt})
    assert answer.status_code == 422
    assert skus(beto) == []
    if "title_es" not in spoilt:
        assert "Rosa roja Freedom" in answer.content.decode()


def test_it_refuses_a_sku_that_is_there_already(beto: Actor, shelves: api.Shelves) -> None:
    some_product(beto, sku="ROSA-1")
    assert beto.post(beto.desk("productos/nuevo/"), ROSE_FORM).status_code == 422
    assert skus(beto) == ["ROSA-1"]


def test_it_edits_what_it_made(beto: Actor, shelves: api.Shelves) -> None:
    beto.post(beto.desk("productos/nuevo/"), ROSE_FORM)
    with for_organisation(of(beto).pk):
        offer = Offer.objects.get(sku="ROSA-1")
    changed = {key: value for key, value in ROSE_FORM.items() if key != "on_hand"} | {"title_es": "Rosa Explorer", "price_amount": "48.000"}
    assert beto.post(beto.desk(f"productos/{offer.pk}/"), changed).status_code == 302
    with for_organisation(of(beto).pk):
        offer.refresh_from_db()
        assert (offer.title, offer.price_minor, offer.on_hand) == ("Rosa Explorer", 4_800_000, 12)


def test_it_adds_a_variant_a_price_and_a_picture(beto: Actor, shelves: api.Shelves) -> None:
    offer = some_product(beto)
    assert (
        beto.post(
            beto.desk(f"productos/{offer.pk}/variantes/"),
            {"options": "Largo: 60 cm", "variant_price_amount": "5000", "variant_on_hand": "4"},
        ).status_code
        == 302
    )
    assert beto.post(beto.desk(f"productos/{offer.pk}/precios/"), {"amount_amount": "12.50", "amount_currency": "USD"}).status_code == 302
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(file, "PNG")
    picture = SimpleUploadedFile("rosa.png", file.getvalue(), "image/png")
    assert beto.post(beto.desk(f"productos/{offer.pk}/imagenes/"), {"picture": picture, "alt": "Una rosa"}).status_code == 302
    with for_organisation(of(beto).pk):
        offer.refresh_from_db()
        assert (offer.has_variants, offer.has_picture, offer.on_hand) == (True, True, 4)
        assert ProductPicture.objects.get().alt == "Una rosa"
    shown = beto.get(beto.desk(f"productos/{offer.pk}/")).content.decode()
    assert "60 cm" in shown
    assert "12" in shown


def test_it_changes_many_at_once_and_takes_it_back(beto: Actor, shelves: api.Shelves, tmp_path: Path) -> None:
    bring_text(beto, tmp_path, f"{HEADER}\n" + "".join(f"S-{i},Rosa {i},rosas,1000,5\n" for i in range(5)))
    with for_organisation(of(beto).pk):
        chosen = list(Offer.objects.order_by("sku").values_list("pk", flat=True)[:3])
    beto.post(beto.desk("productos/cambios/"), {"selected": [str(one) for one in chosen], "do": "price", "percent": "+12,5 %"})
    beto.post(beto.desk("productos/cambios/"), {"all": "1", "filters": "q=Rosa+4", "do": "hide"})
    with for_organisation(of(beto).pk):
        assert list(Offer.objects.order_by("sku").values_list("price_minor", "active")) == [(112_500, True)] * 3 + [
            (100_000, True),
            (100_000, False),
        ]
        hiding, pricing = BulkChange.objects.order_by("-id")
    for change in (hiding, pricing):
        assert beto.post(beto.desk(f"productos/cambios/{change.pk}/anulacion/")).status_code == 302
    with for_organisation(of(beto).pk):
        assert set(Offer.objects.values_list("price_minor", "active")) == {(100_000, True)}
    assert beto.post(beto.desk(f"productos/cambios/{pricing.pk}/anulacion/")).status_code == 409


@pytest.mark.parametrize("state", ["", "active", "hidden", "no_picture", "no_price", "out_of_stock"])
def test_it_narrows_the_list_to_one_state(beto: Actor, shelves: api.Shelves, tmp_path: Path, state: str) -> None:
    bring_text(
        beto,
        tmp_path,
        "SKU,Título en español,Precio,Existencias,Publicado\nA,Con todo,10,5,1\nB,Oculta,10,5,0\nC,Sin precio,,5,1\nD,Agotada,10,0,1\n",
    )
    expected = {"": "ABCD", "active": "ACD", "hidden": "B", "no_picture": "ABCD", "no_price": "C", "out_of_stock": "D"}[state]
    shown = beto.get(beto.desk("productos/"), {"state": state}).content.decode()
    assert "".join(sku for sku in "ABCD" if f"<small>{sku}</small>" in shown) == expected


def test_it_pages_by_key(beto: Actor, shelves: api.Shelves, tmp_path: Path) -> None:
    bring_text(beto, tmp_path, f"{HEADER}\n" + "".join(f"S-{i:03},Rosa {i},rosas,1000,5\n" for i in range(95)))
    seen: list[str] = []
    from oportuno.offer.catalogue.queries.desk import Filters, offers_page

    with for_organisation(of(beto).pk):
        after = None
        for _ in range(3):
            found = offers_page(of(beto).pk, Filters(), after)
            seen += [one.sku for one in found.rows]
            after = found.after
    assert after is None
    assert sorted(seen) == [f"S-{i:03}" for i in range(95)]


def test_it_counts_in_the_grid(beto: Actor, shelves: api.Shelves) -> None:
    offer = some_product(beto)
    assert "ROSA-1" in beto.get(beto.desk("existencias/")).content.decode()
    row = beto.post(beto.desk(f"existencias/{offer.pk}/"), {"place": "", "on_hand": "17"}, headers={"HX-Request": "true"})
    assert row.content.decode().strip().startswith(f'<tr id="row-{offer.pk}"')
    assert beto.post(beto.desk(f"existencias/{offer.pk}/"), {"place": "", "on_hand": "-3"}).status_code == 422
    assert beto.post(beto.desk(f"existencias/{offer.pk}/"), {"place": str(uuid4()), "on_hand": "3"}).status_code == 404
    with for_organisation(of(beto).pk):
        assert Stock.objects.get().on_hand == 17
    assert "+17" in beto.get(beto.desk("existencias/movimientos/")).content.decode()


def test_it_shows_first_what_a_file_would_change(beto: Actor, shelves: api.Shelves) -> None:
    file = SimpleUploadedFile("mis productos.csv", f"{HEADER}\n{ROSE}\nMAL,Clavel,,-4,\n".encode(), "text/csv")
    answer = beto.post(beto.desk("importaciones/"), {"file": file, "place": "", "language": ""})
    assert answer.status_code == 302
    with for_organisation(of(beto).pk):
        run = ImportRun.objects.get()
    address = beto.desk(f"importaciones/{run.pk}/")
    assert 'data-hx-trigger="every 2s"' in beto.get(address).content.decode()
    lease = Lease(0, 0, of(beto).pk, "test")
    api.run_import(lease, run.pk)
    shown = beto.get(address).content.decode()
    assert "less than zero" in shown or "menos de cero" in shown or "menor que cero" in shown
    assert skus(beto) == []
    assert beto.post(f"{address}aplicacion/", {"keep_good": "0"}).status_code == 422
    assert beto.post(f"{address}aplicacion/", {"keep_good": "1"}).status_code == 302
    api.run_import(lease, run.pk)
    assert skus(beto) == ["ROSA-1"]
    assert beto.post(f"{address}cancelacion/").status_code == 409
    report = b"".join(beto.get(f"{address}informe.csv").streaming_content).decode()
    assert "MAL" in report


def test_an_import_that_stopped_says_so_and_goes_on_when_one_says_so(beto: Actor, shelves: api.Shelves) -> None:
    file = SimpleUploadedFile("a.csv", f"{HEADER}\n{ROSE}\n".encode())
    beto.post(beto.desk("importaciones/"), {"file": file, "place": "", "language": ""})
    with for_organisation(of(beto).pk):
        run = ImportRun.objects.get()
    address = beto.desk(f"importaciones/{run.pk}/")
    assert "Se detuvo" not in beto.get(address).content.decode()
    give_up("catalogue.import")
    assert "Se detuvo" in beto.get(address).content.decode()
    assert beto.post(f"{address}aplicacion/").status_code == 302
    assert "Se detuvo" not in beto.get(address).content.decode()
    assert beto.post(f"{address}aplicacion/").status_code == 409, "it works already"
    assert api.run_import(Lease(0, 0, of(beto).pk, "test"), run.pk).state == "ready"


def test_it_stops_an_import_before_anything_is_written(beto: Actor, shelves: api.Shelves) -> None:
    file = SimpleUploadedFile("a.csv", f"{HEADER}\n{ROSE}\n".encode())
    beto.post(beto.desk("importaciones/"), {"file": file, "place": "", "language": ""})
    with for_organisation(of(beto).pk):
        run = ImportRun.objects.get()
    beto.post(beto.desk(f"importaciones/{run.pk}/cancelacion/"))
    assert api.run_import(Lease(0, 0, of(beto).pk, "test"), run.pk).state == "cancelled"
    assert skus(beto) == []


def test_it_hands_out_exports_and_the_empty_table(beto: Actor, shelves: api.Shelves) -> None:
    some_product(beto)
    for kind in api.FORMATS:
        answer = beto.get(beto.desk(f"exportaciones/{kind}/"))
        assert b"".join(answer.streaming_content)
        assert "attachment" in answer["Content-Disposition"]
    assert beto.get(beto.desk("exportaciones/pdf/")).status_code == 404
    assert b"SKU" in b"".join(beto.get(beto.desk("importaciones/plantilla.csv")).streaming_content)


def test_it_tells_gala_that_albas_products_are_not_there(
    alba: Actor, gala: Actor, stranger: Client, shelves: api.Shelves, tmp_path: Path
) -> None:
    offer = some_product(alba)
    run = bring_text(alba, tmp_path, f"{HEADER}\nX,Otra,,10,1\n", dry_run=True)
    paths = [
        f"productos/{offer.pk}/", f"productos/{offer.pk}/publicacion/", f"productos/{offer.pk}/variantes/", f"productos/{offer.pk}/precios/",
        f"productos/{offer.pk}/imagenes/", f"productos/{offer.pk}/ficha/", f"existencias/{offer.pk}/", f"existencias/{offer.pk}/movimientos/",
        f"importaciones/{run.pk}/", f"importaciones/{run.pk}/aplicacion/", f"importaciones/{run.pk}/cancelacion/", f"importaciones/{run.pk}/informe.csv",
    ]  # fmt: skip
    data = {
        "active": "1",
        "options": "A: b",
        "amount_amount": "5",
        "amount_currency": "COP",
        "on_hand": "5",
        "place": "",
        "change": "5",
        "reason": "arrival",
        "keep_good": "1",
    }
    for path in paths:
        for where in (gala.desk(path), alba.desk(path)):  # in her own workbench, and in Alba's
            assert gala.get(where).status_code in (404, 405), where
            assert gala.post(where, data).status_code in (404, 405), where
        assert stranger.get(alba.desk(path)).status_code in (302, 405)
    with for_organisation(of(alba).pk):
        offer.refresh_from_db()
        assert (offer.on_hand, offer.has_variants, ImportRun.objects.get().state) == (None, False, "ready")
    with for_organisation(of(gala).pk):
        assert not Offer.objects.exists()
    beside = gala.post(gala.desk("productos/cambios/"), {"selected": [str(offer.pk)], "do": "hide"})
    assert beside.status_code == 422


def test_it_lets_an_analyst_look_but_not_change(alba: Actor, eva: Actor, shelves: api.Shelves) -> None:
    from oportuno.people.organisations.api import Role, join

    join(organisation=of(alba), person=eva.person, role=Role.ANALYST, at=now())
    assert eva.client.get(alba.desk("productos/")).status_code == 200
    assert eva.client.get(alba.desk("productos/nuevo/")).status_code == 403
    assert eva.client.post(alba.desk("importaciones/")).status_code == 403
