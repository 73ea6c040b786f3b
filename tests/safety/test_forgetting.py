"""One organisation forgets somebody: not a word of her stays in any table of it, save what is written down as staying."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.people.audience import api
from oportuno.people.audience.testing import FORM, Contact, Identity, bring_file, filled_in, make_contact, rows
from oportuno.people.messaging.actions.sending import send_written
from oportuno.people.messaging.models import Incoming, Message
from oportuno.people.messaging.testing import link_in, waiting
from oportuno.people.organisations.testing import Actor
from oportuno.people.segments import api as segments

pytestmark = pytest.mark.django_db
CANARIES = ("kanaria@example.com", "kanaria.dos@example.com", "Kanaria", "573119998877", "Pan de bono")
RETENTION = {"idempotency_key": "answers to forms and programs, for seven days"}
"""Tables that may still hold her, each with the reason."""


def held_anywhere(organisation: int) -> dict[str, list[str]]:
    """Table → which of the canaries stand in its rows of this organisation, in any column."""
    found: dict[str, list[str]] = {}
    with for_market("a test looks everywhere"), connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE a.attname = 'organisation_id' AND c.relkind IN ('r', 'p')
            AND c.relnamespace = 'public'::regnamespace AND has_table_privilege(c.oid, 'select')"""
        )
        for (table,) in cursor.fetchall():
            for word in CANARIES:
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" t WHERE organisation_id = %s AND t::text ILIKE %s', [organisation, f"%{word}%"]
                )
                if cursor.fetchone()[0]:
                    found.setdefault(table, []).append(word)
    return {table: words for table, words in found.items() if table not in RETENTION}


def known_everywhere(alba: Actor, folder: Path) -> Contact:
    """By a file that can still be undone, joined with another contact, tagged, noted, in a list, written to, heard of."""
    bring_file(alba, folder, f"Nombre,Correo,Celular,Notas\nKanaria Ruiz,{CANARIES[0]},+573119998877,Pan de bono\n")
    other = make_contact(alba.organisation, CANARIES[1], "Kanaria Ruiz", place="Cali")
    kept: Contact
    [kept] = rows(alba.organisation, Contact, email=CANARIES[0])
    here = alba.member.organisation.pk
    with for_organisation(here):
        api.add_note(contact=other, text="Pan de bono", by=alba.member, at=now())
        api.give(
            contact=other, agreed=api.Agreed("bulletin", words="Kanaria agrees"), circumstances=FORM, at=now(), identity_key=CANARIES[1]
        )
        api.tag_all(contacts=[kept.pk, other.pk], add=["vip"], remove=[], by=alba.member, at=now())
        api.tag(contact=kept, remove=["vip"], by=alba.member, at=now())
        api.tag(contact=other, remove=["vip"], by=alba.member, at=now())
        group = segments.make_segment(name="Lista", tree=None, kind="list", by=alba.member, at=now())
        segments.put_in(segment=group.pk, contacts=[kept.pk, other.pk], by=alba.member, at=now())
        api.look_for_duplicates(at=now())
        api.merge_contacts(kept=kept.pk, gone=other.pk, chosen={}, by=alba.member, at=now())
        for number, to in enumerate(CANARIES[:2]):
            send_written(
                subject="Hola, Kanaria", text="", html="", to=to, organisation=here, language="es-co", key=f"letter {number}", at=now()
            )
        Incoming.objects.create(digest="1" * 64, kind="bounce", recipient=CANARIES[0], effect="none", at=now())
        Incoming.objects.create(
            digest="2" * 64, kind="none", sender=CANARIES[1], subject="Soy Kanaria", reply="Pan de bono", effect="none", at=now()
        )
    return kept


def test_not_a_word_of_her_stays(alba: Actor, tmp_path: Path) -> None:
    kept = known_everywhere(alba, tmp_path)
    here = alba.member.organisation.pk
    before = held_anywhere(here)
    assert {"contact", "contact_merge", "contact_note", "message", "incoming_mail", "contact_import_row", "consent"} <= set(before), before
    api.erase_contact(organisation=here, contact=kept.pk, by=alba.member.id, at=now())
    assert held_anywhere(here) == {}


def test_with_the_last_organisation_the_mail_with_the_link_goes_too(alba: Actor, dario: Actor) -> None:
    contact = make_contact(alba.organisation, CANARIES[0], "Kanaria")
    filled_in(Client(), "/mis-datos/", email=CANARIES[0])
    [mail] = waiting()
    assert held_anywhere(dario.member.organisation.pk)
    assert Client().post(f"{link_in(mail, '/mis-datos/')}{contact.pk}/borrado/").status_code == 302
    assert held_anywhere(dario.member.organisation.pk) == held_anywhere(alba.member.organisation.pk) == {}


def test_mail_of_those_who_were_not_asked_to_forget_stays(alba: Actor, gala: Actor, dario: Actor) -> None:
    """With the last that she sees erased, too: the market's own mail to her account, a letter of a seller who keeps no contact of her."""
    contact = make_contact(alba.organisation, CANARIES[0], "Kanaria")
    for number, actor in enumerate((gala, dario, alba)):
        here = actor.member.organisation.pk
        with for_organisation(here):
            send_written(
                subject="Su pedido", text="", html="", to=CANARIES[0], organisation=here, language="es-co", key=f"letter {number}", at=now()
            )
    filled_in(Client(), "/mis-datos/", email=CANARIES[0])
    link = next(link_in(mail, "/mis-datos/") for mail in waiting() if "/mis-datos/" in mail.text)
    assert Client().post(f"{link}{contact.pk}/borrado/").status_code == 302
    assert [(one.subject, one.organisation_id) for one in rows(gala.organisation, Message)] == [("Su pedido", gala.member.organisation.pk)]
    assert [one.subject for one in rows(dario.organisation, Message)] == ["Su pedido"]
    assert rows(alba.organisation, Message) == []


def test_mail_to_another_who_shares_her_letterbox_stays(alba: Actor) -> None:
    first, other = make_contact(alba.organisation, CANARIES[0], "Kanaria"), make_contact(alba.organisation, "luis@example.com", "Luis")
    here = alba.member.organisation.pk
    with for_organisation(here):
        Identity.objects.create(contact=other, kind="email", value=CANARIES[0], key=CANARIES[0], shared=True, created_at=now())
        for number, one in enumerate((first, other)):
            wrote = send_written(
                subject=f"Hola {number}",
                text="",
                html="",
                to=CANARIES[0],
                organisation=here,
                language="es-co",
                key=f"letter {number}",
                at=now(),
            )
            Message.objects.filter(pk=wrote.pk).update(contact=one)
    api.erase_contact(organisation=here, contact=first.pk, by=alba.member.id, at=now())
    assert [(one.subject, one.contact_id) for one in rows(alba.organisation, Message)] == [("Hola 1", other.pk)]


def test_what_a_waiting_file_shows_of_her_goes_too(alba: Actor, tmp_path: Path) -> None:
    contact = make_contact(alba.organisation, CANARIES[0], "Kanaria Ruiz")
    path = tmp_path / "list.csv"
    path.write_text(f"Nombre,Correo\nKanaria Ruiz,{CANARIES[0]}\n")
    here = alba.member.organisation.pk
    with for_organisation(here):
        api.start_import(name="list.csv", path=path, at=now(), look_first=True)
    assert "contact_import" in held_anywhere(here)
    api.erase_contact(organisation=here, contact=contact.pk, by=alba.member.id, at=now())
    assert held_anywhere(here) == {}
