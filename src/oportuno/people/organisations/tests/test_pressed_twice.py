"""Account forms pressed twice: one account, one letter, one change, and the browser ends where one press leads (goal E4).

A second press goes out before the first is answered: with the cookies that the page came with.
"""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.idempotency.models import IdempotencyKey
from oportuno.kernel.testing.together import together
from oportuno.people.organisations.models import Guess, Person
from oportuno.people.organisations.queries import sign_ins_of
from oportuno.people.organisations.testing import PASSWORD, Actor, make_person
from oportuno.people.organisations.tests.helpers import ANOTHER, code_for, code_in, sign_in, signed_in, sure_browser_of

KEY = re.compile(r'name="idempotency_key" value="([^"]+)"')
NEW = {"name": "Nueva", "email": "nueva@example.com", "password1": "siete tulipanes rojos"}
CARMEN = {"login": "carmen@example.com", "password": PASSWORD}


def opened(client: Client, page: str, **said: str) -> dict[str, str]:
    """The form of a page as it will be sent: with its key."""
    found = KEY.search(client.get(page).content.decode())
    assert found, page
    return {**said, "idempotency_key": found[1]}


def twice(client: Client, address: str, said: dict[str, str]) -> list[HttpResponse]:
    """Press, and press again before the answer is there. The browser keeps the cookies of the second answer."""
    cookies = copy.deepcopy(client.cookies)
    one = client.post(address, said)
    client.cookies = cookies
    return [one, client.post(address, said)]


def places(answers: list[HttpResponse]) -> list[tuple[int, str]]:
    return [(answer.status_code, answer.headers.get("Location", "")) for answer in answers]


def pressed(client: Client, page: str, address: str = "", **said: str) -> list[HttpResponse]:
    answers = twice(client, address or page, opened(client, page, **said))
    assert places(answers)[0] == places(answers)[1]
    assert answers[0].status_code == 302
    return answers


@pytest.mark.django_db
def test_it_makes_one_account_with_one_letter_whose_code_opens_it(stranger: Client, mailoutbox: list[EmailMessage]) -> None:
    pressed(stranger, "/registro/", **NEW)
    assert [letter.subject for letter in mailoutbox] == ["Tu código para Oportuno"]
    pressed(stranger, "/registro/codigo/", code=code_in(mailoutbox[0]))
    assert signed_in(stranger)
    assert Person.objects.filter(email=NEW["email"]).count() == 1


def test_it_lets_her_in_once(carmen: Actor, stranger: Client) -> None:
    before = len(sign_ins_of(carmen.person.pk, at=now()))
    pressed(stranger, "/entrar/", **CARMEN)
    assert signed_in(stranger)
    assert len(sign_ins_of(carmen.person.pk, at=now())) == before + 1


def test_it_sends_one_code_for_a_new_password_and_sets_it_once(carmen: Actor, stranger: Client, mailoutbox: list[EmailMessage]) -> None:
    pressed(stranger, "/clave/olvidada/", email="carmen@example.com")
    assert len(mailoutbox) == 1
    pressed(stranger, "/clave/codigo/", code=code_in(mailoutbox[0]))
    pressed(stranger, "/clave/nueva/", password1=ANOTHER, password2=ANOTHER)
    assert sign_in(Client(), "carmen@example.com", ANOTHER).status_code == 302
    assert len(mailoutbox) == 2  # the code, and that the password was changed


def test_it_sends_one_code_to_sign_in_with(carmen: Actor, stranger: Client, mailoutbox: list[EmailMessage]) -> None:
    pressed(stranger, "/entrar/codigo/", email="carmen@example.com")
    assert len(mailoutbox) == 1
    pressed(stranger, "/entrar/codigo/confirmar/", code=code_in(mailoutbox[0]))
    assert signed_in(stranger)


def test_it_changes_the_password_once_and_stays_signed_in(carmen: Actor, mailoutbox: list[EmailMessage]) -> None:
    hers = sure_browser_of("carmen@example.com")
    pressed(hers, "/mi-cuenta/seguridad/clave/", oldpassword=PASSWORD, password1=ANOTHER, password2=ANOTHER)
    assert signed_in(hers)
    assert len(mailoutbox) == 1


def test_it_adds_an_address_with_one_code_and_makes_it_the_main_one(carmen: Actor, mailoutbox: list[EmailMessage]) -> None:
    hers, page = sure_browser_of("carmen@example.com"), "/mi-cuenta/correos/"
    pressed(hers, page, email="carmen@nueva.example", action_add="")
    codes = [letter for letter in mailoutbox if "carmen@nueva.example" in letter.to]
    assert len(codes) == 1
    pressed(hers, "/registro/codigo/", code=code_in(codes[0]))
    told = len(mailoutbox)
    pressed(hers, page, email="carmen@nueva.example", action_primary="")
    assert EmailAddress.objects.get(user=carmen.person, primary=True).email == "carmen@nueva.example"
    assert len(mailoutbox) == told + 1
    pressed(hers, page, email="carmen@example.com", action_remove="")
    assert EmailAddress.objects.filter(user=carmen.person).count() == 1
    assert signed_in(hers)


