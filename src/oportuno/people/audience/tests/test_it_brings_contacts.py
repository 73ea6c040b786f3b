"""Files of contacts: what comes in, what it changes, and what it never does."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from oportuno.kernel.clock import now, stopped_at
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.people.audience import api, reactions
from oportuno.people.audience.actions.consenting import withdraw
from oportuno.people.audience.actions.erasing import erase_contact
from oportuno.people.audience.api import imports
from oportuno.people.audience.models import (
    Consent,
    ConsentState,
    Contact,
    Identity,
    ImportedKey,
    ImportedMatch,
    ImportedProblem,
    ImportedRow,
    Note,
)
from oportuno.people.audience.testing import FORM, bring_file, make_contact, rows
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
CASES = Path(__file__).resolve().parents[6] / "shared" / "cases" / "contacts"
AGREED = api.Proof(("bulletin",), "paper form at the fair", "I want your bulletin by e-mail", now() - timedelta(days=30))
HEADER = "Nombre,Apellidos,Correo electrónico,Celular,Ciudad,Etiquetas,Talla"


def test_it_brings_people_and_says_what_it_made_of_the_columns(alba: Actor, tmp_path: Path) -> None:
    run = bring_file(alba, tmp_path, f'{HEADER}\nCarmen,Ruiz,Carmen@Example.com,300 123 4567,Bogotá,"VIP, rosas",M\n')
    assert (run.state, run.new, run.wrong) == ("done", 1, 0)
    [carmen] = rows(alba.organisation, Contact)
    assert (carmen.display_name, carmen.given_name, carmen.email, carmen.phone) == (
        "Carmen Ruiz",
        "Carmen",
        "carmen@example.com",
        "+573001234567",
    )
    assert (carmen.place, carmen.tags, carmen.fields, carmen.source) == ("Bogotá", ["rosas", "vip"], {"talla": "M"}, "import")
    assert {(one.kind, one.key) for one in rows(alba.organisation, Identity)} == {
        ("email", "carmen@example.com"),
        ("phone", "+573001234567"),
    }


def test_it_changes_nothing_the_second_time(alba: Actor, tmp_path: Path) -> None:
    text = f"{HEADER}\nCarmen,Ruiz,carmen@example.com,300 123 4567,Bogotá,vip,M\n,,,6011234567,,,\n"
    bring_file(alba, tmp_path, text, consent=AGREED, tags=["feria"])
    before = (rows(alba.organisation, Contact), rows(alba.organisation, Identity), rows(alba.organisation, Consent))
    run = bring_file(alba, tmp_path, text, consent=AGREED, tags=["feria"])
    assert (run.new, run.changed, run.same, run.wrong) == (0, 0, 2, 0)
    assert (rows(alba.organisation, Contact), rows(alba.organisation, Identity), rows(alba.organisation, Consent)) == before


def test_a_contact_needs_any_one_address(alba: Actor, tmp_path: Path) -> None:
    text = "Nombre,Correo,Celular,Dirección,Ciudad\nA,a@example.com,,,\nB,,3001234567,,\nC,,,Calle 10 # 4-20,Cali\nD,,,,\nE,no es,12,,\n"
    run = bring_file(alba, tmp_path, text)
    assert (run.new, run.wrong) == (3, 2)
    with for_organisation(alba.organisation.pk), override("en"):
        told = [(one.line, one.sentence) for one in imports.problems(run)]
    assert told[0] == (5, "There is no e-mail address, phone or postal address: a contact needs one of them.")
    assert [line for line, _ in told[1:]] == [6, 6]
    assert told[1][1] == "“no es” is not an e-mail address."


def test_a_dry_run_writes_nothing_and_shows_what_would_change(alba: Actor, tmp_path: Path) -> None:
    make_contact(alba.organisation, "carmen@example.com", "Carmen")
    run = bring_file(alba, tmp_path, "Nombre,Correo,Ciudad\nCarmen Ruiz,carmen@example.com,Cali\nBeto,beto@example.com,\n", dry_run=True)
    assert (run.state, run.new, run.changed) == ("ready", 1, 1)
    assert [one.display_name for one in rows(alba.organisation, Contact)] == ["Carmen"]
    with for_organisation(alba.organisation.pk), override("en"):
        [row] = imports.rows(run, "changed")
    assert set(row.changes) == {("Place", "—", "Cali"), ("Name", "Carmen", "Carmen Ruiz")}


def test_without_evidence_nobody_agreed_to_anything(alba: Actor, tmp_path: Path) -> None:
    bring_file(alba, tmp_path, "Correo\na@example.com\n")
    assert not rows(alba.organisation, ConsentState)
    with override("en"), pytest.raises(Refusal, match="evidence"):
        bring_file(alba, tmp_path, "Correo\nb@example.com\n", consent=api.Proof(("bulletin",), "", "", now()))
    with override("en"), pytest.raises(Refusal, match="time to come"):
        bring_file(alba, tmp_path, "Correo\nb@example.com\n", consent=api.Proof(("bulletin",), "form", "yes", now() + timedelta(days=1)))
    assert len(rows(alba.organisation, Contact)) == 1


def test_consent_comes_in_with_where_when_and_which_words(alba: Actor, tmp_path: Path) -> None:
    bring_file(alba, tmp_path, "Correo\na@example.com\n", consent=AGREED)
    [state], [evidence] = rows(alba.organisation, ConsentState), rows(alba.organisation, Consent)
    assert (state.standing, state.purpose, state.since) == ("given", "bulletin", AGREED.at)
    assert (evidence.how, evidence.words, evidence.identity_key) == (AGREED.how, AGREED.words, "a@example.com")


def test_no_import_revives_who_withdrew(alba: Actor, tmp_path: Path) -> None:
    bring_file(alba, tmp_path, "Correo\na@example.com\n", consent=AGREED)
    [contact] = rows(alba.organisation, Contact)
    withdraw(organisation=alba.organisation.pk, contact=contact.pk, channel="email", purpose="bulletin", circumstances=FORM, at=now())
    run = bring_file(alba, tmp_path, "Correo,Nombre\na@example.com,Ana\n", consent=AGREED)
    assert run.changed == 1  # her name
    assert [one.standing for one in rows(alba.organisation, ConsentState)] == ["withdrawn"]


def test_who_left_elsewhere_leaves_here(alba: Actor, tmp_path: Path) -> None:
    text = "uuid,email,name,status\n1,a@example.com,A,enabled\n2,b@example.com,B,blocklisted\n"
    run = bring_file(alba, tmp_path, text, consent=AGREED)
    assert run.program == "listmonk"
    with for_organisation(alba.organisation.pk):
        standings = set(ConsentState.objects.values_list("contact__email", "purpose", "standing"))
    assert standings == {
        ("a@example.com", "bulletin", "given"),
        *(("b@example.com", purpose, "withdrawn") for purpose in ("bulletin", "offers", "topics")),
    }


def test_two_rows_of_one_person_become_one_contact(alba: Actor, tmp_path: Path) -> None:
    text = "Nombre,Correo,Celular\n,carmen@example.com,\nCarmen,CARMEN@example.com,3001234567\nCarmen,,3001234567\n"
    run = bring_file(alba, tmp_path, text)
    assert (run.new, run.same, run.twins) == (1, 2, 2)
    [carmen] = rows(alba.organisation, Contact)
    assert (carmen.display_name, carmen.phone) == ("Carmen", "+573001234567")


def test_a_switchboard_makes_no_two_people_one(alba: Actor, tmp_path: Path) -> None:
    text = "Nombre,Correo,Teléfono\nAna,ana@example.com,6011234567\nLuis,luis@example.com,6011234567\n"
    run = bring_file(alba, tmp_path, text)
    assert run.new == 2
    shared = [(one.contact_id, one.shared) for one in rows(alba.organisation, Identity, kind="phone")]
    assert sorted(flag for _, flag in shared) == [False, True]
    assert len({contact for contact, _ in shared}) == 2
    assert bring_file(alba, tmp_path, text).same == 2


def test_what_is_known_stays_when_only_gaps_are_filled(alba: Actor, tmp_path: Path) -> None:
    make_contact(alba.organisation, "carmen@example.com", "Carmen")
    bring_file(alba, tmp_path, "Nombre,Correo,Ciudad\nOtra,carmen@example.com,Cali\n", fill_only=True)
    [carmen] = rows(alba.organisation, Contact)
    assert (carmen.display_name, carmen.place) == ("Carmen", "Cali")


def test_notes_and_stages_come_along(alba: Actor, tmp_path: Path) -> None:
    text = "Record ID,First Name,Last Name,Email,Lifecycle Stage,Notes\n7,Ana,Ruiz,ana@example.com,customer,Paga a 30 días\n"
    run = bring_file(alba, tmp_path, text)
    [ana], [note] = rows(alba.organisation, Contact), rows(alba.organisation, Note)
    assert (run.program, ana.stage, note.text) == ("hubspot", "customer", "Paga a 30 días")


def test_it_can_be_undone(alba: Actor, tmp_path: Path) -> None:
    make_contact(alba.organisation, "carmen@example.com", "Carmen")
    run = bring_file(
        alba,
        tmp_path,
        "Nombre,Correo,Celular,Etiquetas\nCarmen Ruiz,carmen@example.com,3001234567,vip\nBeto,beto@example.com,,\n",
        consent=AGREED,
    )
    assert len(rows(alba.organisation, Contact)) == 2
    with for_organisation(alba.organisation.pk):
        api.undo_import(run=run.pk, by=alba.member.id, at=now())
    [carmen] = rows(alba.organisation, Contact)
    assert (carmen.display_name, carmen.tags) == ("Carmen", [])
    assert [one.key for one in rows(alba.organisation, Identity)] == ["carmen@example.com"]


def test_what_a_file_says_is_only_its_organisations(alba: Actor, gala: Actor, tmp_path: Path) -> None:
    bring_file(alba, tmp_path, "Correo\na@example.com\n")
    run = bring_file(gala, tmp_path, "Correo\na@example.com\n")
    assert run.new == 1  # the same address elsewhere is somebody else's knowledge


@pytest.mark.skipif(not CASES.is_dir(), reason="the real files of ../shared/cases are not here")
@pytest.mark.parametrize("name", ["gmail-list.vcf", "outlook-2007.vcf", "rfc6350-example.vcf"])
def test_it_reads_real_cards_as_their_reference_says(alba: Actor, tmp_path: Path, name: str) -> None:
    reference = json.loads((CASES / "vcards_reference.json").read_text())[name]
    run = bring_file(alba, tmp_path, (CASES / "vcards" / name).read_bytes(), dry_run=True)
    with for_organisation(alba.organisation.pk):
        listed: list[dict[str, Any]] = [one for page in imports.listed(run) for one in page]
    assert [{key: one[key] for key in ("fn", "email", "tel", "org", "version")} for one in listed] == reference["vobject"]
    assert run.new == reference["n_cards_BEGIN"]


@pytest.mark.skipif(not CASES.is_dir(), reason="the real files of ../shared/cases are not here")
def test_it_reads_a_real_list_with_attributes(alba: Actor, tmp_path: Path) -> None:
    run = bring_file(alba, tmp_path, (CASES / "listmonk_subs.csv").read_bytes())
    assert (run.program, run.new, run.wrong) == ("listmonk", 100, 0)
    [one] = rows(alba.organisation, Contact, email="user0@mail.com")
    assert (one.display_name, one.place, one.fields) == (
        "First0 Last0",
        "Bangalore",
        {"age": "29", "city": "Bangalore", "clientid": "DAXX79"},
    )


def test_who_is_forgotten_is_forgotten_by_the_import_too(alba: Actor, tmp_path: Path) -> None:
    run = bring_file(alba, tmp_path, "Nombre,Correo\nCarmen,carmen@example.com\nCarmen,CARMEN@example.com\nBeto,beto@example.com\n")
    [carmen] = rows(alba.organisation, Contact, email="carmen@example.com")
    erase_contact(organisation=alba.organisation.pk, contact=carmen.pk, by=alba.member.id, at=now())
    with for_organisation(alba.organisation.pk):
        assert [one.name for one in ImportedRow.objects.all()] == ["Beto"]
        assert [one.key for one in ImportedKey.objects.all()] == ["beto@example.com"]
        assert imports.rows(run, "same") == []


def test_after_a_week_nothing_of_the_file_is_kept(alba: Actor, tmp_path: Path) -> None:
    run = bring_file(alba, tmp_path, "Nombre,Correo\nCarmen,carmen@example.com\nBeto,no es\n")
    waiting = bring_file(alba, tmp_path, "Nombre,Correo\nEva,eva@example.com\n", dry_run=True)
    with stopped_at(now() + timedelta(days=6)):
        reactions.tidy_imports(Lease(0, 0, None, "audience.tidy_imports"))
    assert rows(alba.organisation, ImportedRow)
    with stopped_at(now() + timedelta(days=8)):
        reactions.tidy_imports(Lease(0, 0, None, "audience.tidy_imports"))
    for table in (ImportedRow, ImportedKey, ImportedMatch, ImportedProblem):
        assert rows(alba.organisation, table) == []
    with for_organisation(alba.organisation.pk):
        assert imports.run_for(waiting.pk).state == "cancelled"
        with pytest.raises(Refusal):
            api.undo_import(run=run.pk, by=alba.member.id, at=now())
    assert [one.email for one in rows(alba.organisation, Contact)] == ["carmen@example.com"]
