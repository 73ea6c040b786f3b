"""What is taken out comes in again without a change, and no cell of it runs as a formula."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience import api
from oportuno.people.audience.actions.consenting import withdraw
from oportuno.people.audience.models import ConsentState, Contact, Identity
from oportuno.people.audience.queries.contacts import Filters, all_contacts
from oportuno.people.audience.queries.sheets import Form, lines
from oportuno.people.audience.testing import FORM, bring_file, rows
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
AGREED = api.Proof(("bulletin",), "paper form", "I want your bulletin", now() - timedelta(days=3))
TABLE = """Nombre,Apellidos,Empresa,Cargo,Correo,Correo 2,Celular,Dirección,Ciudad,País,Etiquetas,Instagram,Talla,Saldo,Etapa
Carmen,Ruiz,"Flores, S.A.",Compras,carmen@example.com,c2@example.com,300 123 4567,Calle 10 # 4-20,Bogotá,Colombia,"vip, rosas",@carmen,M,-5,cliente
=1+1,@cmd,+SUM(A1),-2+3,hostil@example.com,,+52 55 1234 5678,=HYPERLINK(0),|calc,México,=boom,,'=1,\t=2,
'Nombre,,,,apostrofo@example.com,,,,,,,,''x,'+1,
"""


def test_it_comes_in_again_as_it_went_out(alba: Actor, beto: Actor, gala: Actor, tmp_path: Path) -> None:
    assert bring_file(alba, tmp_path, TABLE).new == 3
    with for_organisation(alba.organisation.pk):
        sheet = "".join(lines(all_contacts(alba.member, Filters())))
    run = bring_file(alba, tmp_path, sheet)
    assert (run.program, run.new, run.changed, run.same, run.wrong) == ("oportuno", 0, 0, 3, 0)
    assert bring_file(gala, tmp_path, sheet).new == 3
    told = (
        "display_name",
        "given_name",
        "family_name",
        "company_name",
        "job_title",
        "stage",
        "place",
        "country",
        "tags",
        "fields",
        "email",
        "phone",
    )
    here, there = (
        sorted(([getattr(one, name) for name in told] for one in rows(actor.organisation, Contact)), key=str) for actor in (alba, gala)
    )
    assert here == there
    keys = [
        sorted((one.kind, one.key, one.value if one.kind == "postal" else "") for one in rows(actor.organisation, Identity))
        for actor in (alba, gala)
    ]
    assert keys[0] == keys[1]


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl", "vcf"])
def test_every_form_comes_in_again_without_a_change(alba: Actor, tmp_path: Path, form: Form) -> None:
    for label, kind, choices in (("Talla", "choice", ["S", "M"]), ("Saldo", "number", []), ("Boda", "date", []), ("E-mail", "yesno", [])):
        with for_organisation(alba.organisation.pk):
            api.make_field(label=label, kind=kind, choices=choices, by=alba.member, at=now())
    bring_file(alba, tmp_path, TABLE.replace("=1,\t=2", "S,1.125").replace("''x,'+1", "s,-7"), consent=AGREED)
    [carmen] = rows(alba.organisation, Contact, email="carmen@example.com")
    for purpose in ("bulletin", "offers", "topics"):
        withdraw(organisation=alba.organisation.pk, contact=carmen.pk, channel="email", purpose=purpose, circumstances=FORM, at=now())
    with for_organisation(alba.organisation.pk):
        api.fill_in_fields(contact=carmen.pk, values={"boda": "31/05/2026", "e_mail": True, "saldo": 1.125}, by=alba.member, at=now())
        out = b"".join(api.written(api.everybody(alba.organisation.pk), form, api.fields_of(alba.organisation.pk)))
    before = {one.email: one.fields for one in rows(alba.organisation, Contact)}
    assert before["carmen@example.com"]["saldo"] == 1.125
    run = bring_file(alba, tmp_path, out, name=f"out.{form}")
    assert (run.new, run.changed, run.same, run.wrong, run.notes) == (0, 0, 3, 0, {})
    assert {one.email: one.fields for one in rows(alba.organisation, Contact)} == before


def test_who_wants_nothing_more_wants_nothing_elsewhere_either(alba: Actor, gala: Actor, tmp_path: Path) -> None:
    bring_file(alba, tmp_path, "Correo\na@example.com\n", consent=AGREED)
    [ana] = rows(alba.organisation, Contact)
    for purpose in ("bulletin", "offers", "topics"):
        withdraw(organisation=alba.organisation.pk, contact=ana.pk, channel="email", purpose=purpose, circumstances=FORM, at=now())
    with for_organisation(alba.organisation.pk):
        sheet = "".join(lines(all_contacts(alba.member, Filters())))
    bring_file(gala, tmp_path, sheet, consent=AGREED)
    assert {one.standing for one in rows(gala.organisation, ConsentState)} == {"withdrawn"}


def test_the_workbench_gives_every_form_and_writes_down_who_took_it(alba: Actor, tmp_path: Path) -> None:
    bring_file(alba, tmp_path, TABLE)
    begins = {
        "csv": b"\xef\xbb\xbfname,",
        "xlsx": b"PK",
        "jsonl": b'{"id"',
        "vcf": b"BEGIN:VCARD\r\nVERSION:4.0",
        "exe": b"\xef\xbb\xbfname,",
    }
    for form, begin in begins.items():
        answer = alba.post(alba.desk("contactos/descarga/"), {"form": form, "idempotency_key": form})
        assert b"".join(answer.streaming_content).startswith(begin)


def test_no_cell_of_it_is_a_formula(alba: Actor, tmp_path: Path) -> None:
    bring_file(alba, tmp_path, TABLE)
    with for_organisation(alba.organisation.pk):
        sheet = "".join(lines(all_contacts(alba.member, Filters())))
    cells = [cell for row in csv.reader(io.StringIO(sheet.removeprefix("\ufeff"))) for cell in row]
    assert [cell for cell in cells if cell.lstrip().startswith(("=", "+", "@", "-", "|", "%"))] == []
    assert any(cell.startswith("'=") for cell in cells)


def test_what_is_taken_out_is_everything(alba: Actor, tmp_path: Path) -> None:
    """Notes in every table; in JSON Lines also the evidence of consents and how the stage went."""
    bring_file(alba, tmp_path, TABLE, consent=AGREED)
    [carmen] = rows(alba.organisation, Contact, email="carmen@example.com")
    with for_organisation(alba.organisation.pk):
        api.add_note(contact=carmen, text="=Paga a 30 días", by=alba.member, at=now())
        api.set_stage(contact=carmen, stage="promoter", reason="nos recomendó", by=alba.member, at=now())
        told = [json.loads(line) for line in b"".join(api.written(api.everybody(alba.organisation.pk), "jsonl", ())).splitlines()]
        sheet = "".join(lines(all_contacts(alba.member, Filters())))
    whole = next(one for one in told if one.get("email", "").startswith("carmen@"))
    assert [(one["text"], one["by"]) for one in whole["written_notes"]] == [("=Paga a 30 días", "Alba")]
    assert [(one["deed"], one["how"], one["words"]) for one in whole["evidence"]] == [("given", "paper form", "I want your bulletin")]
    assert [(one["before"], one["after"], one["reason"]) for one in whole["stages"]][-1] == ("customer", "promoter", "nos recomendó")
    cell = next(one for one in csv.DictReader(io.StringIO(sheet.removeprefix("\ufeff"))) if one["email"].startswith("carmen@"))
    assert cell["written_notes"].endswith("Alba: =Paga a 30 días")
    for name, out in (("out.csv", sheet), ("out.jsonl", "\n".join(map(json.dumps, told)))):
        run = bring_file(alba, tmp_path, out, name=name)
        assert (run.new, run.changed, run.same, run.wrong) == (0, 0, 3, 0), name
