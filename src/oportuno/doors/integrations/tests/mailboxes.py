"""An organisation's mailbox at a real server, as tests have it: put down in the page, and read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from oportuno.doors.integrations.inbox.taking import take_from
from oportuno.doors.integrations.models import Mailbox
from oportuno.doors.integrations.tests.mail_server import MailServer, NotHere
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease

BOX = "rebotes@flores.example"
PAGE = "mensajes/buzon/"


@contextmanager
def started(folder: Path, *, tls: bool) -> Iterator[MailServer]:
    made = MailServer(folder, tls)
    try:
        made.start()
    except NotHere as why:
        made.stop()
        pytest.skip(str(why))
    yield made
    made.stop()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    with started(tmp_path_factory.mktemp("mail"), tls=True) as made:
        yield made


@pytest.fixture
def bare(tmp_path: Path, settings: Any) -> Iterator[MailServer]:
    """One that encrypts nothing."""
    with started(tmp_path, tls=False) as made:
        settings.WEB_ALLOW = [f"127.0.0.1:{made.imap}", f"127.0.0.1:{made.pop}"]
        yield made


@pytest.fixture
def mail(server: MailServer, settings: Any, monkeypatch: pytest.MonkeyPatch) -> MailServer:
    settings.WEB_ALLOW = [f"127.0.0.1:{port}" for port in (server.imap, server.pop, server.imaps, server.pops)]
    monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
    return server


def said(mail: MailServer, **more: Any) -> dict[str, Any]:
    kind = more.get("kind", "imap")
    port = mail.imaps if kind == "imap" else mail.pops
    return {"kind": kind, "host": "127.0.0.1", "port": port, "starttls": "tls", "user": BOX, "password": mail.password, "folder": ""} | more


def box_of(actor: Any) -> Mailbox:
    with for_organisation(actor.organisation.pk):
        return Mailbox.objects.get()


def read(actor: Any, minutes: float = 0) -> int:
    return take_from(Lease(0, 0, actor.organisation.pk, "mail.take"), box_of(actor).pk, at=now() + timedelta(minutes=minutes))
