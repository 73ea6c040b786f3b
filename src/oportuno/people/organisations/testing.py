"""The cast of our tests: each is a person with a browser of her own.

Alba owns a seller, Beto works for her, Carmen buys, Darío runs the marketplace, Eva is a channel partner,
Félix writes, Gala owns another seller and has no business in Alba's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

import pytest
from django.http import HttpResponse
from django.test import Client

from oportuno.kernel.clock import now, stopped_at
from oportuno.people.organisations.actions import found_organisation, join, sign_up
from oportuno.people.organisations.models import Kind, Organisation, Person, Role
from oportuno.people.organisations.queries import Member, member_for

PASSWORD = "una rosa es una rosa"


@dataclass
class Actor:
    """Somebody with a browser. `moment` is what the clock shows her; None: the real time."""

    person: Person
    organisation: Organisation | None = None
    moment: datetime | None = None
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        self.client.force_login(self.person)

    @property
    def member(self) -> Member:
        """Her membership of her own organisation."""
        assert self.organisation is not None
        return member_for(self.person, self.organisation.slug)

    def at(self, moment: datetime) -> Actor:
        """The same person, at another time."""
        return Actor(self.person, self.organisation, moment)

    def desk(self, path: str = "") -> str:
        """An address in her own workbench."""
        assert self.organisation is not None
        return f"/desk/{self.organisation.slug}/{path}"

    def get(self, path: str, data: dict[str, Any] | None = None, **extra: Any) -> HttpResponse:
        with stopped_at(self.moment or now()):
            return cast(HttpResponse, self.client.get(path, data or {}, **extra))

    def post(self, path: str, data: dict[str, Any] | None = None, **extra: Any) -> HttpResponse:
        with stopped_at(self.moment or now()):
            return cast(HttpResponse, self.client.post(path, data or {}, **extra))


def make_person(name: str, email: str = "") -> Person:
    return sign_up(email=email or f"{name.lower()}@example.com", password=PASSWORD, name=name, at=now(), is_demo=True)


def make_organisation(name: str, *, owner: Person, kind: str = Kind.SELLER, country: str = "CO") -> Organisation:
    return found_organisation(name=name, kind=kind, country=country, owner=owner, at=now())


@pytest.fixture
def alba(db: None) -> Actor:
    """Owns the seller Flores de Alba."""
    person = make_person("Alba")
    return Actor(person, make_organisation("Flores de Alba", owner=person))


@pytest.fixture
def beto(alba: Actor) -> Actor:
    """Sells for Alba."""
    person = make_person("Beto")
    assert alba.organisation is not None
    join(organisation=alba.organisation, person=person, role=Role.SELLER, at=now())
    return Actor(person, alba.organisation)


@pytest.fixture
def carmen(db: None) -> Actor:
    """Buys; belongs to no organisation."""
    return Actor(make_person("Carmen"))


@pytest.fixture
def dario(db: None) -> Actor:
    """Runs the marketplace. Marked as demo, so that the second factor is not asked for."""
    person = make_person("Darío", "dario@example.com")
    return Actor(person, make_organisation("El Mercado", owner=person, kind=Kind.OPERATOR))


@pytest.fixture
def eva(db: None) -> Actor:
    """Channel partner."""
    person = make_person("Eva")
    return Actor(person, make_organisation("Eva Socios", owner=person, kind=Kind.PARTNER))


@pytest.fixture
def felix(db: None) -> Actor:
    """Writes; a professional of his own."""
    person = make_person("Félix", "felix@example.com")
    return Actor(person, make_organisation("Félix Escribe", owner=person, kind=Kind.PROFESSIONAL))


@pytest.fixture
def gala(db: None) -> Actor:
    """Owns another seller; has no business in Alba's."""
    person = make_person("Gala")
    return Actor(person, make_organisation("Viveros Gala", owner=person, country="MX"))


@pytest.fixture
def stranger() -> Client:
    """Somebody who has not signed in."""
    return Client()
