"""A mail server that refuses a letter, drips, or hangs up: no letter is lost, none holds up the others, nothing stays open."""

from __future__ import annotations

import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from oportuno.doors.integrations.inbox import fetching, taking
from oportuno.doors.integrations.inbox.accounts import Account, CannotRead
from oportuno.doors.integrations.inbox.hanging_up import HangUp
from oportuno.doors.integrations.inbox.taking import open_account
from oportuno.doors.integrations.models import Mailbox, MailboxLetter
from oportuno.doors.integrations.tests.mail_server import MailServer, certificates
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.people.audience.testing import make_contact
from oportuno.people.messaging.api import send, take_mail
from oportuno.people.messaging.testing import Incoming, tellings

from .mailboxes import PAGE, box_of, read, said

pytestmark = pytest.mark.django_db


def subjects(actor: Any) -> set[str]:
    with for_organisation(actor.organisation.pk):
        return set(Incoming.objects.values_list("subject", flat=True))


@pytest.mark.parametrize("kind", ["imap", "pop"])
def test_a_letter_that_the_server_does_not_give_holds_up_no_other_and_is_asked_for_again(alba, mail: MailServer, kind: str) -> None:
    to = f"roto-{kind}@flores.example"
    for number in range(3):
        mail.deliver(to, f"From: eva@example.com\nSubject: Carta {number}\n\n{number}\n".encode())
    broken = sorted((mail.folder / "mail" / to / "new").iterdir())[1]
    alba.post(alba.desk(PAGE), said(mail, kind=kind, user=to))
    with locked(mail.folder / "mail" / to, broken.name.partition(":")[0]):
        read(alba), read(alba, 1.5)
        assert subjects(alba) == {"Carta 0", "Carta 2"}
        mail.deliver(to, b"From: eva@example.com\nSubject: Carta 3\n\n3\n")
        read(alba, 2)
        assert subjects(alba) == {"Carta 0", "Carta 2", "Carta 3"}
    read(alba, 60)
    assert subjects(alba) == {"Carta 0", "Carta 1", "Carta 2", "Carta 3"}
    assert read(alba, 3000) == 0
    with for_organisation(alba.organisation.pk):
        assert not MailboxLetter.objects.filter(again_at__isnull=False).exists()


@contextmanager
def locked(box: Path, name: str) -> Iterator[None]:
    """Nobody may read this letter, wherever the server moves it."""

    def modes(mode: int) -> None:
        for file in (box / "new", box / "cur"):
            for one in file.glob(f"{name}*"):
                one.chmod(mode)

    if os.geteuid() != 0:
        pytest.skip("the server runs as us: it may read everything that we may")
    modes(0)
    yield
    modes(0o600)


class Peer:
    """A server that says what it is told, in a thread of its own, and sees whether the other side hung up."""

    def __init__(self, play: Callable[[socket.socket], None]) -> None:
        self.play, self.hung_up = play, threading.Event()
        self.listens = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listens.getsockname()[1])
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        sock, _where = self.listens.accept()
        with suppress(OSError), sock:
            self.play(sock)

    def close(self) -> None:
        self.listens.close()
        self.thread.join(timeout=20)


def lines(sock: socket.socket) -> Iterator[bytes]:
    with sock.makefile("rb") as file:
        yield from file


@pytest.fixture
def account(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Account]:
    authority, _chain = certificates(tmp_path, "127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))

    def of(kind: str, peer: Peer) -> Account:
        settings.WEB_ALLOW = [f"127.0.0.1:{peer.port}"]
        return Account(kind, "127.0.0.1", peer.port, True, "rebotes@flores.example", "unarosa")

    return of


GREETING = {"imap": b"* OK here\r\n", "pop": b"+OK here\r\n"}


def encrypted(sock: socket.socket, kind: str, folder: Path) -> ssl.SSLSocket:
    """Greets, and begins encryption when it is asked to."""
    sock.sendall(GREETING[kind])
    for line in lines(sock):
        tag = line.split()[0]
        if b"CAPABILITY" in line.upper():
            sock.sendall(b"* CAPABILITY IMAP4rev1 STARTTLS\r\n" + tag + b" OK done\r\n")
        elif b"CAPA" in line.upper():
            sock.sendall(b"+OK\r\nSTLS\r\n.\r\n")
        elif b"STARTTLS" in line.upper() or b"STLS" in line.upper():
            sock.sendall(b"+OK\r\n" if kind == "pop" else tag + b" OK done\r\n")
            break
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "chain.pem")
    return context.wrap_socket(sock, server_side=True)


