"""Guessing passwords and addresses (threat T07): many tries from many networks, and the person whose account it is still gets in.

The threat is written for 10,000 tries from 500 networks; a few hundred here show the same limits. All of them are made with
`GUESSES=10000 ./oportuno test tests/safety/test_guessing.py`, in about two minutes.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oportuno.people.organisations import rules
from oportuno.people.organisations.models import Guess
from oportuno.people.organisations.testing import PASSWORD
from oportuno.people.organisations.tests.helpers import ANOTHER, browser_of, code_in, sign_in, signed_in
from tests.safety.market import Market

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ONE_MARKET = True
TRIES = int(os.environ.get("GUESSES", "400"))
NETWORKS = TRIES // 20
PEOPLE = ("alba", "carmen", "gala", "eva", "dario", "nadie1", "nadie2", "nadie3")
LOOKED_AT = "La dirección o la contraseña"


@pytest.fixture
def tries() -> Iterator[int]:
    cache.clear()
    yield TRIES
    cache.clear()


def network(number: int) -> str:
    return f"10.{number // 250}.{number % 250}.7"


def guess(name: str, number: int, **extra: Any) -> bool:
    """One try with a wrong password; whether it was looked at."""
    page = sign_in(Client(), f"{name}@example.com", f"una palabra {number}", REMOTE_ADDR=network(number % NETWORKS), **extra)
    return LOOKED_AT in page.content.decode()


def test_it_looks_at_ten_guesses_an_account_however_many_come_and_lets_its_owner_in(market: Market, tries: int) -> None:
    hers = browser_of("alba@example.com")
    hers.post("/salir/")
    order = random.Random(7)
    looked_at = Counter(name for number in range(tries) if guess(name := order.choice(PEOPLE), number))
    assert {name: looked_at[name] for name in PEOPLE} == dict.fromkeys(PEOPLE, rules.GUESSES)
    assert Guess.objects.count() == rules.GUESSES * len(PEOPLE)
    assert not signed_in(after(sign_in, Client(), "alba@example.com", PASSWORD))  # not even with the right one, from elsewhere
    assert signed_in(after(sign_in, hers, "alba@example.com", PASSWORD, REMOTE_ADDR="10.200.0.1"))


def after(deed: Any, client: Client, *what: Any, **how: Any) -> Client:
    deed(client, *what, **how)
    return client


def test_a_network_that_lies_about_where_it_is_stays_one_network(market: Market, tries: int) -> None:
    looked_at = 0
    for number in range(60):
        lies = {"HTTP_X_FORWARDED_FOR": network(number), "HTTP_X_REAL_IP": network(number), "HTTP_FORWARDED": f"for={network(number)}"}
        page = sign_in(Client(), f"nadie{number}@example.com", "una palabra", REMOTE_ADDR="10.9.9.9", **lies)
        looked_at += LOOKED_AT in page.content.decode()
    assert looked_at == 20


def test_whose_account_is_under_fire_gets_in_by_mail_from_a_new_device(market: Market, tries: int, mailoutbox: list[EmailMessage]) -> None:
    for number in range(30):
        guess("carmen", number)
    stranger = Client()
    stranger.post("/entrar/codigo/", {"email": "carmen@example.com"})
    stranger.post("/entrar/codigo/confirmar/", {"code": code_in(mailoutbox[-1])})
    assert signed_in(stranger)
    other = Client()
    other.post("/clave/olvidada/", {"email": "carmen@example.com"})
    other.post("/clave/codigo/", {"code": code_in(mailoutbox[-1])})
    other.post("/clave/nueva/", {"password1": ANOTHER, "password2": ANOTHER})
    assert sign_in(Client(), "carmen@example.com", ANOTHER).status_code == 302


@pytest.mark.parametrize("page", ["/clave/olvidada/", "/entrar/codigo/"])
def test_nobody_fills_somebodys_inbox_with_codes(market: Market, tries: int, mailoutbox: list[EmailMessage], page: str) -> None:
    for number in range(40):
        cache.clear()  # each in a web process of its own: what one of them remembers the others do not
        refused = Client().post(page, {"email": "Carmen@example.com" if number % 2 else "carmen@example.com"}, REMOTE_ADDR=network(number))
    assert len(mailoutbox) == 5
    assert "Demasiadas solicitudes" in refused.content.decode()
    assert Client().post(page, {"email": "nadie@example.com"}).status_code == 302


def test_a_code_of_a_letter_is_not_guessed(market: Market, tries: int, mailoutbox: list[EmailMessage]) -> None:
    """A few tries a letter, and then it is worth nothing."""
    thief = Client()
    thief.post("/clave/olvidada/", {"email": "carmen@example.com"})
    right = code_in(mailoutbox[-1])
    for _try in range(5):
        thief.post("/clave/codigo/", {"code": "BCDF-GHJK"})
    assert "/clave/nueva/" not in thief.post("/clave/codigo/", {"code": right}).headers.get("Location", "")


def test_a_known_address_costs_as_much_as_an_unknown_one(
    market: Market, tries: int, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMessage]
) -> None:
    """Instead of a clock: how often a password is hashed, what is mailed, and what is answered."""
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(salt)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    for page, said in (
        ("/entrar/", {"password": "no es la suya"}),
        ("/registro/", {"name": "Alguien", "password1": "siete tulipanes rojos"}),
        ("/clave/olvidada/", {}),
        ("/entrar/codigo/", {}),
    ):
        cost = [costs(page, address, said, hashed, mailoutbox) for address in ("eva@example.com", "nadie@example.com")]
        assert cost[0][:3] == cost[1][:3], page
        assert abs(cost[0][3] - cost[1][3]) <= 20, (page, cost)  # statements of a tenth of a millisecond: a new account writes its rows


def costs(page: str, address: str, said: dict[str, str], hashed: list[str], letters: list[EmailMessage]) -> tuple[int, int, int, int]:
    cache.clear()
    before = len(hashed), len(letters)
    with CaptureQueriesContext(connection) as asked:
        answer: HttpResponse = Client().post(page, {**said, "login": address, "email": address})  # type: ignore[assignment]
    return answer.status_code, len(hashed) - before[0], len(letters) - before[1], len(asked)
