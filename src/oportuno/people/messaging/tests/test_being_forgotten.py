"""A person is forgotten: by one organisation, or by all when she closes her account."""

from __future__ import annotations

import pytest
from django.db import connection

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market
from oportuno.people.audience.api import add_note
from oportuno.people.audience.testing import Consent, Contact, Identity, Question, asked, make_contact, rows
from oportuno.people.messaging.actions.sending import send_written
from oportuno.people.messaging.models import Message
from oportuno.people.messaging.testing import all_messages
from oportuno.people.organisations.api import Person

pytestmark = pytest.mark.django_db
CANARY = "carmen@example.com"


def held_anywhere(words: str) -> list[str]:
    """Every table that holds these words in any text, JSON or array column."""
    found = []
    with for_market("a test looks everywhere"), connection.cursor() as cursor:
        cursor.execute("SELECT c.table_name FROM information_schema.tables c WHERE table_schema = 'public' AND table_type = 'BASE TABLE'")
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            cursor.execute("SELECT has_table_privilege(%s, 'select')", [f'"{table}"'])
            if cursor.fetchone()[0]:
                cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s', [f"%{words}%"])
                found += [table] if cursor.fetchone()[0] else []
    return found


def test_it_forgets_her_in_one_organisation_and_not_in_another(carmen, alba, gala):
    for seller in (alba, gala):
        question = asked(seller)
        seller.post(seller.desk(f"preguntas/{question.pk}/respuesta/"), {"answer": "Sí."})
    carmen.get("/mi-cuenta/mis-datos/")
    (contact,) = rows(alba.organisation, Contact)

    assert gala.post(f"/mi-cuenta/mis-datos/{contact.pk}/borrado/").status_code == 404
    assert carmen.post(f"/mi-cuenta/mis-datos/{contact.pk}/borrado/").status_code == 302

    for model in (Contact, Identity, Question, Consent, Message):
        assert rows(alba.organisation, model) == []
        assert rows(gala.organisation, model) != []


def test_it_leaves_nothing_that_names_her_when_she_closes_her_account(carmen, alba):
    question = asked(alba)
    alba.post(alba.desk(f"preguntas/{question.pk}/respuesta/"), {"answer": "Sí."})
    add_to = make_contact(alba.organisation, CANARY)
    with for_market("a note", organisation=alba.organisation.pk):
        add_note(contact=add_to, text="Carmen compra los viernes", by=alba.member, at=now())
    send_written(
        subject="Hola", text="Carmen", html="", to=CANARY, organisation=alba.organisation.pk, language="es-co", key="a letter", at=now()
    )
    assert len(all_messages()) == 2
    assert {"person", "contact", "message"} <= set(held_anywhere(CANARY))

    assert carmen.post("/mi-cuenta/borrado/", {"typed_address": "somebody@example.com"}).status_code == 422
    assert Person.objects.filter(email=CANARY).exists()
    assert carmen.post("/mi-cuenta/borrado/", {"typed_address": CANARY}).status_code == 302

    assert held_anywhere(CANARY) == []
    assert held_anywhere("compra los viernes") == []
    assert carmen.get("/mi-cuenta/").status_code == 302


def test_it_lets_no_organisation_lose_its_only_owner(alba):
    assert "propietario" in alba.get("/mi-cuenta/borrado/").content.decode()
    assert alba.post("/mi-cuenta/borrado/", {"typed_address": "alba@example.com"}).status_code == 409
    assert Person.objects.filter(email="alba@example.com").exists()


def test_it_shows_her_what_she_asked_and_the_answers_and_nobody_else(carmen, alba, eva):
    question = asked(alba)
    alba.post(alba.desk(f"preguntas/{question.pk}/respuesta/"), {"answer": "Sí, desde las siete."})
    assert "Sí, desde las siete." in carmen.get("/mi-cuenta/preguntas/").content.decode()
    assert "Sí, desde las siete." not in eva.get("/mi-cuenta/preguntas/").content.decode()
