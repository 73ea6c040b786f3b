"""An organisation's own mailbox at a real server: read by IMAP and POP3, each letter once, whatever is killed; what is wrong is said."""

from __future__ import annotations

import poplib
import ssl
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from oportuno.doors.integrations.inbox import taking
from oportuno.doors.integrations.inbox.accounts import Letter
from oportuno.doors.integrations.inbox.taking import call_readers
from oportuno.doors.integrations.models import Mailbox, MailboxLetter
from oportuno.doors.integrations.tests.mail_server import MailServer, free_port
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.people.messaging.testing import Catcher, Incoming, Suppression, bounce_of

from .mailboxes import BOX, PAGE, box_of, read, said
from .test_incoming_mail import ANA, posted

pytestmark = pytest.mark.django_db


def came_in() -> list[tuple[str, str]]:
    with for_market("a test"):
        return list(Incoming.objects.order_by("at", "pk").values_list("kind", "effect"))


@pytest.mark.parametrize("kind", ["imap", "pop"])
def test_what_comes_into_it_is_taken_once_and_stays_there(alba, catcher: Catcher, mail: MailServer, kind: str) -> None:
    to = f"{kind}@flores.example"
    mail.deliver(to, b"From: eva@example.com\nTo: rebotes@flores.example\nSubject: Hola\n\nQuiero rosas\n" + b"y " * 3000)
    assert alba.post(alba.desk(PAGE), said(mail, kind=kind, user=to)).status_code == 302
    assert read(alba) == 1
    mail.deliver(to, bounce_of(ANA, to=posted(alba, catcher)))
    assert read(alba) == 1
    assert read(alba) == 0
    with for_organisation(alba.organisation.pk):
        assert [(one.key, one.reason) for one in Suppression.objects.all()] == [(ANA, "bounce")]
    assert came_in() == [("none", "shown"), ("bounce", "suppressed")]
    assert len(mail.files(to)) == 2
    if kind == "imap":  # POP servers mark by themselves what is fetched
        assert not [name for name in mail.files(to) if name.endswith("S")], "nothing is marked"
    assert "Quiero rosas" in alba.get(alba.desk("mensajes/recibidos/")).content.decode()
    assert box_of(alba).sealed_password != mail.password


