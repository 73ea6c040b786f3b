"""Asking a gateway once, and knowing whether it may have taken the text."""

from __future__ import annotations

from collections.abc import Mapping

from oportuno.kernel.web import Fetched, NotPublic, NotReachable, fetch
from oportuno.people.messaging.api import gateways

SECONDS, BYTES = 20.0, 100_000


def ask(address: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes | None = None) -> Fetched:
    """The gateway's answer, whatever it says. Raises TryLater when nothing can have reached it, Unclear when something may have."""
    try:
        return fetch(address, method=method, headers=headers, body=body, seconds=SECONDS, limit=BYTES)
    except NotPublic as error:
        raise gateways.TryLater("the gateway's address is not one we may talk to") from error
    except NotReachable as error:
        if not error.data.get("sent", True):
            raise gateways.TryLater("the gateway could not be reached") from error
        raise gateways.Unclear("the gateway's answer got lost") from error


def words(answer: Fetched) -> str:
    return f"{answer.status} {answer.body.decode('utf-8', 'replace').strip()}"[:300]
