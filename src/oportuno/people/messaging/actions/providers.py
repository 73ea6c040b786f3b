"""The port to what takes mail: the relay by SMTP, or a provider by HTTP where one is connected.

A provider is a Relay: it raises TryLater, Refused or Unclear. What became of a mail it tells afterwards (MailNews); whoever
reads that raises Forged for what the provider did not prove.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from enum import StrEnum
from threading import Event
from typing import Protocol

from oportuno.people.messaging.actions.pipelining import Fate, Mail, Pool, Told
from oportuno.people.messaging.actions.relay import Refused, Relay, SmtpRelay, TryLater, Unclear

__all__ = [
    "Crew", "Forged", "Hands", "MailNews", "News", "Refused", "Relay", "TryLater", "Unclear", "connect_provider", "the_hands", "the_provider", "the_relay",
]  # fmt: skip


class Forged(Exception):
    """Whoever told this does not know our secret."""


class News(StrEnum):
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    LATE = "late"
    COMPLAINED = "complained"
    LEFT = "left"


@dataclass(frozen=True)
class MailNews:
    """What became of a mail. `message` is our id, `name` the provider's own for this news (empty: it has none), `hard` its opinion."""

    kind: News
    message: str
    name: str = ""
    told: str = ""
    hard: bool = False


class Hands(Protocol):
    """Takes mails by the hundred. `batch` is how many at once: those are in doubt when their worker dies."""

    batch: int

    def hand_over(self, mails: Sequence[Mail]) -> Iterator[Told]: ...

    def close(self) -> None: ...


class Crew:
    """Several hands that give mail to one provider. Once it says "later", nobody asks it again in this batch."""

    def __init__(self, relay: Relay, *, hands: int = 8, batch: int = 100) -> None:
        self.relay, self.hands, self.batch = relay, hands, batch

    def hand_over(self, mails: Sequence[Mail]) -> Iterator[Told]:
        away = Event()
        with ThreadPoolExecutor(self.hands, thread_name_prefix="provider") as hands:
            for done in as_completed([hands.submit(self._one, mail, away) for mail in mails]):
                yield done.result()

    def close(self) -> None:
        """Nothing is kept open."""

    def _one(self, mail: Mail, away: Event) -> Told:
        if away.is_set():
            return Told(mail.name, Fate.LATER, "the relay is away")
        try:
            return Told(mail.name, Fate.SENT, self.relay.hand_over(mail.raw, sender=mail.sender, recipient=mail.recipient))
        except Refused as no:
            return Told(mail.name, Fate.REFUSED, str(no))
        except TryLater as later:
            away.set()
            return Told(mail.name, Fate.LATER, str(later))
        except Unclear as unclear:
            return Told(mail.name, Fate.UNCLEAR, str(unclear))


_connected: Callable[[], Relay | None] = lambda: None  # noqa: E731


def connect_provider(open_one: Callable[[], Relay | None]) -> None:
    """Say who takes mail by HTTP, None where it goes by SMTP; config.wiring does."""
    global _connected
    _connected = open_one


def the_provider() -> Relay | None:
    return _connected()


def the_relay() -> Relay:
    """For one mail."""
    return the_provider() or SmtpRelay()


def the_hands() -> Hands:
    """For a bulletin."""
    provider = the_provider()
    return Crew(provider) if provider else Pool()
