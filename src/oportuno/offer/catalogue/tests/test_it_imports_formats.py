"""Shopify's export, our own table and JSON Lines, packed or not, in old encodings."""

from __future__ import annotations

import gzip
import io
import json
import lzma
from pathlib import Path

import pytest
import xlsxwriter

from oportuno.kernel.isolation import for_organisation
from oportuno.offer.catalogue import api
from oportuno.offer.catalogue.models import Offer, OfferPrice, Product, ProductPicture, Variant
from oportuno.offer.catalogue.testing import HEADER, ROSE, bring_text, counts, of
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db

SHOPIFY = """Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,\
Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Variant Compare At Price,Variant Barcode,Image Src,Image Position,Image Alt Text,Status
camisa,Camisa de lino,<p>Fresca &amp; ligera</p><p>Lavar a mano</p>,Telares,Ropa,"lino, verano",true,Color,Azul,Talla,M,CAM-AZ-M,shopify,5,89000,99000,,https://cdn.example.com/1.jpg,1,De frente,active
camisa,,,,,,,,Azul,,L,CAM-AZ-L,shopify,0,89000,,,https://cdn.example.com/2.jpg,2,,
camisa,,,,,,,,,,,,,,,,,https://cdn.example.com/3.jpg,3,,
gorra,Gorra,,Telares,,,true,Title,Default Title,,,GOR-1,shopify,9,35000,,7702004003508,,,,draft
"""


def test_it_gathers_shopifys_rows_into_products_and_variants(alba: Actor, shelves: api.Shelves, tmp_path: Path) -> None:
    run = bring_text(alba, tmp_path, SHOPIFY)
    assert (run.format, counts(run)) == ("shopify", (4, 0, 0, 0))
    with for_organisation(of(alba).pk):
        shirt = Offer.objects.get(sku="camisa")
        product = Product.objects.get(pk=shirt.product_id)
        assert product.description_es == "Fresca & ligera\nLavar a mano"
        assert [one.options for one in Variant.objects.filter(product=product).order_by("position")] == [
            [["Color", "Azul"], ["Talla", "M"]],
            [["Color", "Azul"], ["Talla", "L"]],
        ]
        assert ProductPicture.objects.filter(product=product).count() == 3
        assert (shirt.price_minor, shirt.on_hand) == (8_900_000, 5)
        cap = Offer.objects.get(sku="GOR-1")
        assert (cap.active, cap.has_variants, cap.on_hand) == (False, False, 9)
    assert counts(bring_text(alba, tmp_path, SHOPIFY)) == (0, 0, 4, 0)


def test_it_reads_amounts_as_people_of_colombia_write_them(alba: Actor, shelves: api.Shelves, tmp_path: Path) -> None:
    run = bring_text(alba, tmp_path, 'SKU;Título en español;Precio\nA;Rosa;45.000\nB;Clavel;"1.234,50"\n')
    assert counts(run) == (2, 0, 0, 0)
    with for_organisation(of(alba).pk):
        assert list(OfferPrice.objects.order_by("amount_minor").values_list("amount_minor", flat=True)) == [123_450, 4_500_000]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_it_guesses_the_encoding(alba: Actor, shelves: api.Shelves, tmp_path: Path, encoding: str) -> None:
    text = "SKU,Título en español,Precio\n" + "".join(f"S-{i},Piñata de algodón añil número {i},1000\n" for i in range(40))
    assert counts(bring_text(alba, tmp_path, text.encode(encoding))) == (40, 0, 0, 0)
    with for_organisation(of(alba).pk):
        assert Product.objects.filter(title_es__startswith="Piñata de algodón añil").count() == 40


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_it_unpacks_on_the_way(alba: Actor, shelves: api.Shelves, tmp_path: Path, pack: object) -> None:
    packed = pack(f"{HEADER}\n{ROSE}\n".encode())
    assert counts(bring_text(alba, tmp_path, packed)) == (1, 0, 0, 0)


def test_it_reads_a_workbook_with_numbers_and_texts(alba: Actor, shelves: api.Shelves, tmp_path: Path) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["SKU", "Título en español", "Precio", "Existencias", "Atributo: colour", "Categoría"])
        sheet.write_row(1, 0, ["A-1", "Rosa", 45000.5, 12, "Rojo", "Rosas"])
        sheet.write_row(2, 0, [700123, "Clavel", 30000, 7, "rojo", "Claveles y miniclaveles"])
    assert counts(bring_text(alba, tmp_path, file.getvalue())) == (2, 0, 0, 0)
    with for_organisation(of(alba).pk):
        assert set(Offer.objects.values_list("sku", "price_minor", "on_hand")) == {("A-1", 4_500_050, 12), ("700123", 3_000_000, 7)}
        assert {one.attributes["colour"] for one in Product.objects.all()} == {"rojo"}


def test_it_reads_our_own_objects_with_prices_in_several_currencies(alba: Actor, shelves: api.Shelves, tmp_path: Path) -> None:
    line = json.dumps({"sku": "X", "title_es": "Rosa", "title_en": "Rose", "prices": {"COP": "45000", "USD": "12.50"}, "stock": 3})
    assert counts(bring_text(alba, tmp_path, line)) == (1, 0, 0, 0)
    with for_organisation(of(alba).pk):
        assert dict(OfferPrice.objects.values_list("currency", "amount_minor")) == {"COP": 4_500_000, "USD": 1250}


def test_it_shows_field_by_field_what_would_change(alba: Actor, shelves: api.Shelves, tmp_path: Path) -> None:
    bring_text(alba, tmp_path, f"{HEADER}\n{ROSE}\nCLAVEL-1,Clavel blanco,claveles,20000,10\n")
    run = bring_text(
        alba, tmp_path, f"{HEADER}\n{ROSE.replace('45000', '48000')}\nCLAVEL-1,Clavel blanco,claveles,20000,10\nX,Nuevo,,1,\n", dry_run=True
    )
    assert (run.state, counts(run)) == ("ready", (1, 1, 1, 0))
    with for_organisation(of(alba).pk):
        assert Offer.objects.get(sku="ROSA-1").price_minor == 4_500_000
        assert not Offer.objects.filter(sku="X").exists()


def test_it_joins_a_product_that_another_seller_described(alba: Actor, gala: Actor, dario: Actor, approved: Actor, tmp_path: Path) -> None:
    with_code = "SKU,Título en español,Código de barras (GTIN),Precio\nA,Abono foliar,7702004003508,9000\n"
    bring_text(approved, tmp_path, with_code)
    run = bring_text(gala, tmp_path, with_code.replace("Abono foliar", "ABONO!!").replace("\nA,", "\nG-77,"))
    assert counts(run) == (1, 0, 0, 0)
    with for_organisation(of(gala).pk):
        offer = Offer.objects.get(sku="G-77")
        assert not Product.objects.filter(pk=offer.product_id).exists()  # it is Alba's, and stays as she wrote it
    with for_organisation(of(alba).pk):
        assert Product.objects.get(pk=offer.product_id).title_es == "Abono foliar"
    assert counts(bring_text(gala, tmp_path, with_code.replace("\nA,", "\nG-77,"))) == (0, 0, 1, 0)
