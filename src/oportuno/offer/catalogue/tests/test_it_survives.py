"""Files nobody meant well with, and a machine that dies: no crash, no half row, the same end."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import random
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from django.conf import LazySettings
from django.utils.translation import override

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.imports import MOST_UPLOAD
from oportuno.kernel.imports.testing import kill_again_and_again
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.offer.catalogue import api
from oportuno.offer.catalogue.actions.importing import staging
from oportuno.offer.catalogue.actions.importing.running import Stocking
from oportuno.offer.catalogue.models import ImportRow, ImportRun, Offer, OfferPrice, Product, Stock, StockMovement
from oportuno.offer.catalogue.testing import HEADER, ROSE, bring_text, of, sentences
from oportuno.people.organisations.testing import Actor

SEEDS = [
    f"{HEADER}\n{ROSE}\nA,Clavel,claveles,1000,3\n".encode(),
    "SKU,Título en español,SKU del producto principal,Opciones,Precio\nP,Camisa,,,5\nP-1,,P,Color: rojo,6\nP-2,,P,Color: azul,7\n".encode(),
    b'Type,SKU,Name,Regular price,Categories,Parent,Attribute 1 name,Attribute 1 value(s)\nvariable,V,Shirt,,A > B,,Size,"S, M"\nvariation,V-S,,9,,V,Size,S\n',
    b"Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src\nh,Hat,Size,S,H-S,5,https://a.example/1.png\nh,,,M,H-M,6,\n",
    json.dumps({"sku": "J", "title_es": "Rosa", "prices": {"COP": "1"}, "attributes": {"colour": "rojo"}}).encode() + b"\n",
    json.dumps({"id": "7", "title": "Ink", "price": 1999, "ean": ["0882780756328"], "attr_t_type": "x"}).encode() + b"\n",
]
ODD = [
    b"\x00",
    b"\xff",
    b'"',
    b"\n",
    b"\r",
    b",",
    b";",
    b"\t",
    b"{",
    b"}",
    b"[",
    b"-",
    b"1e999",
    b"NaN",
    b"null",
    b"true",
    "\u202e".encode(),
    "\ufeff".encode(),
    b"=cmd|'/c calc'!A0",
    b"\\ud800",
    b"9" * 30,
    b"'",
    b"%s",
    b"$1",
]


def mutated(random_: random.Random) -> bytes:
    """A real file with a few accidents, in one of the coats that files come in."""
    coat = random_.choice(("plain", "plain", "plain", "utf-16", "latin", "gzip", "xz", "sheet", "sheet", "zip"))
    if coat in ("sheet", "zip"):
        return workbook(random_, inside=coat == "sheet")
    content = spoilt(random_, random_.choice(SEEDS))
    match coat:
        case "utf-16":
            return content.decode("utf-8", "replace").encode("utf-16", "surrogatepass")
        case "latin":
            return content.decode("utf-8", "replace").encode("latin-1", "replace")
        case "gzip":
            return spoilt(random_, gzip.compress(content)) if random_.random() < 0.3 else gzip.compress(content)
        case "xz":
            return spoilt(random_, lzma.compress(content)) if random_.random() < 0.3 else lzma.compress(content)
    return content


def workbook(random_: random.Random, *, inside: bool) -> bytes:
    """A spreadsheet whose XML is spoilt in one part, or whose ZIP is."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate((HEADER, ROSE, "A,Clavel,claveles,1000,3")):
            sheet.write_row(number, 0, line.split(","))
    if not inside:
        return spoilt(random_, out.getvalue())
    packed = io.BytesIO()
    with zipfile.ZipFile(out) as whole, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as again:
        hurt = random_.choice(("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"))
        for name in whole.namelist():
            again.writestr(name, spoilt(random_, whole.read(name)) if name == hurt else whole.read(name))
    return packed.getvalue()


def spoilt(random_: random.Random, seed: bytes) -> bytes:
    content = bytearray(seed)
    for _ in range(random_.randint(1, 6)):
        at = random_.randrange(len(content) + 1)
        match random_.randrange(5):
            case 0:
                content[at:at] = random_.choice(ODD)
            case 1:
                del content[at : at + random_.randint(1, 12)]
            case 2:
                content[at : at + 1] = random_.choice(ODD)
            case 3:
                content += content[at:][: random_.randint(1, 80)]
            case _:
                content[at:at] = bytes(random_.randrange(256) for _ in range(random_.randint(1, 4)))
    return bytes(content)


@pytest.mark.slow
@pytest.mark.django_db
def test_it_survives_two_thousand_mutated_files(alba: Actor, shelves: api.Shelves, tmp_path: Path) -> None:
    random_ = random.Random(20_261_122)
    seen: set[tuple[str, str, str]] = set()
    for number in range(2_000):
        content = mutated(random_)
        run = bring_text(alba, tmp_path, content, name=f"{number}.csv")
        assert run.state in ("done", "failed"), content
        seen.add((run.format, run.encoding, run.state))
        if number % 10 == 0:  # what was wrong is said in whole sentences
            assert all("%(" not in sentence and sentence.endswith((".", ")", "?")) for _, sentence in sentences(alba, run)), content
        assert run.new + run.changed + run.same + run.wrong >= run.rows, content
    assert {"template", "woocommerce", "shopify", "jsonl"} <= {found for found, _, state in seen if state == "done"}
    assert {"utf-8", "utf-16", "xlsx"} <= {found for _, found, state in seen if state == "done"}
    assert "failed" in {state for _, _, state in seen}
    with for_organisation(of(alba).pk):
        products = set(Product.objects.values_list("pk", flat=True))
        assert products == set(Offer.objects.filter(variant_id__isnull=True).values_list("product_id", flat=True))  # no half rows
    assert {name for name, broken in api.catalogue_invariants().items() if broken} == set()


