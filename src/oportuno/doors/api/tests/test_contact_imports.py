"""A program brings a file of contacts, looks, decides, and takes it back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from oportuno.doors.api.tests.conftest import Program
from oportuno.kernel.jobs import Lease
from oportuno.people.audience import api as audience
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
Make = Callable[..., Program]
TABLE = b"Nombre,Correo 2,Talla\nCarmen,carmen@example.com,M\nBeto,no es,\n"


@pytest.fixture(autouse=True)
def private_files(settings: LazySettings, tmp_path: Path) -> None:
    settings.PRIVATE_ROOT = tmp_path


def send(program: Program, **said: Any) -> HttpResponse:
    form = {"file": SimpleUploadedFile("gente.csv", TABLE), **said}
    return Client().post("/api/v1/contact-imports", form, HTTP_AUTHORIZATION=f"Bearer {program.token}")


def work(actor: Actor, run: str) -> None:
    audience.run_import(Lease(0, 0, actor.organisation.pk, "audience.import"), UUID(run))


def test_it_looks_writes_and_takes_back(alba: Actor, program: Make) -> None:
    one = program(alba)
    answer = send(one, columns='{"Talla": ""}')
    assert answer.status_code == 202, answer.content
    run = json.loads(answer.content)["id"]
    work(alba, run)
    shown = one.get(f"contact-imports/{run}")
    assert (shown["state"], shown["new"], shown["wrong"], shown["mapping"]) == (
        "ready",
        1,
        1,
        {"Nombre": "name", "Correo 2": "email", "Talla": ""},
    )
    assert [problem["line"] for problem in shown["problems"]] == [3]
    assert one.get("contacts")["contacts"] == []
    assert one.ask("POST", f"contact-imports/{run}/application").status_code == 202
    work(alba, run)
    assert [contact["email"] for contact in one.get("contacts")["contacts"]] == ["carmen@example.com"]
    assert one.ask("POST", f"contact-imports/{run}/application").status_code == 409
    assert json.loads(one.ask("DELETE", f"contact-imports/{run}").content)["state"] == "undone"
    assert one.get("contacts")["contacts"] == []


def test_consent_without_its_evidence_is_refused(alba: Actor, program: Make) -> None:
    one = program(alba)
    assert send(one, agreed_to="bulletin").status_code == 422
    assert send(one, agreed_to="answer").status_code == 422
    assert send(one, columns="[]").status_code == 422
    assert send(one, columns='{"Talla": "person_id"}').status_code == 422


def test_it_is_nobody_elses(alba: Actor, gala: Actor, program: Make) -> None:
    run = json.loads(send(program(alba)).content)["id"]
    hers = program(gala)
    absent = hers.ask("GET", "contact-imports/01890000-0000-7000-8000-000000000000")
    for method, path in (("GET", ""), ("POST", "/application"), ("DELETE", "")):
        answer = hers.ask(method, f"contact-imports/{run}{path}")
        assert answer.status_code == 404
    assert hers.ask("GET", f"contact-imports/{run}").content == absent.content
    assert send(program(alba, "contacts:read")).status_code == 403
