"""Values that came with a file before their field was made become values of its kind, and what does not fit is told."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.people.audience import api
from oportuno.people.audience.actions import retyping
from oportuno.people.audience.models import Contact, ContactField
from oportuno.people.audience.queries.contacts import Filters, contacts_of
from oportuno.people.audience.testing import bring_file, rows
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
FILE = "Correo,Sucursales,Boda\nana@example.com,1.200,31/05/2026\neva@example.com,muchas,2026-01-02\nluz@example.com,,nunca\n"


def make(actor: Actor, label: str, kind: str) -> ContactField:
    with for_organisation(actor.member.organisation.pk):
        return api.make_field(label=label, kind=kind, key=label.lower(), by=actor.member, at=now())


def read_again(actor: Actor, field: ContactField) -> None:
    retyping.retype_field(Lease(0, 0, actor.member.organisation.pk, "audience.retype_field"), field=field.pk, at=now())


def test_what_fits_is_read_and_what_does_not_is_told(alba: Actor, gala: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retyping, "BATCH", 2)
    for one in (alba, gala):
        bring_file(one, tmp_path, FILE)
    number, day = make(alba, "Sucursales", "number"), make(alba, "Boda", "date")
    for _twice in range(2):
        read_again(alba, number)
        read_again(alba, day)
    found = {one.email: one.fields for one in rows(alba.organisation, Contact)}
    assert found == {
        "ana@example.com": {"sucursales": 1200, "boda": "2026-05-31"},
        "eva@example.com": {"sucursales": "muchas", "boda": "2026-01-02"},
        "luz@example.com": {"boda": "nunca"},
    }
    assert {one.fields.get("sucursales") for one in rows(gala.organisation, Contact)} == {"1.200", "muchas", None}
    told = alba.get(alba.desk("contactos/campos/")).content.decode()
    assert "muchas" in told
    assert "nunca" in told
    with for_organisation(alba.member.organisation.pk):
        page = contacts_of(alba.member, Filters(field="sucursales", value="1200"))
    assert [one.email for one in page.contacts] == ["ana@example.com"]


def test_the_report_says_how_many(alba: Actor, tmp_path: Path) -> None:
    bring_file(alba, tmp_path, FILE)
    number = make(alba, "Sucursales", "number")
    read_again(alba, number)
    [kept] = rows(alba.organisation, ContactField)
    assert (kept.report["fitted"], kept.report["unfit"]) == (1, 1)
    [eva] = rows(alba.organisation, Contact, email="eva@example.com")
    assert [UUID(one) for one in kept.report["shown"]] == [eva.pk]


def test_who_corrects_it_meanwhile_is_right(alba: Actor, tmp_path: Path) -> None:
    bring_file(alba, tmp_path, FILE)
    number = make(alba, "Sucursales", "number")
    read_again(alba, number)
    [eva] = rows(alba.organisation, Contact, email="eva@example.com")
    with for_organisation(alba.member.organisation.pk):
        api.fill_in_fields(contact=eva.pk, values={"sucursales": "7"}, by=alba.member, at=now())
    assert "muchas" not in alba.get(alba.desk("contactos/campos/")).content.decode()