@pytest.mark.parametrize("kind", ["imap", "pop"])
def test_a_server_that_drips_is_hung_up_on_also_after_starttls(account, monkeypatch, tmp_path: Path, kind: str) -> None:
    monkeypatch.setattr(HangUp, "seconds", 0.4)
    finished = []

    def play(sock: socket.socket) -> None:
        line = encrypted(sock, kind, tmp_path)
        next(lines(line))
        for _ in range(100):
            line.sendall(b"* ")
            if threading.Event().wait(0.05):
                break
        finished.append(True)

    peer = Peer(play)
    with pytest.raises(CannotRead) as why:
        open_account(account(kind, peer))
    peer.close()
    assert why.value.why == "slow", repr(why.value.__cause__)
    assert not finished, "nobody waited for its last byte"


@pytest.mark.parametrize("kind", ["imap", "pop"])
def test_a_server_that_drips_its_greeting_is_hung_up_on(account, monkeypatch, kind: str) -> None:
    monkeypatch.setattr(HangUp, "seconds", 0.4)
    finished = []

    def play(sock: socket.socket) -> None:
        for _ in range(100):
            sock.sendall(b"*")
            if threading.Event().wait(0.05):
                break
        finished.append(True)

    peer = Peer(play)
    with pytest.raises(CannotRead, match="slow"):
        open_account(account(kind, peer))
    peer.close()
    assert not finished