@pytest.mark.parametrize(
    "wrong, field, words",
    [
        ({"password": "otra"}, "password", "no acepta este usuario y contraseña"),
        ({"folder": "Nada"}, "folder", "No hay ninguna carpeta “Nada”"),
        ({"host": "localhost"}, "host", "no es un servidor de correo"),
        ({"port": 1}, "host", "no es un servidor de correo"),
        ({"password": ""}, "password", "Escribe su contraseña"),
        ({"host": "10.0.0.1", "port": 993}, "host", "no es un servidor de correo"),
        ({"host": "a b"}, "host", ""),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence_and_nothing_is_written(alba, mail, wrong, field, words) -> None:
    answer = alba.post(alba.desk(PAGE), said(mail, **wrong))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert mail.password not in answer.content.decode()
    with for_organisation(alba.organisation.pk):
        assert not Mailbox.objects.exists()


def test_a_certificate_that_nobody_vouches_for_gets_no_password(alba, mail, monkeypatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    answer = alba.post(alba.desk(PAGE), said(mail))
    assert answer.status_code == 422
    assert "certificado" in answer.content.decode()


def test_encryption_may_begin_after_greeting(alba, mail) -> None:
    for kind, port in (("imap", mail.imap), ("pop", mail.pop)):
        assert alba.post(alba.desk(PAGE), said(mail, kind=kind, port=port, starttls="starttls")).status_code == 302
        assert (box_of(alba).kind, box_of(alba).starttls) == (kind, True)
        answer = alba.post(alba.desk(PAGE), said(mail, kind=kind, port=port))
        assert "no cifra de la forma elegida" in answer.content.decode()


def test_a_server_without_encryption_gets_no_password(alba, bare: MailServer) -> None:
    for kind, port in (("imap", bare.imap), ("pop", bare.pop)):
        answer = alba.post(alba.desk(PAGE), said(bare, kind=kind, port=port, starttls="starttls"))
        assert "no ofrece cifrado" in answer.content.decode()


def test_one_that_goes_away_waits_longer_each_time_and_says_why(alba, mail, settings) -> None:
    assert alba.post(alba.desk(PAGE), said(mail)).status_code == 302
    with for_organisation(alba.organisation.pk):
        Mailbox.objects.update(port=(away := free_port()))
    settings.WEB_ALLOW = [f"127.0.0.1:{away}"]
    assert [read(alba) for _ in range(2)] == [0, 0]
    found = box_of(alba)
    assert (found.problem, found.failures, found.next_at - found.looked_at) == ("unreachable", 2, timedelta(seconds=80))
    assert "No responde nadie" in alba.get(alba.desk(PAGE)).content.decode()
    with for_market("a test"):
        assert call_readers(found.looked_at) == 0
        assert call_readers(found.next_at) == 1
        assert call_readers(found.next_at) == 0, "one waits already"


def test_another_epoch_of_the_folder_reads_it_anew_and_takes_nothing_twice(alba, mail) -> None:
    to = "epoca@flores.example"
    mail.deliver(to, b"From: eva@example.com\nSubject: Uno\n\nUno\n")
    alba.post(alba.desk(PAGE), said(mail, user=to))
    assert read(alba) == 1
    with for_organisation(alba.organisation.pk):
        Mailbox.objects.update(epoch=7)
    assert read(alba) == 1
    assert len(came_in()) == 1


def test_a_letter_that_left_a_pop_mailbox_is_forgotten(alba, mail) -> None:
    to = "sale@flores.example"
    mail.deliver(to, b"From: eva@example.com\nSubject: Uno\n\nUno\n")
    alba.post(alba.desk(PAGE), said(mail, kind="pop", user=to))
    assert read(alba) == 1
    line = poplib.POP3_SSL("127.0.0.1", mail.pops, context=ssl.create_default_context())
    line.user(to), line.pass_(mail.password), line.dele(1), line.quit()
    mail.deliver(to, b"From: eva@example.com\nSubject: Dos\n\nDos\n")
    assert read(alba) == 1
    with for_organisation(alba.organisation.pk):
        assert MailboxLetter.objects.count() == 1


def test_a_mailbox_proves_only_its_own_organisations_mail(alba, felix, catcher, mail) -> None:
    """Whoever may name a mailbox puts into it what he likes: it suppresses nobody else's readers."""
    to = "ajeno@flores.example"
    mail.deliver(to, bounce_of(ANA, to=posted(alba, catcher)))
    answer = felix.post(felix.desk(PAGE), said(mail, user=to))
    assert answer.status_code == 302, answer.content.decode()
    assert read(felix) == 1
    assert came_in() == [("bounce", "unproved")]
    with for_organisation(alba.organisation.pk):
        assert not Suppression.objects.exists()


def test_the_page_keeps_the_password_and_gives_it_to_no_other_server(alba, beto, gala, mail) -> None:
    answer = alba.post(alba.desk(PAGE), said(mail))
    assert answer.status_code == 302, answer.content.decode()
    page = alba.get(alba.desk(PAGE)).content.decode()
    assert mail.password not in page
    assert BOX in page
    assert alba.post(alba.desk(PAGE), said(mail, password="")).status_code == 302
    assert alba.post(alba.desk(PAGE), said(mail, password="", user="otra@flores.example")).status_code == 422
    assert gala.get(alba.desk(PAGE)).status_code == 404
    assert alba.post(alba.desk(f"{PAGE}turno/"), {"do": "read"}).status_code == 302
    assert alba.post(alba.desk(f"{PAGE}turno/"), {"do": "remove"}).status_code == 302
    with for_organisation(alba.organisation.pk):
        assert not Mailbox.objects.exists()
    assert "Buzón" in alba.get(alba.desk("auditoria/")).content.decode()
    assert "We read" in alba.get(f"/en{alba.desk(PAGE)}").content.decode() or translation.get_language()


@pytest.mark.parametrize("kind", ["imap", "pop"])
def test_whoever_is_killed_in_the_middle_loses_no_letter_and_takes_none_twice(alba, mail: MailServer, monkeypatch, kind: str) -> None:
    """The letter in hand is rolled back with its name; the next worker begins with it."""
    to = f"muere-{kind}@flores.example"
    for number in range(5):
        mail.deliver(to, f"From: eva@example.com\nSubject: {number}\n\n{number}\n".encode())
    alba.post(alba.desk(PAGE), said(mail, kind=kind, user=to))
    remember, died = taking._remember, []

    def dying(box: Mailbox, letter: Letter, at: datetime) -> None:
        remember(box, letter, at)
        if len(died) < 3 and came_in_of(alba) == len(died) + 2:
            died.append(letter.name)
            raise SystemExit

    monkeypatch.setattr(taking, "_remember", dying)
    for _ in range(3):
        with pytest.raises(SystemExit):
            read(alba)
    assert read(alba) == 2
    assert came_in_of(alba) == 5


def came_in_of(actor: Any) -> int:
    with for_organisation(actor.organisation.pk):
        return Incoming.objects.count()
