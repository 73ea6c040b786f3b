"""Bringing contacts in from the workbench: the file, its columns, a look, a word, and back again."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile

from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.people.audience.models import ConsentState, Contact, ContactImport
from oportuno.people.audience.reactions import run_import
from oportuno.people.audience.testing import bring_file, rows
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
TABLE = "Nombre,Correo de contacto,Talla\nCarmen,carmen@example.com,M\nBeto,no es,\n"


@pytest.fixture(autouse=True)
def private_files(settings: LazySettings, tmp_path: Path) -> None:
    settings.PRIVATE_ROOT = tmp_path


def desk(actor: Actor, path: str = "") -> str:
    return f"/desk/{actor.organisation.slug}/contactos/importaciones/{path}"


def send(actor: Actor, content: bytes | str = TABLE, name: str = "gente.csv") -> Any:
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    return actor.post(desk(actor), {"file": file, "idempotency_key": str(uuid4())})


def the_run(actor: Actor) -> ContactImport:
    [run] = rows(actor.organisation, ContactImport)
    assert isinstance(run, ContactImport)
    return run


def work(run: ContactImport) -> None:
    run_import(Lease(0, 0, run.organisation_id, "audience.import"), run=str(run.pk))


@pytest.mark.django_db(transaction=True)
def test_it_shows_its_guess_and_takes_a_correction(alba: Actor, tmp_path: Path) -> None:
    answer = send(alba)
    run = the_run(alba)
    assert answer.status_code == 302
    assert run.mapping == {"Nombre": "name", "Correo de contacto": "email", "Talla": "field:talla"}
    shown = alba.get(desk(alba, f"{run.pk}/")).content.decode()
    assert "carmen@example.com" in shown  # an example of its column
    choices = {"column-0": "name", "column-1": "email", "column-2": ""}
    assert alba.post(desk(alba, f"{run.pk}/columnas/"), choices).status_code == 302
    work(run)
    shown = alba.get(desk(alba, f"{run.pk}/")).content.decode()
    assert "Todavía no se ha guardado nada" in shown
    assert "no es" in shown
    assert not rows(alba.organisation, Contact)
    answer = alba.post(desk(alba, f"{run.pk}/aplicacion/"))
    assert (answer.status_code, the_run(alba).state) == (302, "comparing")
    work(run)
    [carmen] = rows(alba.organisation, Contact)
    assert (carmen.email, carmen.fields) == ("carmen@example.com", {})
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []  # the copy of the file is gone
    alba.post(desk(alba, f"{run.pk}/anulacion/"))
    assert not rows(alba.organisation, Contact)


def test_it_asks_for_the_evidence_of_consent(alba: Actor) -> None:
    send(alba)
    run = the_run(alba)
    said = {"column-0": "name", "column-1": "email", "column-2": "", "agreed_to": ["bulletin"]}
    answer = alba.post(desk(alba, f"{run.pk}/columnas/"), said)
    assert answer.status_code == 422
    assert the_run(alba).state == "mapping"
    said |= {"how": "feria de mayo", "words": "Quiero su boletín", "agreed_on": "2026-05-02"}
    assert alba.post(desk(alba, f"{run.pk}/columnas/"), said).status_code == 302
    work(run)
    answer = alba.post(desk(alba, f"{run.pk}/aplicacion/"))
    assert (answer.status_code, the_run(alba).state) == (302, "comparing")
    work(run)
    [state] = rows(alba.organisation, ConsentState)
    assert (state.standing, f"{state.since:%Y-%m-%d}") == ("given", "2026-05-02")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "vac"),
        (b"Nombre,Ciudad\nA,Cali\n", "Ninguna columna"),
        (b"\x00\x01\x02\x03" * 200, "archivo de contactos"),
        (b"PK\x03\x04 no zip", "dañado"),
    ],
)
def test_a_file_that_holds_no_contacts_is_refused_in_a_sentence(alba: Actor, content: bytes, sentence: str, tmp_path: Path) -> None:
    answer = send(alba, content)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not rows(alba.organisation, ContactImport)
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


def test_a_column_cannot_be_what_nobody_knows(alba: Actor) -> None:
    send(alba)
    run = the_run(alba)
    assert alba.post(desk(alba, f"{run.pk}/columnas/"), {"column-0": "person_id", "column-1": "email", "column-2": ""}).status_code == 422
    answer = alba.post(desk(alba, f"{run.pk}/columnas/"), {"column-0": "name", "column-1": "", "column-2": ""})
    assert answer.status_code == 422
    assert the_run(alba).state == "mapping"


def test_gala_sees_nothing_of_it(alba: Actor, gala: Actor, tmp_path: Path) -> None:
    run = bring_file(alba, tmp_path, TABLE, dry_run=True)
    for path in ("", "aplicacion/", "cancelacion/", "anulacion/", "columnas/", "informe.csv"):
        for here in (alba, gala):
            address = f"/desk/{here.organisation.slug}/contactos/importaciones/{run.pk}/{path}"
            assert {gala.get(address).status_code, gala.post(address).status_code} <= {404, 405}
    with for_organisation(alba.organisation.pk):
        assert ContactImport.objects.get().state == "ready"


def test_what_is_wrong_can_be_taken_along(alba: Actor, tmp_path: Path) -> None:
    run = bring_file(alba, tmp_path, "Correo\n=1+1@x\nA@example.com\n")
    told = b"".join(alba.get(desk(alba, f"{run.pk}/informe.csv")).streaming_content).decode()
    assert told.splitlines()[1].startswith("2,“=1+1@x”")
