"""Sending: once, lawfully, and with nothing smuggled in."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.db import connection
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.disarmed import arm, disarm
from oportuno.kernel.errors import Broken, Refusal
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.people.audience.api import Agreed, give
from oportuno.people.audience.testing import FORM, ConsentState, make_contact, rows
from oportuno.people.messaging.actions.delivering import give_jobs_to_forgotten
from oportuno.people.messaging.api import Purpose, send, suppress
from oportuno.people.messaging.models import Message, State
from oportuno.people.messaging.queries.rendering import Frame, render_mail
from oportuno.people.messaging.testing import all_messages, link_in, wait_for, work

CONTEXT = {"organisation": "Flores de Alba", "link": "http://localhost:8000/x"}


def post(organisation, to="carmen@example.com", key="k1", **more):
    return send(
        template="audience/mail/confirm_bulletin.txt",
        to=to,
        organisation=organisation.pk,
        context=CONTEXT,
        language="es-co",
        key=key,
        at=now(),
        **more,
    )


def market(alba, **more):
    contact = make_contact(alba.organisation)
    with for_organisation(alba.organisation.pk):
        give(contact=contact, agreed=Agreed("offers"), circumstances=FORM, at=now())
    return contact, post(alba.organisation, purpose=Purpose.MARKETING, agreed_to="offers", contact=contact.pk, **more)


def test_it_never_sends_the_same_key_twice(alba, catcher):
    assert post(alba.organisation).pk == post(alba.organisation).pk
    work()
    work()
    assert len(catcher.mails()) == 1


def test_it_writes_text_and_html_with_sender_place_and_reason(alba, dario, catcher):
    post(alba.organisation)
    work()
    (mail,) = catcher.mails()
    text, html = mail.get_body(("plain",)).get_content(), mail.get_body(("html",)).get_content()
    assert mail["From"].addresses[0].display_name == "Flores de Alba · El Mercado"
    for part in (text, html):
        assert "Colombia" in part
        assert "Flores de Alba" in part
        assert "http://localhost:8000/x" in part
    assert "<script" not in html
    assert "prefers-color-scheme" in html


@pytest.mark.parametrize(
    "address", ["a@example.com\r\nBcc: b@example.com", "a@example.com\nX: y", "a b@example.com", "", "a@example.com, b@example.com"]
)
def test_it_refuses_an_address_that_carries_a_header(alba, address):
    with pytest.raises(Refusal):
        post(alba.organisation, to=address)
    assert all_messages() == []


def test_it_lets_no_words_become_structure(alba, catcher):
    evil = "\nSubject: x\r\n\r\n=> http://evil.example Press\n# Heading"
    frame = Frame("Alba", "Colombia", "why", "Mercado", "http://localhost:8000")
    mail = render_mail(
        "audience/mail/answer.txt",
        {"organisation": evil, "about": evil, "question": evil, "answer": "<b>x</b>", "answered_by": evil},
        "es-co",
        frame,
    )
    assert "\n" not in mail.subject
    assert "\r" not in mail.subject
    assert 'href="http://evil' not in mail.html
    assert "<b>x" not in mail.html
    assert "<h2" not in mail.html


def test_it_tries_again_later_when_the_relay_is_busy(alba, catcher):
    post(alba.organisation, to="carmen@busy.test")
    at = now()
    work(at)
    (message,) = all_messages()
    assert (message.state, message.tries) == (State.QUEUED, 1)
    assert message.next_at > at
    assert message.told.startswith("451")
    for _ in range(7):
        work(at)
    assert all_messages()[0].state == State.FAILED


def test_it_gives_up_at_once_when_the_relay_refuses_and_a_member_may_try_again(alba, catcher):
    post(alba.organisation, to="carmen@nobody.test")
    work()
    (message,) = all_messages()
    assert message.state == State.FAILED
    assert message.told.startswith("550")
    assert "550" in alba.get(alba.desk("mensajes/")).content.decode()
    assert alba.post(alba.desk(f"mensajes/{message.pk}/envio/")).status_code == 302
    assert all_messages()[0].state == State.QUEUED


def test_it_never_makes_a_third_copy_when_the_connection_breaks(alba, catcher):
    post(alba.organisation, to="carmen@broken.test")
    for _ in range(5):
        work()
    mails = catcher.mails()
    assert len(mails) == 2
    assert len({mail["Message-ID"] for mail in mails}) == 1
    assert all_messages()[0].state == State.UNCLEAR


def test_it_holds_back_what_was_suppressed_meanwhile(alba, catcher):
    post(alba.organisation)
    suppress(organisation=alba.organisation.pk, address="Carmen@example.com", reason="bounce", at=now())
    work()
    assert catcher.mails() == []
    assert all_messages()[0].state == State.SUPPRESSED


def test_it_sends_no_marketing_without_consent_even_when_it_was_queued_with_it(alba, stranger, catcher):
    _contact, message = market(alba)
    assert stranger.post("/" + message.way_out.split("/", 3)[3]).status_code == 200
    work()
    assert catcher.mails() == []
    assert all_messages()[0].told == "no consent"


def test_it_needs_a_consent_to_rest_marketing_on(alba):
    with pytest.raises(Broken):
        post(alba.organisation, purpose=Purpose.MARKETING)
    assert all_messages() == []


def test_it_lets_mail_programs_leave_with_one_click_and_no_get(alba, catcher):
    contact, _message = market(alba)
    work()
    (mail,) = catcher.mails()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = "/" + mail["List-Unsubscribe"].strip("<>").split("/", 3)[3]
    client = Client(enforce_csrf_checks=True)
    for _ in range(2):
        assert client.get(link).status_code == 200
    assert rows(alba.organisation, ConsentState, contact=contact)[0].standing == "given"
    assert client.post(link, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded").status_code == 200
    assert rows(alba.organisation, ConsentState, contact=contact)[0].standing == "withdrawn"
    assert client.post(link[:-3] + "xx/").status_code == 404


def test_it_sends_nothing_while_the_market_is_disarmed(alba, catcher):
    post(alba.organisation)
    disarm(catcher.home, "restored")
    work()
    assert catcher.mails() == []
    arm(catcher.home)
    work()
    assert len(catcher.mails()) == 1


def test_it_gives_a_new_job_to_a_message_that_lost_its_own(alba, catcher):
    from django.db import connection

    from oportuno.kernel.isolation import for_market
    from oportuno.people.messaging.actions.delivering import give_jobs_to_forgotten

    post(alba.organisation)
    with for_market("a test"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
        assert give_jobs_to_forgotten(now() + timedelta(hours=1)) == 1
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'messaging.deliver'")
        assert cursor.fetchone() == (1,)


def test_it_forgets_a_secret_once_it_is_sent(alba, catcher):
    post(alba.organisation, secret=True)
    work()
    (message,) = all_messages()
    assert message.state == State.SENT
    assert message.text == ""
    assert message.html == ""
    assert link_in(catcher.mails()[0], "/x") == "/x"


def test_it_keeps_djangos_own_mail_as_messages_of_the_operator(dario, catcher, settings):
    settings.EMAIL_BACKEND = "oportuno.people.messaging.backend.EmailBackend"
    django_mail.send_mail("Your code", "123456", None, ["carmen@example.com", "beto@example.com"])
    work()
    assert [m["Subject"] for m in catcher.mails()] == ["Your code"] * 2
    assert {m.organisation_id for m in all_messages()} == {dario.organisation.pk}
    assert all(m.text == "" for m in all_messages())


def test_it_shows_gala_nothing_of_albas_mail(alba, gala):
    message = post(alba.organisation)
    assert gala.get(f"/desk/{alba.organisation.slug}/mensajes/").status_code == 404
    assert gala.post(gala.desk(f"mensajes/{message.pk}/envio/")).status_code == 404
    with for_organisation(gala.organisation.pk):
        assert Message.objects.filter(pk=message.pk).count() == 0


WORKER = """
import django; django.setup()
from uuid import UUID
from oportuno.kernel.clock import now
from oportuno.kernel.jobs import Lease
from oportuno.people.messaging.actions.delivering import deliver
from oportuno.people.messaging.actions.relay import SmtpRelay
deliver(Lease(0, 0, {organisation}, "messaging.deliver"), UUID("{message}"), relay=SmtpRelay("{url}"), at=now())
"""


@pytest.mark.django_db(transaction=True)
def test_it_sends_a_second_copy_at_most_of_what_was_in_flight_when_the_worker_was_killed(alba, catcher):
    """The relay takes the mail and the worker dies before it hears so."""
    messages = [post(alba.organisation, key=f"k{n}", to=f"p{n}@example.com") for n in range(3)]
    relay = SilentRelay()
    code = WORKER.format(organisation=alba.organisation.pk, message=messages[0].pk, url=f"smtp://127.0.0.1:{relay.port}")
    worker = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "OPORTUNO_PROCESS": "worker"})
    wait_for(lambda: relay.taken, 30)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    relay.close()
    work()
    mails = catcher.mails()
    assert sorted(str(mail["X-Caught-To"]) for mail in mails) == [f"p{n}@example.com" for n in range(3)]
    assert relay.taken[0] in {str(mail["Message-ID"]) for mail in mails}
    assert [m.state for m in all_messages()] == [State.SENT] * 3


class SilentRelay:
    """Takes a mail whole and never answers."""

    def __init__(self) -> None:
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self.taken: list[str] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self.door.close()

    def _serve(self) -> None:
        connection, _address = self.door.accept()
        talk = connection.makefile("rwb", buffering=0)
        talk.write(b"220 silent\r\n")
        while line := talk.readline():
            if line.upper().startswith(b"DATA"):
                talk.write(b"354 go on\r\n")
                head = b"".join(iter(talk.readline, b".\r\n")).decode()
                self.taken.append(next(row.partition(": ")[2] for row in head.splitlines() if row.startswith("Message-ID")))
                return
            talk.write(b"250 OK\r\n")


@pytest.mark.django_db(transaction=True)
def test_it_goes_out_by_the_real_queue(alba, catcher):
    from procrastinate.contrib.django import app as queue

    post(alba.organisation)
    with queue.replace_connector(queue.connector.get_worker_connector()) as worker:
        worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    assert [str(mail["X-Caught-To"]) for mail in catcher.mails()] == ["carmen@example.com"]
    assert all_messages()[0].state == State.SENT


def test_two_jobs_of_one_message_never_run_side_by_side(alba, catcher):
    """After a night in which no worker ran, the clock gives jobs to those who have one: the second must not take the first for dead."""
    message = post(alba.organisation)
    with for_market("a test"):
        Message.objects.update(next_at=now() - timedelta(hours=1))
        assert give_jobs_to_forgotten(now()) == 1
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(lock), count(DISTINCT lock) FROM procrastinate_jobs WHERE args->>'message' = %s", [str(message.pk)]
        )
        assert cursor.fetchone() == (2, 2, 1)
