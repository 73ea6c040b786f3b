"""Anybody asks all experts; nobody reads it before the address is confirmed and the market has decided."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.facts.loop import read_all
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.offer.experts import api
from oportuno.offer.experts.models import Listener, PublicQuestion, QuestionState
from oportuno.offer.experts.queries.own_links import Asker, token_for
from oportuno.offer.experts.testing import ask, shown
from oportuno.people.audience.testing import filled_in
from oportuno.people.messaging.testing import all_messages, link_in
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
TITLE = "¿Cuánto dura una rosa en el florero?"


def send(client: Client, **said: Any) -> Any:
    return filled_in(client, "/preguntas/nueva/", **{"title": TITLE, "email": "carmen@example.com", **said})


def only(operator: Actor) -> PublicQuestion:
    with for_organisation(operator.member.organisation.pk):
        return PublicQuestion.objects.get()


@pytest.mark.django_db(transaction=True)
def test_nobody_reads_a_question_before_its_asker_has_confirmed_and_the_market_has_decided(dario: Actor, stranger: Client) -> None:
    assert send(stranger, name="Carmen, de Bogotá", details="Vivo en Bogotá.").headers["Location"] == "/preguntas/gracias/"
    assert only(dario).state == QuestionState.UNCONFIRMED
    assert TITLE not in dario.get(dario.desk("preguntas-publicas/")).content.decode(), "not before the address is confirmed"
    [mail] = all_messages()
    assert TITLE not in mail.text, "the first mail to an address holds nothing that a stranger typed"
    assert stranger.post(link_in(mail)).status_code == 200
    read_all(now)
    question = only(dario)
    assert question.state == QuestionState.WAITING
    assert TITLE in dario.get(dario.desk("preguntas-publicas/")).content.decode()
    assert stranger.get(f"/preguntas/{question.slug}/").status_code == 404
    dario.post(dario.desk(f"preguntas-publicas/{question.pk}/decision/"), {"do": "show"})
    page = stranger.get(f"/preguntas/{question.slug}/").content.decode()
    assert TITLE in page
    assert "Carmen, de Bogotá" in page
    assert "carmen@example.com" not in page
    with for_public():
        assert not Listener.objects.exists(), "who asked is in a table that the public does not read"


def test_who_is_known_to_the_market_needs_no_second_link(dario: Actor, stranger: Client) -> None:
    ask(dario, "¿Qué flor aguanta más el calor?")
    before = len(all_messages())
    send(stranger)
    with for_organisation(dario.member.organisation.pk):
        assert {one.state for one in PublicQuestion.objects.all()} == {QuestionState.WAITING}
        assert Listener.objects.count() == 2
    assert len(all_messages()) == before


def test_the_same_question_pressed_twice_is_one(dario: Actor, stranger: Client) -> None:
    send(stranger)
    send(stranger)
    assert only(dario).state == QuestionState.UNCONFIRMED


def test_whoever_asks_sees_first_what_asks_much_the_same(dario: Actor, stranger: Client) -> None:
    other = shown(dario, "¿Cuántos días dura una rosa en un florero con agua?")
    page = send(stranger).content.decode()
    assert other.title in page
    assert TITLE in page, "nothing typed is lost"
    with for_organisation(dario.member.organisation.pk):
        assert PublicQuestion.objects.count() == 1
    assert send(stranger, seen="1").status_code == 302
    found = stranger.get("/preguntas/parecidas/", {"q": "cuanto duran las rosas"}).json()
    assert [one["label"] for one in found] == [other.title]
    assert stranger.get("/preguntas/parecidas/", {"q": "precio del petróleo"}).json() == []


@pytest.mark.parametrize(
    ("said", "wrong"),
    [({"title": "¿Rosas?"}, "pregunta"), ({"title": ""}, ""), ({"email": "no es"}, ""), ({"agrees": ""}, ""), ({"title": "x" * 201}, "")],
)
def test_what_is_no_question_is_refused_and_nothing_is_kept(dario: Actor, stranger: Client, said: dict[str, str], wrong: str) -> None:
    answer = send(stranger, **said)
    assert answer.status_code == 422
    assert wrong in answer.content.decode()
    with for_organisation(dario.member.organisation.pk):
        assert not PublicQuestion.objects.exists()
    assert all_messages() == []


def test_machines_are_thanked_and_nothing_is_kept(dario: Actor, stranger: Client) -> None:
    assert send(stranger, website="https://spam.example").status_code == 302
    with for_organisation(dario.member.organisation.pk):
        assert not PublicQuestion.objects.exists()


def test_the_staff_is_warned_of_links(dario: Actor, stranger: Client) -> None:
    ask(dario, details="Compra en https://a.example https://b.example https://c.example")
    assert "warning" in dario.get(dario.desk("preguntas-publicas/")).content.decode()


def test_who_asked_hears_why_it_was_declined(dario: Actor) -> None:
    question = ask(dario)
    desk = dario.desk(f"preguntas-publicas/{question.pk}/decision/")
    assert dario.post(desk, {"do": "decline", "reason": "no"}).status_code == 422
    assert only(dario).state == QuestionState.WAITING
    assert dario.post(desk, {"do": "decline", "reason": "Es una pregunta a un solo vendedor."}).status_code == 302
    with for_organisation(dario.member.organisation.pk):
        assert api.tell_asker(question=question.pk, mail="declined", at=now()) == 1
        assert api.tell_asker(question=question.pk, mail="shown", at=now()) == 0, "a mail that is not true any more is not sent"
    assert "Es una pregunta a un solo vendedor." in all_messages()[-1].text


def test_a_question_that_asks_the_same_leads_to_the_other_with_all_who_wait(dario: Actor, stranger: Client) -> None:
    first = shown(dario)
    second = ask(dario, "¿Cuántos días aguanta una rosa cortada?", email="eva@example.com")
    dario.post(dario.desk(f"preguntas-publicas/{second.pk}/decision/"), {"do": "join", "to": str(first.pk)})
    answer = stranger.get(f"/preguntas/{second.slug}/")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/preguntas/{first.slug}/")
    with for_organisation(dario.member.organisation.pk):
        assert set(Listener.objects.filter(question=first).values_list("email", flat=True)) == {"carmen@example.com", "eva@example.com"}


def test_who_asked_takes_it_back_while_nobody_has_read_it(dario: Actor, stranger: Client) -> None:
    question = ask(dario)
    with for_organisation(dario.member.organisation.pk):
        token = token_for(Asker(question.pk, Listener.objects.get().contact_id))
    assert question.title in stranger.get(f"/preguntas/mia/{token}/").content.decode()
    assert stranger.get(f"/preguntas/mia/{token}x/").status_code == 404
    assert stranger.post(f"/preguntas/mia/{token}/retiro/").status_code == 302
    assert only(dario).state == QuestionState.WITHDRAWN
    other = shown(dario, "¿Qué flor aguanta más el calor?")
    with for_organisation(dario.member.organisation.pk), pytest.raises(Refusal):
        contact = Listener.objects.get(question=other).contact_id
        api.withdraw_question(question=other.pk, contact=contact, at=now())


def test_a_follower_confirms_once_and_is_forgotten_whole(dario: Actor, stranger: Client) -> None:
    question = shown(dario, name="Carmen")
    path = f"/preguntas/{question.slug}/seguimiento/"
    assert filled_in(stranger, path, email="eva@example.com").status_code == 403, "a form of another page"
    moment = now()
    from oportuno.people.audience.api.forms import stamp_of

    said = {"email": "eva@example.com", "agrees": "on", "stamp": stamp_of(moment - timedelta(minutes=1))}
    assert stranger.post(path, said, HTTP_ORIGIN="http://testserver").status_code == 302
    with for_organisation(dario.member.organisation.pk):
        eva = Listener.objects.get(email="eva@example.com")
        assert not eva.asked
        api.forget_contact(contact=eva.contact_id)
        assert not Listener.objects.filter(email="eva@example.com").exists()
    api.forget_person(["carmen@example.com"])
    kept = only(dario)
    assert (kept.shown_name, kept.published) == ("", True)


def test_who_asked_reads_what_is_kept_of_her_question(dario: Actor, carmen: Actor, gala: Actor) -> None:
    ask(dario, TITLE, details="Vivo en tierra caliente.")
    for words in (TITLE, "Vivo en tierra caliente."):
        assert words in carmen.get("/mi-cuenta/mis-datos/").content.decode()
        assert words not in gala.get("/mi-cuenta/mis-datos/").content.decode()
