"""Keys for tests of the API."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.offer.directory.testing import flores
from oportuno.people.organisations.api import SCOPES, create_key
from oportuno.people.organisations.testing import Actor

__all__ = ["flores"]


@pytest.fixture(autouse=True)
def _fresh_pace() -> None:
    """Nobody is slowed down by the test before."""
    cache.clear()


@dataclass
class Program:
    """A program that calls with a key of somebody's organisation."""

    token: str

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        named = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
        data = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        send = getattr(Client(raise_request_exception=False), method.lower())
        return send(f"/api/v1/{path}", HTTP_AUTHORIZATION=f"Bearer {self.token}", **data, **named)

    def get(self, path: str) -> Any:
        answer = self.ask("GET", path)
        assert answer.status_code == 200, answer.content
        return json.loads(answer.content)


@pytest.fixture
def program() -> Callable[..., Program]:
    """A program of an actor's organisation, with these scopes (all of them unless named)."""

    def make(actor: Actor, *scopes: str) -> Program:
        return Program(create_key(name="Bodega", scopes=scopes or SCOPES, by=actor.member, at=now()).token)

    return make
