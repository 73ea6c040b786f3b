"""What goes out comes in again unchanged, and no spreadsheet runs any of it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from oportuno.kernel.clock import now
from oportuno.kernel.formulas import LIVE, neutral, original
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.catalogue import api
from oportuno.offer.catalogue.models import Offer, Product
from oportuno.offer.catalogue.testing import HEADER, ROSE, bring_text, counts, of, sentences
from oportuno.people.organisations.testing import Actor

HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝HYPERLINK(1)", "'=1", "''@x", "a|b \\ c", "“comillas”, y comas", "-5"]


@pytest.mark.parametrize("text", [*HOSTILE, "'", "", "hola", "'hola", "\t=1", "\r@x", "-5.5", "－1"])
def test_it_neutralises_and_gives_back(text: str) -> None:
    assert original(neutral(text)) == text
    assert neutral(text)[:1] not in LIVE or neutral(text).lstrip("-").replace(".", "").isdigit() or not text


def _catalogue() -> str:
    lines: list[dict[str, Any]] = [
        {
            "sku": f"S{i}" if i else "=S0", "title_es": said, "title_en": f"{said} (en)", "description_es": f"{said}\n\notra línea, con comas; y \"comillas\"",
            "brand": said, "tags": ["uno, dos", said.replace(",", "")], "category": "rosas", "attributes": {"colour": "rojo", "stem_length_cm": 60.5},
            "details": {"Origen": said}, "pictures": [{"address": f"https://example.com/{i},a.jpg", "alt": said}],
            "files": [{"name": said, "address": "https://example.com/f.pdf"}], "minimum": 2, "unit": "docena", "lead_days": 3, "condition": "used",
            "prices": [{"currency": "COP", "amount": "45000.50", "compare": "50000"}, {"currency": "USD", "amount": "12.34"},
                       {"currency": "COP", "amount": "40000", "starts": "2026-12-01T05:00:00+00:00", "ends": "2026-12-25T05:00:00+00:00"}],
            "stock": {"": i}, "tax": "co-iva-19", "active": i % 2 == 0,
        }
        for i, said in enumerate(HOSTILE)
    ]  # fmt: skip
    lines += [
        {"sku": "V", "title_es": "Camisa", "has_variants": True},
        {"sku": "V-1", "parent": "V", "options": {"Color: tono": "a|b"}, "prices": {"COP": "1"}, "stock": 3, "gtin": "7702004003508"},
        {"sku": "V-2", "parent": "V", "options": {"Color": "=rojo", "Talla": "M"}, "prices": {"COP": "2"}},
    ]
    return "\n".join(map(json.dumps, lines))


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl"])
def test_it_takes_back_what_it_exported_without_a_change(alba: Actor, shelves: api.Shelves, tmp_path: Path, kind: Any) -> None:
    run = bring_text(alba, tmp_path, _catalogue(), name="a.jsonl")
    assert counts(run) == (13, 0, 0, 0)
    out = b"".join(api.export_catalogue(of(alba).pk, kind))
    again = bring_text(alba, tmp_path, out, name=f"b.{kind}")
    assert counts(again) == (0, 0, 13, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl", "woocommerce", "shopify"])
def test_it_leaves_archived_what_was_archived(alba: Actor, shelves: api.Shelves, tmp_path: Path, kind: Any) -> None:
    """WooCommerce has no such state: there it goes out as a draft, and what comes back as one stays as it is here."""
    bring_text(alba, tmp_path, f"{HEADER}\n{ROSE}\nB,Clavel rojo,claveles,100,5\nC,Lirio blanco,,100,5\n")
    states = {"ROSA-1": (False, True), "B": (False, False), "C": (True, False)}  # (active, archived)
    with for_organisation(of(alba).pk):
        for sku, (active, archived) in states.items():
            offers = [Offer.objects.get(sku=sku).pk]
            api.set_active(offers=offers, active=active, by=None, at=now())
            if archived:
                api.archive(offers=offers, by=alba.person.pk, at=now())
    out = b"".join(api.export_catalogue(of(alba).pk, kind))
    again = bring_text(alba, tmp_path, out, name=f"b.{'csv' if kind in ('woocommerce', 'shopify') else kind}")
    assert again.wrong == again.new == 0
    if kind in ("csv", "xlsx", "jsonl"):
        assert again.changed == 0
    with for_organisation(of(alba).pk):
        assert {one.sku: (one.active, one.archived) for one in Offer.objects.all()} == states


@pytest.mark.django_db
def test_it_brings_in_what_another_shop_archived(alba: Actor, shelves: api.Shelves, tmp_path: Path) -> None:
    rows = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Status\nh,Hat,Title,Default Title,H,5,archived\n"
    assert counts(bring_text(alba, tmp_path, rows)) == (1, 0, 0, 0)
    with for_organisation(of(alba).pk):
        assert [(one.active, one.archived) for one in Offer.objects.all()] == [(False, True)]


@pytest.mark.django_db
def test_it_asks_whether_a_row_is_published_or_archived(alba: Actor, shelves: api.Shelves, tmp_path: Path) -> None:
    run = bring_text(alba, tmp_path, "SKU,Título,Publicado,Archivado\nA,Clavel,sí,sí\n")
    assert sentences(alba, run) == [(2, "It says published and archived at once: choose one.")]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "woocommerce", "shopify"])
def test_it_carries_no_live_formula_out(alba: Actor, shelves: api.Shelves, tmp_path: Path, kind: Any) -> None:
    bring_text(alba, tmp_path, _catalogue(), name="a.jsonl")
    text = b"".join(api.export_catalogue(of(alba).pk, kind)).decode().lstrip("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row if cell]
    live = [cell for cell in cells if cell.strip()[:1] in LIVE and not cell.lstrip("-").replace(".", "").isdigit()]
    assert cells
    assert live == []


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["woocommerce", "shopify"])
def test_it_reads_its_own_exports_for_other_shops(alba: Actor, gala: Actor, shelves: api.Shelves, tmp_path: Path, kind: Any) -> None:
    bring_text(alba, tmp_path, _catalogue(), name="a.jsonl")
    out = b"".join(api.export_catalogue(of(alba).pk, kind))
    run = bring_text(gala, tmp_path, out, name="b.csv")
    assert (run.format, run.wrong) == (kind, 0)
    with for_organisation(of(gala).pk):
        assert Offer.objects.filter(variant_id__isnull=True).count() == len(HOSTILE) + 1
        assert Offer.objects.filter(variant_id__isnull=False).count() == 2
        assert Product.objects.filter(title_es__startswith="“comillas”").exists()
