"""Text messages over real HTTP: the catcher as a process of its own, and what is sent through it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from oportuno.doors.integrations.smscatcher.box import Box
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience.api import Agreed, give
from oportuno.people.audience.testing import FORM, make_contact
from oportuno.people.messaging.api import Message, Purpose, send_text

ANA = "+573101234567"
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/Bogota"))
SUNDAY = datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("America/Bogota"))


class TextCatcher:
    def __init__(self, home: Path, port: int) -> None:
        self.box, self.port = Box(home / "caught-sms"), port

    def texts(self) -> list[tuple[str, str]]:
        return [(one.to, one.text) for one in reversed(self.box.latest())]


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextCatcher]:
    """The real process, for all stories of a file."""
    home = tmp_path_factory.mktemp("market")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "OPORTUNO_HOME": str(home), "OPORTUNO_SMS_CATCHER": f"127.0.0.1:{port}"}
    command = [sys.executable, "-m", "oportuno.doors.integrations.smscatcher"]
    running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert running.stdout
    assert "listens" in running.stdout.readline()
    yield TextCatcher(home, port)
    running.terminate()
    running.wait(timeout=10)


@pytest.fixture
def texts(process: TextCatcher, settings: Any) -> TextCatcher:
    """An empty box, over real HTTP; as Kannel, until a test says otherwise."""
    process.box.delete_all()
    settings.SMS_URL, settings.HOME = f"kannel://u:p@127.0.0.1:{process.port}?from=Flores", process.box.folder.parent
    settings.WEB_ALLOW = [f"127.0.0.1:{process.port}"]
    return process


def through_twilio(settings: Any, texts: TextCatcher) -> None:
    settings.SMS_URL = f"twilio+http://AC1:secret@127.0.0.1:{texts.port}?from=+15005550006"


def text(alba: Any, to: str = ANA, words: str = "Tu pedido llegó", key: str = "k", at: datetime = MONDAY, **more: Any) -> Message:
    return send_text(text=words, to=to, organisation=alba.organisation.pk, key=key, at=at, **more)


def advertised(alba: Any, key: str = "ad", to: str = ANA, at: datetime = MONDAY) -> Message:
    contact = make_contact(alba.organisation)
    with for_organisation(alba.organisation.pk):
        give(contact=contact, agreed=Agreed("offers", channel="sms"), circumstances=FORM, at=at)
    return text(alba, to=to, key=key, at=at, purpose=Purpose.MARKETING, agreed_to="offers", contact=contact.pk, proven=True)
