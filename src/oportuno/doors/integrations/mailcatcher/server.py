"""The catcher's SMTP."""

from __future__ import annotations

import os
from asyncio import Transport
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from oportuno.doors.integrations.mailcatcher.maildir import Maildir

PLACE = "127.0.0.1:2525"
LARGEST = 25 * 2**20  # bytes, as most relays of the world


class Catcher:
    """Keeps what comes, and answers as the recipient's domain asks for."""

    def __init__(self, box: Maildir) -> None:
        self.box = box

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        domain = address.rpartition("@")[2].lower()
        if domain == "busy.test":
            return "451 4.7.1 try again later"
        if domain == "nobody.test":
            return "550 5.1.1 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        self.box.keep(bytes(envelope.original_content), sender=envelope.mail_from or "", recipients=envelope.rcpt_tos)
        if any(address.lower().endswith("@broken.test") for address in envelope.rcpt_tos):
            cast(Transport, server.transport).abort()
        return "250 caught"


def catcher(box: Maildir, host: str, port: int) -> Controller:
    return Controller(Catcher(box), hostname=host, port=port, data_size_limit=LARGEST, ident="oportuno catcher")


def listening_place() -> tuple[str, int]:
    """`OPORTUNO_CATCHER` as host and port."""
    host, _, port = os.environ.get("OPORTUNO_CATCHER", PLACE).rpartition(":")
    return host or "127.0.0.1", int(port)
