"""Taking an import back: what it did goes, what somebody did since stays."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience import api
from oportuno.people.audience.actions.consenting import withdraw
from oportuno.people.audience.actions.knowing import add_note, set_stage
from oportuno.people.audience.models import Consent, ConsentState, Contact, ContactImport, Identity, Note
from oportuno.people.audience.queries.timeline import timeline_of
from oportuno.people.audience.testing import FORM, asked, bring_file, make_contact, rows
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
AGREED = api.Proof(("bulletin",), "paper form at the fair", "I want your bulletin by e-mail", now() - timedelta(days=30))
HEADER = "Nombre,Correo,Etapa,Notas"


def undo(actor: Actor, run: ContactImport) -> ContactImport:
    with for_organisation(actor.organisation.pk):
        return api.undo_import(run=run.pk, by=actor.member.id, at=now())


def the(actor: Actor, email: str) -> Contact:
    [found] = rows(actor.organisation, Contact, email=email)
    assert isinstance(found, Contact)
    return found


def test_stage_note_and_name_come_back_and_are_told(alba: Actor, tmp_path: Path) -> None:
    before = make_contact(alba.organisation, "jose@example.com", "José Ñáñez")
    run = bring_file(alba, tmp_path, f"{HEADER}\nOtro,jose@example.com,cliente,Paga a 30 días\n")
    assert the(alba, "jose@example.com").stage == "customer"
    undo(alba, run)
    jose = the(alba, "jose@example.com")
    assert (jose.stage, jose.display_name, jose.name_key) == ("contact", "José Ñáñez", before.name_key)
    assert rows(alba.organisation, Note) == []
    with for_organisation(alba.organisation.pk):
        told = [one.data for one in timeline_of(jose).facts if one.kind == "audience.stage_changed"]
    assert [(one["before"], one["after"], one["reason"]) for one in told] == [
        ("customer", "contact", "import undone"),
        ("contact", "customer", "import"),
    ]


def test_a_stage_that_somebody_set_since_stays(alba: Actor, tmp_path: Path) -> None:
    make_contact(alba.organisation, "ana@example.com", "Ana")
    run = bring_file(alba, tmp_path, f"{HEADER}\nAna,ana@example.com,cliente,\n")
    with for_organisation(alba.organisation.pk):
        ana = the(alba, "ana@example.com")
        set_stage(contact=ana, stage="promoter", reason="recommends us", by=alba.member, at=now())
        add_note(contact=ana, text="Llamar en mayo", by=alba.member, at=now())
    undo(alba, run)
    assert the(alba, "ana@example.com").stage == "promoter"
    assert [one.text for one in rows(alba.organisation, Note)] == ["Llamar en mayo"]


def test_consent_that_only_the_file_claimed_is_void(alba: Actor, tmp_path: Path) -> None:
    make_contact(alba.organisation, "ana@example.com", "Ana")
    make_contact(alba.organisation, "eva@example.com", "Eva")
    run = bring_file(alba, tmp_path, "Correo\nana@example.com\neva@example.com\n", consent=AGREED)
    eva = the(alba, "eva@example.com")
    withdraw(organisation=alba.organisation.pk, contact=eva.pk, channel="email", purpose="bulletin", circumstances=FORM, at=now())
    undo(alba, run)
    assert [(one.contact_id, one.standing) for one in rows(alba.organisation, ConsentState)] == [(eva.pk, "withdrawn")]
    assert {one.contact_id for one in rows(alba.organisation, Consent)} == {eva.pk}


def test_the_main_address_is_the_one_from_before(alba: Actor, tmp_path: Path) -> None:
    bring_file(alba, tmp_path, "Nombre,Celular\nAna,3001234567\n")
    run = bring_file(alba, tmp_path, "Nombre,Celular,Correo\nAna,3001234567,ana@example.com\n")
    assert (run.changed, the(alba, "ana@example.com").phone) == (1, "+573001234567")
    undo(alba, run)
    [ana] = rows(alba.organisation, Contact)
    assert (ana.email, ana.phone) == ("", "+573001234567")
    assert [one.kind for one in rows(alba.organisation, Identity)] == ["phone"]


def test_whom_a_later_file_meant_too_is_kept(alba: Actor, tmp_path: Path) -> None:
    first = bring_file(alba, tmp_path, "Correo\nana@example.com\nbeto@example.com\n")
    bring_file(alba, tmp_path, "Correo,Ciudad\nana@example.com,Cali\n")
    undo(alba, first)
    assert [one.email for one in rows(alba.organisation, Contact)] == ["ana@example.com"]


def test_who_asked_since_is_kept(alba: Actor, tmp_path: Path, open_sellers: None) -> None:
    run = bring_file(alba, tmp_path, "Correo\ncarmen@example.com\nbeto@example.com\n")
    asked(alba, "carmen@example.com")
    assert undo(alba, run).state == "undone"
    assert [one.email for one in rows(alba.organisation, Contact)] == ["carmen@example.com"]


def test_another_company_in_a_file_is_another_company(alba: Actor, tmp_path: Path) -> None:
    """Whom a contact works for is what the file says, not the company of before; undone, it is that one again."""
    with for_organisation(alba.member.organisation.pk):
        flores = api.write_contact(
            written=api.Written(name="Flores S.A.", kind="organisation"),
            identities=[_email("flores@example.com")],
            by=alba.member,
            at=now(),
        )
        ana = api.write_contact(
            written=api.Written(name="Ana", company="Flores S.A."), identities=[_email("ana@example.com")], by=alba.member, at=now()
        )
    assert ana.company_id == flores.pk
    bring_file(alba, tmp_path, "Correo,Empresa\nana@example.com,FLORES S.A.\n")
    assert [one.company_id for one in rows(alba.organisation, Contact, pk=ana.pk)] == [flores.pk]
    run = bring_file(alba, tmp_path, "Correo,Empresa\nana@example.com,Rosas Ltda.\n")
    [changed] = rows(alba.organisation, Contact, pk=ana.pk)
    assert (changed.company_name, changed.company_id) == ("Rosas Ltda.", None)
    with for_organisation(alba.member.organisation.pk):
        api.undo_import(run=run.pk, by=alba.member.id, at=now())
    [back] = rows(alba.organisation, Contact, pk=ana.pk)
    assert (back.company_name, back.company_id) == ("FLORES S.A.", flores.pk)


def _email(text: str) -> api.Given:
    found = api.addresses.email(text)
    assert found
    return found