def test_it_adds_one_app_and_takes_its_code_once(carmen: Actor) -> None:
    hers = sure_browser_of("carmen@example.com")
    page = "/mi-cuenta/seguridad/aplicacion/"
    shown = hers.get(page).content.decode()
    secret, key = re.search(r"data-copy-from[^>]*>([A-Z2-7]+)<", shown), KEY.search(shown)
    assert secret
    assert key
    answers = twice(hers, page, {"code": code_for(secret[1]), "idempotency_key": key[1]})
    assert places(answers) == [(302, "/mi-cuenta/seguridad/codigos/")] * 2
    assert Authenticator.objects.filter(user=carmen.person, type=Authenticator.Type.TOTP).count() == 1
    elsewhere = Client()
    pressed(elsewhere, "/entrar/", **CARMEN)
    codes = Authenticator.objects.get(user=carmen.person, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    pressed(elsewhere, "/entrar/segundo-paso/", code=codes[0])
    assert signed_in(elsewhere)
    pressed(hers, "/mi-cuenta/seguridad/aplicacion/retiro/")
    assert signed_in(hers)


def test_it_asks_once_more_and_then_goes_on_with_what_was_sent(carmen: Actor, mailoutbox: list[EmailMessage]) -> None:
    """The library keeps what was sent, asks who it is, and sends it itself: the same key, and yet not a second press."""
    hers = sure_browser_of("carmen@example.com")
    said = opened(hers, "/mi-cuenta/correos/", email="carmen@nueva.example", action_add="")
    session = hers.session
    session["account_authentication_methods"] = []
    session.save()
    asked = hers.post("/mi-cuenta/correos/", said)
    assert "/confirmar/" in asked.headers["Location"]
    place = asked.headers["Location"]
    went_on = hers.post(place, opened(hers, place, password=PASSWORD, next="/mi-cuenta/correos/"))
    assert went_on.headers["Location"] == "/registro/codigo/"
    assert [letter.to for letter in mailoutbox] == [["carmen@nueva.example"]]


def test_it_signs_out_once_and_stays_out(carmen: Actor, stranger: Client) -> None:
    sign_in(stranger, "carmen@example.com")
    pressed(stranger, "/salir/")
    assert not signed_in(stranger)


def test_it_lets_a_wrong_password_be_corrected_and_counts_it(carmen: Actor, stranger: Client) -> None:
    wrong = opened(stranger, "/entrar/", **CARMEN | {"password": "no es la suya"})
    assert [answer.status_code for answer in twice(stranger, "/entrar/", wrong)] == [200, 200]
    assert Guess.objects.count() == 2
    assert stranger.post("/entrar/", {**wrong, "password": PASSWORD}).status_code == 302
    assert signed_in(stranger)


def test_it_hands_no_session_to_another_browser(carmen: Actor, stranger: Client) -> None:
    said = opened(stranger, "/entrar/", **CARMEN)
    stranger.post("/entrar/", said)
    other = Client()
    other.get("/entrar/")
    other.post("/entrar/", {**said, "password": "no es la suya"})
    assert not signed_in(other)


def test_it_hands_no_session_over_later(carmen: Actor, stranger: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oportuno.kernel.idempotency.forms.HANDED_OVER", -1)
    twice(stranger, "/entrar/", opened(stranger, "/entrar/", **CARMEN))
    assert not signed_in(stranger)


def test_it_keeps_nothing_that_helps_to_guess_what_was_typed(carmen: Actor, stranger: Client, settings: Any) -> None:
    kept = []
    for secret in ("a key of ours", "another key of ours"):
        settings.SECRET_KEY = secret
        cookies = copy.deepcopy(stranger.cookies)
        said = {**opened(stranger, "/entrar/", **CARMEN), "idempotency_key": "k1"}
        stranger.post("/entrar/", said)
        kept.append(IdempotencyKey.objects.latest("pk").key)
        stranger.cookies = cookies
    assert kept[0] != kept[1]


@pytest.mark.django_db(transaction=True)
def test_twenty_presses_at_once_make_one_account() -> None:
    make_person("Darío", "dario@example.com")
    first = Client()
    said = opened(first, "/registro/", **NEW)

    def press() -> tuple[str | None, str]:
        client = Client()
        client.cookies = copy.deepcopy(first.cookies)
        return client.post("/registro/", said).headers.get("Location"), client.cookies["sessionid"].value

    led = together([press] * 20)
    assert {place for place, _session in led} == {"/registro/codigo/"}
    assert len({session for _place, session in led}) == 1
    assert Person.objects.filter(email=NEW["email"]).count() == 1
    assert Session.objects.count() == 1