def rows(count: int) -> bytes:
    lines = [f"S-{i},Producto número {i},rosas,{1000 + i},{i % 50}" for i in range(count)]
    return "\n".join([HEADER, *lines, ""]).encode()


def whole(actor: Actor) -> list[tuple[object, ...]]:
    """The catalogue without what differs from one import to the next."""
    with for_organisation(of(actor).pk):
        prices = dict(OfferPrice.objects.values_list("offer__sku", "amount_minor"))
        stock = dict(Stock.objects.values_list("offer__sku", "on_hand"))
        moved: dict[str, int] = {}
        for sku, change in StockMovement.objects.values_list("offer__sku", "change"):
            moved[sku] = moved.get(sku, 0) + change
        titles = dict(Product.objects.values_list("pk", "title_es"))
        offers = Offer.objects.order_by("sku").values_list("sku", "product_id", "price_minor", "on_hand", "active", "has_picture")
        return [(sku, titles[product], *rest, prices.get(sku), stock.get(sku), moved.get(sku, 0)) for sku, product, *rest in offers]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_it_ends_the_same_when_it_is_killed_ten_times_in_the_middle(alba: Actor, gala: Actor, shelves: api.Shelves, tmp_path: Path) -> None:
    count = 1_500
    undisturbed = bring_text(gala, tmp_path, rows(count), name="b.csv")
    assert undisturbed.new == count
    here, file = of(alba), tmp_path / "a.csv"
    file.write_bytes(rows(count))
    with for_organisation(here.pk):
        run = api.start_import(name="a.csv", path=file, at=undisturbed.at, currency="COP", dry_run=False)
    phases = kill_again_and_again(
        run,
        api="oportuno.offer.catalogue.api",
        phases=[f"oportuno.offer.catalogue.actions.importing.{name}" for name in ("applying", "comparing", "staging")],
        statements=(30, 85),
    )
    assert phases == {"reading", "comparing", "applying"}  # it died in every one of them
    done = api.run_import(Lease(0, 0, here.pk, "test"), run.pk)
    assert (done.state, done.new, done.wrong) == ("done", count, 0)
    assert whole(alba) == whole(gala)
    assert set(api.catalogue_invariants().values()) == {0}


@pytest.mark.django_db
def test_it_reads_its_file_again_when_a_power_cut_emptied_the_stage(alba: Actor, shelves: api.Shelves, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(rows(300))
    here = of(alba)
    with for_organisation(here.pk):
        run = api.start_import(name="a.csv", path=file, at=now(), currency="COP", dry_run=False)
    lease = Lease(0, 0, here.pk, "test")
    Stocking(lease).read(run)
    with for_organisation(here.pk):
        ImportRow.objects.all().delete()
    done = api.run_import(lease, run.pk)
    assert (done.state, done.rows, done.new) == ("done", 300, 300)


@pytest.mark.django_db
def test_it_reads_a_file_of_very_many_batches(alba: Actor, shelves: api.Shelves, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is held back for the next batch must not pile up: a file of millions of rows has thousands of batches."""
    monkeypatch.setattr(staging, "BATCH", 1)
    file = tmp_path / "a.csv"
    file.write_bytes(rows(3_000))
    here = of(alba)
    with for_organisation(here.pk):
        incoming = staging.Incoming(api.start_import(name="a.csv", path=file, at=now(), currency="COP"), here)
        read = [plain.line for batch in iter(incoming._batch, []) for plain in batch]
        incoming.close()
    assert read == list(range(2, 3_002))


@pytest.mark.django_db
def test_it_takes_no_currency_that_is_none(alba: Actor, shelves: api.Shelves, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(rows(1))
    with for_organisation(of(alba).pk), pytest.raises(Refusal, match="“PESOS” is not a currency"):
        api.start_import(name="a.csv", path=file, at=now(), currency="PESOS")
    with for_organisation(of(alba).pk):
        assert not ImportRun.objects.exists()


class Upload(io.BytesIO):
    """A file of a form: it knows its size. It breaks when it is read beyond `until` bytes, as a full disk or a lost line does."""

    def __init__(self, size: int, until: int) -> None:
        super().__init__()
        self.size, self.left = size, until

    def read(self, size: int | None = -1, /) -> bytes:
        if self.left <= 0:
            raise OSError(28, "No space left on device")
        self.left -= 1_000
        return b"x" * 1_000


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("upload", "error", "sentence"),
    [
        (Upload(MOST_UPLOAD + 1, until=0), Refusal, "bigger than 500 MB"),  # never read, let alone copied
        (Upload(100_000, until=5_000), OSError, "No space left"),
    ],
)
def test_nothing_by_half_stays_of_a_file_that_does_not_fit(
    alba: Actor, tmp_path: Path, settings: LazySettings, upload: Upload, error: type[Exception], sentence: str
) -> None:
    settings.PRIVATE_ROOT = tmp_path
    with for_organisation(of(alba).pk), override("en"), pytest.raises(error, match=sentence):
        api.start_import(name="a.csv", file=upload, currency="COP", at=now())
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []
    with for_organisation(of(alba).pk):
        assert not ImportRun.objects.exists()
