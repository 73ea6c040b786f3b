"""Contacts in the workbench."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_organisation, for_person, for_public
from oportuno.kernel.testing.together import together
from oportuno.people.audience.actions.capturing import Agreed, capture
from oportuno.people.audience.actions.recognising import erasers
from oportuno.people.audience.api import add_note, give, tag
from oportuno.people.audience.models import Consent, ConsentState, Contact, Identity, Note, Question
from oportuno.people.audience.queries.contacts import Filters, contacts_of
from oportuno.people.audience.queries.keepers import keepers
from oportuno.people.audience.rules import addresses
from oportuno.people.audience.testing import FORM, make_contact, rows
from oportuno.people.organisations.testing import Actor


def names(actor, **filters):
    with for_organisation(actor.organisation.pk):
        return [one.display_name for one in contacts_of(actor.member, Filters(**filters)).contacts]


def test_it_knows_somebody_by_any_of_his_addresses(alba):
    email, phone = addresses.email("Ana@Example.com"), addresses.phone("300 123 4567", "CO")
    first = capture(organisation=alba.organisation.pk, identities=[email, phone], name="Ana", source="team", at=now())
    again = capture(organisation=alba.organisation.pk, identities=[phone], name="Otra", source="team", at=now())
    assert phone.key == "+573001234567"
    assert first.is_new
    assert not again.is_new
    assert first.contact.pk == again.contact.pk
    assert rows(alba.organisation, Contact)[0].display_name == "Ana"


def test_it_lets_a_stranger_change_nothing_of_a_known_contact(alba):
    known = make_contact(alba.organisation, name="")
    attackers = addresses.phone("+57 311 000 0000", "CO")
    capture(organisation=alba.organisation.pk, identities=[addresses.email(known.email), attackers], name="Evil", source="form", at=now())
    (contact,) = rows(alba.organisation, Contact)
    assert (contact.display_name, contact.phone) == ("", "")
    assert len(rows(alba.organisation, Identity)) == 1


def test_it_needs_an_address(alba):
    with pytest.raises(Refusal):
        capture(organisation=alba.organisation.pk, identities=[], name="Ana", source="team", at=now())
    assert rows(alba.organisation, Contact) == []


@pytest.mark.django_db(transaction=True)
def test_it_makes_one_contact_when_several_addresses_come_in_any_order_at_once(alba):
    given = [addresses.email("a@example.com"), addresses.phone("+573001234567", "CO")]

    def submit(turn: int) -> None:
        capture(organisation=alba.organisation.pk, identities=given[:: 1 if turn % 2 else -1], source="form", at=now())

    together(partial(submit, turn) for turn in range(12))
    assert len(rows(alba.organisation, Contact)) == 1
    assert len(rows(alba.organisation, Identity)) == 2


def test_it_finds_by_part_of_a_name_without_accents_by_a_mistyped_name_and_by_the_beginning_of_an_address(alba):
    make_contact(alba.organisation, "jose@example.com", "José Pérez")
    make_contact(alba.organisation, "maria@example.com", "María Rodríguez")
    assert names(alba, q="perez") == ["José Pérez"]
    assert names(alba, q="JOSÉ") == ["José Pérez"]
    assert names(alba, q="jo") == ["José Pérez"]
    assert names(alba, q="rodrigues") == ["María Rodríguez"]
    assert names(alba, q="maria@") == ["María Rodríguez"]
    assert names(alba, q="100%") == []
    assert names(alba, q="_") == []


def test_it_filters_by_stage_tag_consent_and_day(alba):
    ana, luz = (
        make_contact(alba.organisation, "a@example.com", "Ana"),
        make_contact(alba.organisation, "l@example.com", "Luz", at=now() - timedelta(days=9)),
    )
    with for_organisation(alba.organisation.pk):
        tag(contact=ana, add=["VIP", "bodas"], by=alba.member, at=now())
        give(contact=luz, agreed=Agreed("bulletin"), circumstances=FORM, at=now())
    assert names(alba, tag="vip") == ["Ana"]
    assert names(alba, consent="bulletin") == ["Luz"]
    assert names(alba, since=(now() - timedelta(days=2)).date().isoformat()) == ["Ana"]
    assert names(alba, stage="contact") == ["Ana", "Luz"]
    assert names(alba, stage="customer") == []


def test_it_shows_every_contact_once_page_by_page(alba):
    at = now()
    for number in range(130):
        make_contact(alba.organisation, f"p{number}@example.com", f"P{number}", at=at - timedelta(minutes=number // 3))
    seen, place = [], None
    with for_organisation(alba.organisation.pk):
        for _ in range(4):
            page = contacts_of(alba.member, Filters(), after=place)
            seen += [one.display_name for one in page.contacts]
            if (place := page.next) is None:
                break
    assert len(seen) == len(set(seen)) == 130
    first = alba.get(alba.desk("contactos/"))
    assert b"after=" in first.content
    assert first.status_code == 200


def test_it_shows_gala_nothing_of_albas_contacts(alba, gala, eva, stranger, carmen):
    contact = make_contact(alba.organisation)
    with for_organisation(alba.organisation.pk):
        note = add_note(contact=contact, text="secreto", by=alba.member, at=now())
    for path in (f"contactos/{contact.pk}/", f"contactos/{uuid4()}/"):
        assert gala.get(gala.desk(path)).status_code == 404
        assert gala.get(alba.desk(path)).status_code == 404
    for noun in ("notas", "etiquetas", "etapa", "retiro"):
        answer = gala.post(
            gala.desk(f"contactos/{contact.pk}/{noun}/"), {"text": "x", "add": "x", "stage": "lead", "reason": "x", "purpose": "bulletin"}
        )
        assert answer.status_code == 404
    assert carmen.get(alba.desk("contactos/")).status_code == 404
    assert stranger.get(alba.desk("contactos/")).status_code == 302
    for model, row in ((Contact, contact), (Note, note)):
        with for_organisation(gala.organisation.pk):
            assert not model.objects.filter(pk=row.pk).exists()
    with for_public():
        assert Contact.objects.count() == Identity.objects.count() == Question.objects.count() == 0
    assert rows(alba.organisation, Contact)[0].tags == []


def test_it_finds_nothing_of_alba_where_gala_searches(alba, gala):
    make_contact(alba.organisation, "secreta@example.com", "Persona Secreta")
    assert names(gala, q="secreta") == names(gala, q="secreta@") == names(gala, tag="x") == []


def test_it_keeps_evidence_as_it_was(alba):
    contact = make_contact(alba.organisation)
    with for_organisation(alba.organisation.pk):
        row = give(contact=contact, agreed=Agreed("bulletin", words="Sí"), circumstances=FORM, at=now())
        for change in (lambda: Consent.objects.filter(pk=row.pk).update(words="No"), lambda: Consent.objects.filter(pk=row.pk).delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
    assert rows(alba.organisation, Consent)[0].words == "Sí"


def test_a_member_withdraws_only_what_there_is(alba):
    contact = make_contact(alba.organisation)
    path = alba.desk(f"contactos/{contact.pk}/retiro/")
    for said in (
        {"purpose": "bulletin", "channel": "carrier pigeon"},
        {"purpose": "bulletin", "channel": "fax"},
        {"purpose": "everything"},
    ):
        assert alba.post(path, said).status_code == 422
    assert rows(alba.organisation, Consent) == []
    assert alba.post(path, {"purpose": "bulletin"}).status_code == 302
    assert [(one.channel, one.deed) for one in rows(alba.organisation, Consent)] == [("email", "withdrawn")]


def test_it_notes_tags_and_moves_in_place_and_tells_it_in_the_timeline(alba, beto):
    contact = make_contact(alba.organisation)
    here = f"contactos/{contact.pk}/"
    assert beto.post(beto.desk(f"{here}notas/"), {"text": "Quiere 300 rosas"}).status_code == 302
    assert beto.post(beto.desk(f"{here}etiquetas/"), {"add": "bodas, VIP"}).status_code == 302
    assert beto.post(beto.desk(f"{here}etapa/"), {"stage": "qualified", "reason": "tiene presupuesto"}).status_code == 302
    page = beto.get(beto.desk(here)).content.decode()
    for words in ("Quiere 300 rosas", "bodas, vip", "tiene presupuesto"):
        assert words in page
    only = beto.get(beto.desk(here), {"show": "consent"}).content.decode()
    assert "bodas, vip" not in only


def test_it_keeps_what_was_typed_when_it_refuses(beto, alba):
    contact = make_contact(alba.organisation)
    answer = beto.post(beto.desk(f"contactos/{contact.pk}/notas/"), {"text": "x" * 4001})
    assert answer.status_code == 422
    assert "x" * 4001 in answer.content.decode()
    assert rows(alba.organisation, Note) == []


def test_it_takes_contacts_out_without_live_formulas(alba, beto):
    for number, name in enumerate(('=HYPERLINK("http://evil")', "+1", "-1", "@x", "＝1", "Ana")):
        make_contact(alba.organisation, f"f{number}@example.com", name)
    answer = alba.post(alba.desk("contactos/descarga/"))
    text = b"".join(answer.streaming_content).decode().lstrip("\ufeff")
    found = [line["name"] for line in csv.DictReader(io.StringIO(text))]
    assert len(found) == 6
    assert "Ana" in found
    assert not [name for name in found if name.startswith(("=", "+", "-", "@", "＝"))]
    assert beto.post(beto.desk("contactos/descarga/")).status_code == 403


def test_it_saves_a_selection_for_everybody(alba, beto):
    assert beto.client.post(f"{beto.desk('contactos/selecciones/')}?stage=lead", {"name": "Listos"}).status_code == 302
    page = alba.get(alba.desk("contactos/")).content.decode()
    assert "Listos" in page
    assert "stage=lead" in page
    assert beto.client.post(f"{beto.desk('contactos/selecciones/')}?stage=lead", {"name": "Listos"}).status_code == 409


def test_it_shows_a_person_what_is_kept_about_her_and_nobody_else(alba, gala, carmen, eva):
    from allauth.account.models import EmailAddress

    mine = make_contact(alba.organisation, carmen.person.email, "Carmen")
    make_contact(gala.organisation, carmen.person.email, "Carmen en Gala")
    make_contact(gala.organisation, "other@example.com", "Otra Persona")
    with for_organisation(alba.organisation.pk):
        give(contact=mine, agreed=Agreed("bulletin", words="Sí"), circumstances=FORM, at=now())
    EmailAddress.objects.filter(user=carmen.person).update(verified=False)
    assert b"Flores de Alba" not in carmen.get("/mi-cuenta/mis-datos/").content  # she has not proved the address yet
    EmailAddress.objects.update_or_create(user=carmen.person, email=carmen.person.email, defaults={"verified": True, "primary": True})

    page = carmen.get("/mi-cuenta/mis-datos/").content.decode()
    assert "Flores de Alba" in page
    assert "Viveros Gala" in page
    assert "Otra" not in page

    export = carmen.get("/mi-cuenta/mis-datos/descarga/").json()
    assert {one["organisation"] for one in export["organisations"]} == {"Flores de Alba", "Viveros Gala"}
    assert export["organisations"][0]["consents"][0]["words"] == "Sí"

    path = f"/mi-cuenta/mis-datos/{mine.pk}/retiro/"
    assert eva.post(path, {"purpose": "bulletin", "channel": "email"}).status_code == 404
    assert carmen.post(path, {"purpose": "bulletin", "channel": "email"}).status_code == 302
    assert rows(alba.organisation, ConsentState)[0].standing == "withdrawn"
    with for_person(eva.person.pk):
        assert Contact.objects.count() == 0


def test_whoever_forgets_a_contact_also_tells_her_what_is_kept() -> None:
    assert set(erasers()) <= keepers()


def test_who_asked_a_member_to_be_forgotten_is_erased(alba: Actor, beto: Actor, gala: Actor) -> None:
    contact = make_contact(alba.organisation)
    path = f"contactos/{contact.pk}/borrado/"
    assert beto.post(beto.desk(path)).status_code in (403, 404)
    assert gala.post(gala.desk(path)).status_code == 404
    assert len(rows(alba.organisation, Contact)) == 1
    assert alba.post(alba.desk(path)).status_code == 302
    assert rows(alba.organisation, Contact) == []
