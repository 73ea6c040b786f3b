"""Subscribing and asking from outside, with the real catcher."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.facts.log import kind_number
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.testing.together import together
from oportuno.people.audience import api as audience
from oportuno.people.audience.testing import Consent, ConsentState, Contact, Identity, Question, filled_in, rows
from oportuno.people.messaging.actions.sending import forget_strangers, send
from oportuno.people.messaging.models import Message
from oportuno.people.messaging.testing import all_messages, link_in, work
from oportuno.people.organisations.testing import make_organisation

EVIL = "BUY-CHEAP http://evil.example/x\r\nBcc: all@example.com"


def test_it_keeps_the_evidence_of_a_double_opt_in(dario, stranger, catcher):
    answer = filled_in(stranger, "/boletin/", email="Carmen@Example.com", name="Carmen")
    assert (answer.status_code, answer["Location"]) == (302, "/boletin/gracias/")
    work()
    (mail,) = catcher.mails("carmen@example.com")
    assert "Message-ID" in mail
    page = stranger.get(link_in(mail))
    assert page.status_code == 200
    assert [state.standing for state in rows(dario.organisation, ConsentState)] == ["pending"]

    done = stranger.post(link_in(mail), REMOTE_ADDR="198.51.100.9", HTTP_USER_AGENT="Carmen's browser")

    assert done.status_code == 200
    asked, confirmed = sorted(rows(dario.organisation, Consent), key=lambda row: row.at)
    assert (asked.deed, asked.how, asked.address, asked.version) == ("asked", "bulletin form", "203.0.113.7", "2026-11")
    assert "El Mercado" in asked.words
    assert asked.token_digest == confirmed.token_digest
    assert (confirmed.deed, confirmed.address, confirmed.agent) == ("confirmed", "198.51.100.9", "Carmen's browser")
    assert confirmed.answers_id == asked.pk
    assert [state.standing for state in rows(dario.organisation, ConsentState)] == ["given"]
    assert rows(dario.organisation, Identity)[0].verified_at is not None
    assert rows(dario.organisation, Contact)[0].stage == "lead"


def test_it_confirms_nothing_by_get_and_only_once_by_post(dario, stranger, catcher):
    filled_in(stranger, "/boletin/", email="carmen@example.com")
    work()
    link = link_in(catcher.mails()[0])
    for _ in range(3):
        stranger.get(link)
    stranger.head(link)
    assert rows(dario.organisation, ConsentState)[0].standing == "pending"
    assert stranger.post(link).status_code == 200
    assert stranger.post(link).status_code == 409
    assert len(rows(dario.organisation, Consent)) == 2


def test_it_confirms_nothing_after_seven_days(dario, stranger):
    filled_in(stranger, "/boletin/", email="carmen@example.com", at=now() - timedelta(days=7, minutes=1))
    link = link_in(all_messages()[0])
    assert "expir" in stranger.get(link).content.decode().lower() or stranger.get(link).status_code == 200
    assert stranger.post(link).status_code == 422
    assert rows(dario.organisation, ConsentState)[0].standing == "pending"


def test_it_knows_no_link_that_nobody_sent(dario, stranger):
    assert stranger.get("/boletin/confirmar/guess/").status_code == 404
    assert stranger.post("/boletin/confirmar/guess/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_it_makes_one_contact_and_one_mail_of_fifty_at_once(dario):
    def submit(number: int) -> int:
        told = filled_in(Client(), "/boletin/", network=f"203.0.113.{number}", email="carmen@example.com", name="Carmen")
        return int(told.status_code)

    assert together(partial(submit, number) for number in range(50)) == [302] * 50
    assert len(rows(dario.organisation, Contact)) == len(rows(dario.organisation, Identity)) == 1
    assert len(rows(dario.organisation, Message)) == 1
    assert len(rows(dario.organisation, Consent)) == 1


def test_it_writes_a_victim_at_most_three_mails_with_nothing_of_the_attacker(dario, alba, gala, eva, stranger, catcher, open_sellers):
    """5,000 attempts: 300 forms from as many networks, 700 past the pace of the forms, 4,000 at the last gate, which alone must hold."""
    others = [make_organisation(f"Vivero {n}", owner=eva.person) for n in range(2)]
    sellers = [alba.organisation, gala.organisation, *others]
    codes = set()
    for number in range(300):
        network = f"198.51.{number // 250}.{number % 250 + 1}"
        to = {"email": "victim@example.com", "name": EVIL, "text": EVIL, "about_kind": "product", "about_id": EVIL, "about_label": EVIL}
        path = "/boletin/" if number % 3 == 0 else f"/v/{sellers[number % 4].slug}/preguntar/"
        codes.add(filled_in(stranger, path, network=network, **to).status_code)
    past_the_pace([dario.organisation, *sellers], 700)
    at_the_gate([dario.organisation, *sellers], 4_000)
    work()
    mails = catcher.mails("victim@example.com")
    assert len(mails) == 3
    assert len(mails) == len(all_messages()) == len({message.organisation_id for message in all_messages()})
    everything = "".join(mail.as_string() for mail in mails).lower()
    assert "evil" not in everything
    assert "cheap" not in everything
    assert not any(mail["bcc"] or mail["cc"] for mail in mails)
    assert codes <= {302, 429}


def past_the_pace(organisations, many: int) -> None:
    email, how = audience.addresses.email("victim@example.com"), audience.Circumstances("question form")
    for number in range(many):
        whose = organisations[number % len(organisations)]
        if number % 3 == 0:
            audience.subscribe(organisation=whose, email=email, circumstances=how, name=EVIL, at=now())
        else:
            audience.ask(organisation=whose, email=email, text=EVIL, circumstances=how, name=EVIL, at=now())


def at_the_gate(organisations, many: int) -> None:
    for number in range(many):
        whose = organisations[number % len(organisations)]
        link = {"organisation": whose.name, "link": "https://market.example/x/"}
        told = {"template": "audience/mail/confirm_bulletin.txt", "language": "es", "context": link, "key": f"gate {number}", "at": now()}
        send(to="victim@example.com", organisation=whose.pk, stranger=True, **told)


def test_it_writes_again_to_a_stranger_only_after_a_day(dario, stranger):
    at = now()
    for hours in (0, 23, 25):
        filled_in(stranger, "/boletin/", email="carmen@example.com", at=at + timedelta(hours=hours))
    assert len(all_messages()) == 2
    assert [forget_strangers(at + timedelta(hours=hours)) for hours in (48, 50)] == [0, 1]


def test_it_shows_the_seller_a_question_only_once_its_asker_confirmed(alba, stranger, catcher, open_sellers):
    text = "¿Tienen rosas blancas para el sábado?"
    filled_in(stranger, f"/v/{alba.organisation.slug}/preguntar/", email="carmen@example.com", name="Carmen", text=text)
    assert text not in alba.get(alba.desk("preguntas/")).content.decode()
    work()
    link = link_in(catcher.mails()[0])
    page = stranger.get(link)
    assert text in page.content.decode()
    (question,) = rows(alba.organisation, Question)
    stranger.post(link, {"question": [str(question.pk)]})
    assert text in alba.get(alba.desk("preguntas/")).content.decode()
    assert rows(alba.organisation, Question)[0].due_at > now()
    assert rows(alba.organisation, Contact)[0].stage == "prospect"


def test_it_mails_the_answer_once(alba, beto, stranger, catcher, open_sellers):
    filled_in(
        stranger,
        f"/v/{alba.organisation.slug}/preguntar/",
        email="carmen@example.com",
        name="Carmen",
        text="=> http://evil.example Press me",
    )
    (question,) = rows(alba.organisation, Question)
    stranger.post(link_in(all_messages()[0]), {"question": [str(question.pk)]})
    path = alba.desk(f"preguntas/{question.pk}/respuesta/")
    assert beto.post(path, {"answer": "Sí,\ntenemos."}).status_code == 302
    assert beto.post(path, {"answer": "Otra vez"}).status_code == 409
    work()
    mail = catcher.mails("carmen@example.com")[-1]
    html = mail.get_body(("html",)).get_content()
    assert "tenemos." in html
    assert 'href="http://evil.example' not in html
    assert len([m for m in all_messages() if m.template.endswith("answer.txt")]) == 1


def test_it_does_not_let_a_bot_subscribe(dario, stranger):
    assert filled_in(stranger, "/boletin/", email="bot@example.com", website="http://spam.example").status_code == 302
    assert stranger.post("/boletin/", {"email": "quick@example.com", "agrees": "on"}).status_code == 422
    assert filled_in(stranger, "/boletin/", email="no@example.com", agrees="").status_code == 422
    assert rows(dario.organisation, Contact) == []
    assert all_messages() == []


def test_it_slows_down_one_network(dario, stranger):
    codes = [filled_in(stranger, "/boletin/", email=f"n{n}@example.com").status_code for n in range(22)]
    assert codes[:20] == [302] * 20
    assert set(codes[20:]) == {429}


def test_it_tells_what_happened_as_facts(dario, stranger):
    filled_in(stranger, "/boletin/", email="carmen@example.com")
    stranger.post(link_in(all_messages()[0]))
    from django.db import connection

    with for_organisation(dario.organisation.pk), connection.cursor() as cursor:
        cursor.execute("SELECT kind_id FROM fact WHERE contact_id IS NOT NULL ORDER BY id")
        kinds = [row[0] for row in cursor.fetchall()]
    wanted = ["contact_captured", "consent_asked", "address_confirmed", "consent_given", "stage_changed"]
    assert [k for k in kinds if k in {kind_number(f"audience.{w}") for w in wanted}] == [kind_number(f"audience.{w}") for w in wanted]