@pytest.mark.parametrize("kind", ["imap", "pop"])
def test_an_account_that_does_not_open_leaves_no_connection_and_no_clock(account, tmp_path: Path, kind: str) -> None:
    def play(sock: socket.socket) -> None:
        line = encrypted(sock, kind, tmp_path)
        for asked in lines(line):
            tag = asked.split()[0]
            if b"CAPABILITY" in asked.upper():
                line.sendall(b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK done\r\n")
            else:
                line.sendall(b"-ERR no\r\n" if kind == "pop" else tag + b" NO never\r\n")
        peer.hung_up.set()

    peer = Peer(play)
    with pytest.raises(CannotRead, match="password"):  # its traceback keeps everything alive that was in hand
        open_account(account(kind, peer))
    assert peer.hung_up.wait(10), "the server waits for a word"
    peer.close()
    clocks = [one for one in threading.enumerate() if isinstance(one, threading.Timer)]
    for one in clocks:
        one.join(10)
    assert not [one for one in clocks if one.is_alive()]


def test_a_mailbox_that_fails_is_a_task_for_who_may_mend_it(alba, beto, mail) -> None:
    alba.post(alba.desk(PAGE), said(mail))
    with for_organisation(alba.organisation.pk):
        Mailbox.objects.update(problem="password", failures=2)
    assert "No se puede leer el buzón" not in alba.get(alba.desk("")).content.decode(), "a server that starts anew troubles nobody"
    with for_organisation(alba.organisation.pk):
        Mailbox.objects.update(failures=20)
    today = alba.get(alba.desk("")).content.decode()
    assert "No se puede leer el buzón rebotes@flores.example" in today
    assert "no acepta este usuario" in today
    assert alba.desk(PAGE) in today
    assert "No se puede leer el buzón" not in beto.get(beto.desk("")).content.decode()
    assert read(alba) == 0
    assert "No se puede leer el buzón" not in alba.get(alba.desk("")).content.decode(), "it opens again"
    assert box_of(alba).failures == 0


POISON = [
    b"From: mala@example.com\nSubject: =?utf-7?q?+2AA-?=\nContent-Type: text/plain; charset=utf-7\n\n+2AA- hola\n",
    b"From: mala@example.com\nSubject: x\nContent-Type: text/plain; charset=unicode_escape\n\n\\ud800 hola \\x00\n",
    b"From: mala@example.com\nSubject: x\nContent-Type: text/plain; charset=raw_unicode_escape\n\n\\ud800 hola\n",
]


@pytest.mark.parametrize("poison", POISON)
def test_half_letters_that_no_database_takes_are_left_out(dario, poison: bytes) -> None:
    taken = take_mail(poison, at=now())
    assert taken is not None
    assert taken.sender == "mala@example.com"


@pytest.mark.parametrize("kind", ["imap", "pop"])
def test_a_letter_that_we_stumble_over_stops_no_other(alba, mail: MailServer, monkeypatch, kind: str) -> None:
    """Anybody may write to a mailbox: what he writes must not end its reading."""
    to = f"veneno-{kind}@flores.example"
    for name in ("Uno", "Veneno", "Dos"):
        mail.deliver(to, f"From: eva@example.com\nSubject: {name}\n\n{name}\n".encode())
    alba.post(alba.desk(PAGE), said(mail, kind=kind, user=to))

    def stumbling(raw: bytes, **more: Any) -> Any:
        if b"Veneno" in raw:
            raise ValueError("nobody thought of that")
        return take_mail(raw, **more)

    monkeypatch.setattr(taking, "take_mail", stumbling)
    assert read(alba) == 2
    assert box_of(alba).problem == ""
    assert subjects(alba) == {"Uno", "Dos"}
    monkeypatch.undo()
    monkeypatch.setenv("SSL_CERT_FILE", str(mail.authority))
    read(alba, 5)
    assert subjects(alba) == {"Uno", "Veneno", "Dos"}, "it is tried again, for a new version may understand it"


def test_the_markets_own_mailbox_is_stopped_by_no_letter_either(dario, tmp_path: Path, monkeypatch) -> None:
    for number, name in enumerate(("Uno", "Veneno", "Dos")):
        (tmp_path / "new").mkdir(exist_ok=True)
        (tmp_path / "new" / f"{number}").write_bytes(f"From: eva@example.com\nSubject: {name}\n\n{name}\n".encode())

    def stumbling(raw: bytes, **more: Any) -> Any:
        if b"Veneno" in raw:
            raise ValueError("nobody thought of that")
        return take_mail(raw, **more)

    monkeypatch.setattr(fetching, "take_mail", stumbling)
    assert fetching.fetch_mail(Lease(0, 0, None, "mail.fetch"), url=f"maildir://{tmp_path}", at=now()) == 2
    assert [one.name for one in (tmp_path / "new").iterdir()] == ["1"]


def test_a_letter_is_shown_with_whom_it_answers_also_deep_in_a_thread(alba, felix, catcher, mail: MailServer) -> None:
    contact = make_contact(alba.organisation, "carmen@example.com")
    sent = send(
        template="audience/mail/confirm_bulletin.txt", to="carmen@example.com", organisation=alba.organisation.pk, language="es-co", key="k",
        at=now(), contact=contact.pk, context={"organisation": "Flores de Alba", "link": "http://localhost:8000/x"},
    )  # fmt: skip
    assert sent is not None
    ours, to = f"<{sent.pk}@localhost>", "hilo@flores.example"
    mail.deliver(to, f"From: carmen@example.com\nSubject: Re: Hola\nIn-Reply-To: {ours}\n\nQuiero rosas\n".encode())
    mail.deliver(
        to, f"From: otra@example.com\nSubject: Re: Re\nIn-Reply-To: <z@x.y>\nReferences: {ours} <z@x.y>\n\nMejor claveles\n".encode()
    )
    mail.deliver(to, b"From: eva@example.com\nSubject: Otra cosa\nIn-Reply-To: <nada@x.y>\n\nHola\n")
    alba.post(alba.desk(PAGE), said(mail, user=to))
    assert read(alba) == 3
    with for_organisation(alba.organisation.pk):
        rows = {one.subject: (one.message_id, one.proved, one.effect) for one in Incoming.objects.all()}
    assert rows == {"Re: Hola": (sent.pk, False, "shown"), "Re: Re": (sent.pk, False, "shown"), "Otra cosa": (None, False, "shown")}
    assert tellings(sent).count("messaging.mail_answered") == 2
    assert str(contact.pk) in alba.get(alba.desk("mensajes/recibidos/")).content.decode()
    assert "Respondió a un correo nuestro" in alba.get(alba.desk(f"contactos/{contact.pk}/")).content.decode()
    felix.post(felix.desk(PAGE), said(mail, user=to))
    read(felix)
    with for_organisation(felix.organisation.pk):
        assert not Incoming.objects.filter(message__isnull=False).exists(), "nobody learns whom others wrote to"
