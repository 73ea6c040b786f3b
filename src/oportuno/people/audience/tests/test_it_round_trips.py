"""What is taken out comes in again without a change, and no cell of it runs as a formula."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience.models import Contact, Identity
from oportuno.people.audience.queries.contacts import Filters, all_contacts
from oportuno.people.audience.queries.sheets import lines
from oportuno.people.audience.testing import bring_file, rows
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
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


def test_no_cell_of_it_is_a_formula(alba: Actor, tmp_path: Path) -> None:
    bring_file(alba, tmp_path, TABLE)
    with for_organisation(alba.organisation.pk):
        sheet = "".join(lines(all_contacts(alba.member, Filters())))
    cells = [cell for row in csv.reader(io.StringIO(sheet.removeprefix("\ufeff"))) for cell in row]
    assert [cell for cell in cells if cell.lstrip().startswith(("=", "+", "@", "-", "|", "%"))] == []
    assert any(cell.startswith("'=") for cell in cells)
