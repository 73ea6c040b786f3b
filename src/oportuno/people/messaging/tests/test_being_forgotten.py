"""A person is forgotten: by one organisation, or by all when she closes her account."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from oportuno.kernel.clock import now
from oportuno.kernel.forgotten import LIST, noted
from oportuno.kernel.isolation import for_market
from oportuno.people.audience.api import add_note, erase_contacts_again
from oportuno.people.audience.testing import Consent, Contact, Identity, Question, asked, make_contact, rows
from oportuno.people.messaging.actions.sending import send_written
from oportuno.people.messaging.models import Message
from oportuno.people.messaging.testing import all_messages
from oportuno.people.organisations.api import Person, erase_people_again
from oportuno.people.organisations.testing import Actor

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


@pytest.fixture
def home(settings, tmp_path):
    """Where the list of who was erased lies."""
    settings.HOME = tmp_path
    return tmp_path


def test_it_forgets_her_again_when_a_backup_brings_her_back(carmen, alba, home, django_capture_on_commit_callbacks):
    asked(alba)
    send_written(subject="Hola", text="", html="", to=CANARY, organisation=alba.organisation.pk, language="es-co", key="one", at=now())
    backup = transaction.savepoint()
    with django_capture_on_commit_callbacks(execute=True):
        carmen.post("/mi-cuenta/borrado/", {"typed_address": CANARY})
    transaction.savepoint_rollback(backup)
    assert {"person", "contact", "message"} <= set(held_anywhere(CANARY))
    assert CANARY not in (home / LIST).read_text()

    for erased in (1, 0):  # once more harms nothing
        assert erase_people_again(noted(home), at=now()).erased == erased
        erase_contacts_again(noted(home), at=now())
    assert held_anywhere(CANARY) == []
    assert Person.objects.filter(email="alba@example.com").exists()


def test_one_organisation_forgets_her_again_and_the_other_keeps_her(carmen, alba, gala, home, django_capture_on_commit_callbacks):
    for seller in (alba, gala):
        asked(seller)
    carmen.get("/mi-cuenta/mis-datos/")
    (contact,) = rows(alba.organisation, Contact)
    backup = transaction.savepoint()
    with django_capture_on_commit_callbacks(execute=True):
        carmen.post(f"/mi-cuenta/mis-datos/{contact.pk}/borrado/")
    transaction.savepoint_rollback(backup)
    assert erase_contacts_again(noted(home), at=now()) == 1
    assert (len(rows(alba.organisation, Contact)), len(rows(gala.organisation, Contact))) == (0, 1)


def test_what_was_not_erased_in_the_end_is_not_on_the_list(carmen, home, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        carmen.post("/mi-cuenta/borrado/", {"typed_address": "somebody@example.com"})
    assert noted(home) == []


def test_it_forgets_even_whoever_was_the_only_owner_when_the_backup_was_made(alba, beto, home, django_capture_on_commit_callbacks):
    backup = transaction.savepoint()
    alba.post(alba.desk(f"equipo/{beto.person.pk}/rol/"), {"role": "owner"})
    with django_capture_on_commit_callbacks(execute=True):
        assert Actor(alba.person).post("/mi-cuenta/borrado/", {"typed_address": "alba@example.com"}).status_code == 302
    transaction.savepoint_rollback(backup)
    found = erase_people_again(noted(home), at=now())
    assert (found.erased, found.without_owner) == (1, ("Flores de Alba",))
    assert not Person.objects.filter(email="alba@example.com").exists()


def test_it_lets_no_organisation_lose_its_only_owner(alba):
    assert "propietario" in alba.get("/mi-cuenta/borrado/").content.decode()
    assert alba.post("/mi-cuenta/borrado/", {"typed_address": "alba@example.com"}).status_code == 409
    assert Person.objects.filter(email="alba@example.com").exists()


def test_it_shows_her_what_she_asked_and_the_answers_and_nobody_else(carmen, alba, eva):
    question = asked(alba)
    alba.post(alba.desk(f"preguntas/{question.pk}/respuesta/"), {"answer": "Sí, desde las siete."})
    assert "Sí, desde las siete." in carmen.get("/mi-cuenta/preguntas/").content.decode()
    assert "Sí, desde las siete." not in eva.get("/mi-cuenta/preguntas/").content.decode()
