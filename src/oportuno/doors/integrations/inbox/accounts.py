"""Accounts that an organisation names: their host is looked at like any address that somebody types (threat T11), and what stands

behind it is bounded in time and size. The certificate must be good, and no password goes out in the clear.
"""

from __future__ import annotations

import imaplib
import poplib
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from oportuno.kernel.web import NotPublic

PORTS = {("imap", False): 993, ("imap", True): 143, ("pop", False): 995, ("pop", True): 110}
"""By kind, and whether encryption begins after a word in the clear."""
SECONDS, IN_ALL = 15.0, 120.0  # for an answer; for everything
LARGEST = 4_000_000  # bytes; of larger letters the beginning is enough


class CannotRead(Exception):
    """`why` is a word of queries' PROBLEMS."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Account:
    kind: str
    host: str
    port: int
    starttls: bool
    user: str
    password: str
    folder: str = "INBOX"


@dataclass(frozen=True)
class Letter:
    """`name` is the server's: a UID, or what UIDL says. `raw` is None where the server does not give it now, empty where it is gone."""

    name: str
    raw: bytes | None


class Letters(Protocol):
    """An open account. In another `epoch` the same names mean other letters; POP knows none."""

    epoch: int

    def names(self, *, after: int = 0, since: date | None = None) -> list[str]:
        """What lies there, the oldest first. IMAP tells only UIDs beyond `after`, and what came since that day."""

    def read(self, names: Sequence[str]) -> Iterator[Letter]:
        """A letter over which the line breaks is told as not given, too, before CannotRead: others come first the next time."""

    def close(self) -> None: ...


@contextmanager
def told(in_time: Callable[[], bool]) -> Iterator[None]:
    """Whatever the protocols raise becomes CannotRead with one word. Where we hung up ourselves, it took too long."""
    try:
        yield
    except (NotPublic, OSError, EOFError, imaplib.IMAP4.error, poplib.error_proto, ValueError) as error:
        raise CannotRead(_why(error) if in_time() else "slow") from error


def _why(error: Exception) -> str:
    if isinstance(error, NotPublic):
        return "place"
    if isinstance(error, ssl.SSLCertVerificationError):
        return "certificate"
    if isinstance(error, ssl.SSLError):
        return "encryption"
    if isinstance(error, TimeoutError):
        return "slow"
    return "unreachable" if isinstance(error, OSError) else "protocol"
