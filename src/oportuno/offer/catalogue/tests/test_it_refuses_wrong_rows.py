"""What is wrong gets a sentence with its line; nothing of a wrong row goes in, and nothing at all when the person wants all or none."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from oportuno.kernel.isolation import for_organisation
from oportuno.offer.catalogue import api
from oportuno.offer.catalogue.models import Offer, OfferPrice, Product, Stock
from oportuno.offer.catalogue.testing import HEADER, ROSE, bring_text, counts, of, sentences
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db

WRONG = [
    ("A,Rosa,rosas,-5,1", "less than zero"),
    ("A,Rosa,rosas,mucho,1", "not an amount"),
    ("A,Rosa,rosas,10,-3", "less than zero"),
    ("A,Rosa,rosas,10,varios", "not a whole number"),
    (",Rosa,rosas,10,1", "SKU is missing"),
    ("A,,rosas,10,1", "title is missing"),
    ("A,Rosa,rosas,10,1,extra,cells", "more cells"),
]


@pytest.mark.parametrize(("row", "words"), WRONG)
def test_it_says_what_is_wrong_and_keeps_the_good_row(alba: Actor, shelves: api.Shelves, tmp_path: Path, row: str, words: str) -> None:
    run = bring_text(alba, tmp_path, f"{HEADER}\n{ROSE}\n{row}\n")
    assert counts(run) == (1, 0, 0, 1)
    [(line, sentence)] = sentences(alba, run)
    assert line == 3
    assert words in sentence
    with for_organisation(of(alba).pk):
        assert list(Offer.objects.values_list("sku", flat=True)) == ["ROSA-1"]


def test_it_writes_nothing_when_all_must_be_right(alba: Actor, shelves: api.Shelves, tmp_path: Path) -> None:
    run = bring_text(alba, tmp_path, f"{HEADER}\n{ROSE}\nA,Rosa,rosas,-5,1\n", keep_good=False)
    assert (run.state, counts(run)) == ("ready", (1, 0, 0, 1))
    with for_organisation(of(alba).pk):
        assert not any(model.objects.exists() for model in (Offer, Product, OfferPrice, Stock))


def test_it_names_the_line_that_has_the_sku_already(alba: Actor, shelves: api.Shelves, tmp_path: Path) -> None:
    run = bring_text(alba, tmp_path, f"{HEADER}\n{ROSE}\nX,Otra,,1,\n{ROSE.replace('Freedom', 'Repetida')}\n")
    assert counts(run) == (2, 0, 0, 1)
    assert sentences(alba, run) == [(4, "The SKU “ROSA-1” is on line 2 already.")]


def test_it_takes_an_unknown_category_as_a_note(alba: Actor, shelves: api.Shelves, tmp_path: Path) -> None:
    run = bring_text(alba, tmp_path, f"{HEADER}\nA,Rosa,Jardín > Marcianos,10,1\n")
    assert counts(run) == (1, 0, 0, 0)
    with for_organisation(of(alba).pk):
        assert "Jardín > Marcianos" in api.notes(run)[0].sentence
        product = Product.objects.get()
        assert (product.category_id, product.tags) == (None, ["Jardín", "Marcianos"])


def test_it_says_which_columns_are_missing(alba: Actor, shelves: api.Shelves, tmp_path: Path) -> None:
    run = bring_text(alba, tmp_path, "codigo;cosa\n1;2\n")
    assert (run.state, run.new) == ("failed", 0)
    [(line, sentence)] = sentences(alba, run)
    assert line == 1
    assert "SKU" in sentence
    assert "codigo, cosa" in sentence


@pytest.mark.parametrize("address", ["no es una dirección", "javascript:alert(1)", "ftp://example.com/a.jpg", "https://"])
def test_it_tells_a_broken_picture_address(alba: Actor, shelves: api.Shelves, tmp_path: Path, address: str) -> None:
    run = bring_text(alba, tmp_path, f"SKU,Título en español,Imágenes\nA,Rosa,{address}\n")
    assert counts(run) == (0, 0, 0, 1)
    assert "not the address of a picture" in sentences(alba, run)[0][1]


def test_it_says_that_letters_cannot_be_read(alba: Actor, shelves: api.Shelves, tmp_path: Path) -> None:
    good = "".join(f"S-{i},Piñata {i}\n" for i in range(1000)).encode()
    run = bring_text(alba, tmp_path, "SKU,Título en español\n".encode() + good + b"MAL,Pi\xf1ata\n", name="a.csv")
    assert run.encoding in ("cp1252", "utf-8")  # told by the bytes near the odd one
    assert run.wrong > 0
    assert all("cannot be read" in sentence for _, sentence in sentences(alba, run)) or run.encoding == "cp1252"


def test_it_finds_a_quotation_mark_that_is_never_closed(alba: Actor, shelves: api.Shelves, tmp_path: Path) -> None:
    body = "".join(f"S-{i},Rosa {i},,1,\n" for i in range(60_000))
    run = bring_text(alba, tmp_path, f'{HEADER}\n{ROSE}\nA,"Rosa,,1,\n{body}')
    assert run.new == 1
    [(line, sentence)] = sentences(alba, run)
    assert line == 3
    assert "never closed" in sentence


def _zip(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return file.getvalue()


BOOK = (
    b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets><sheet name="a" sheetId="1"/></sheets></workbook>'
)
LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData><row r="1"><c><v>&b;</v></c></row></sheetData></worksheet>'
BAD_FILES = {
    "empty": b"",
    "binary": bytes(range(256)) * 50,
    "a zip that is no workbook": _zip({"a.txt": b"a"}),
    "an entity bomb": _zip({"xl/workbook.xml": BOOK, "xl/worksheets/sheet1.xml": LAUGHS}),
    "a decompression bomb": _zip({"xl/workbook.xml": BOOK, "xl/worksheets/sheet1.xml": b"<worksheet><sheetData>" + b" " * 300_000_000}),
    "a gzip bomb": gzip.compress(b"SKU,name\n" + b"a" * 200_000_000),
    "a cut gzip": gzip.compress(f"{HEADER}\n{ROSE}\n".encode() * 1000)[:200],
    "one endless line": b"SKU," + b"x" * 3_000_000,
    "a json list": json.dumps([{"sku": "A"}]).encode(),
    "a far cell": _zip(
        {
            "xl/workbook.xml": BOOK,
            "xl/worksheets/sheet1.xml": b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
        }
    ),
}


@pytest.mark.parametrize("text", ['<?xml version="1.0"?><rss><channel/></rss>', "\n<!DOCTYPE html><p>SKU,name", "<HTML><table>"])
def test_it_knows_what_is_no_table_by_its_beginning(alba: Actor, shelves: api.Shelves, tmp_path: Path, text: str) -> None:
    run = bring_text(alba, tmp_path, text)
    assert sentences(alba, run) == [(0, "This is not a table of text: bring CSV, Excel (.xlsx) or JSON Lines.")]


@pytest.mark.parametrize("name", BAD_FILES)
def test_it_answers_a_bad_file_with_one_sentence(alba: Actor, shelves: api.Shelves, tmp_path: Path, name: str) -> None:
    run = bring_text(alba, tmp_path, BAD_FILES[name], name="malo.bin")
    assert run.state == "failed"
    told = sentences(alba, run)
    assert len(told) == 1
    assert told[0][1].endswith(".")
    assert "%(" not in told[0][1]
    with for_organisation(of(alba).pk):
        assert not Offer.objects.exists()
