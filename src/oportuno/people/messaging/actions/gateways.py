"""The port to text messages: what hands one to the world, once.

A gateway gets a text at most once. It raises

TryLater   nothing was taken: it could not be reached, or it said "later" before it took anything
Refused    it said no: trying again helps nobody
Unclear    it may have been taken: nobody tries again by himself, the operator sees it

`state_of` reads what a gateway reports afterwards; it raises Forged for what the gateway did not sign.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from oportuno.kernel.errors import Broken
from oportuno.people.messaging.actions.relay import Refused, TryLater, Unclear

__all__ = ["Forged", "Refused", "Report", "Reported", "TextGateway", "TryLater", "Unclear", "connect_gateway", "the_gateway"]


class Forged(Exception):
    """Whoever reported this does not know our secret."""


class Reported(StrEnum):
    DELIVERED = "delivered"
    FAILED = "failed"
    UNDER_WAY = "under way"


@dataclass(frozen=True)
class Report:
    """What became of a text. `message` is our id, `reference` the gateway's name for it, whichever is told."""

    state: Reported
    message: str = ""
    reference: str = ""
    told: str = ""


class TextGateway(Protocol):
    name: str

    def hand_over(self, *, message: str, to: str, text: str) -> str:
        """Send `text` to the number `to` (E.164); answers the gateway's name for it. `message` is our id, told back in reports."""
        ...


_connected: Callable[[], TextGateway] | None = None


def connect_gateway(open_one: Callable[[], TextGateway]) -> None:
    """Say who sends texts; config.wiring does."""
    global _connected
    _connected = open_one


def the_gateway() -> TextGateway:
    if _connected is None:
        raise Broken("No gateway for text messages is connected.")
    return _connected()


Fields = Mapping[str, str]
