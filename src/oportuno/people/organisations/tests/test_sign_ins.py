"""Where somebody is signed in; what ends it. An old cookie opens nothing (threat T06, invariant I4)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.people.organisations.actions import create_key
from oportuno.people.organisations.models import SignIn
from oportuno.people.organisations.queries import key_for, sign_ins_of
from oportuno.people.organisations.testing import PASSWORD, Actor
from oportuno.people.organisations.tests.helpers import ANOTHER, browser_of, code_in, sign_in, signed_in, sure_browser_of

EMAIL = "alba@example.com"


@pytest.fixture
def thief(alba: Actor) -> Client:
    """Somebody who holds a cookie of Alba's."""
    return browser_of(EMAIL)


def change_password(client: Client, old: str = PASSWORD) -> int:
    return client.post("/mi-cuenta/seguridad/clave/", {"oldpassword": old, "password1": ANOTHER, "password2": ANOTHER}).status_code


def test_it_lists_every_browser_and_names_this_one(alba: Actor) -> None:
    phone = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"})
    sign_in(phone, EMAIL)
    page = phone.get("/mi-cuenta/seguridad/").content.decode()
    assert "Chrome · Android" in page
    assert len(sign_ins_of(alba.person.pk, at=now())) == 2


def test_it_writes_last_seen_at_most_every_five_minutes(alba: Actor) -> None:
    def seen() -> object:
        return SignIn.objects.get(person_id=alba.person.pk).seen_at

    first = seen()
    alba.at(now())  # another browser would be another row; the same one asks again:
    alba.moment = now() + timedelta(minutes=4)
    SignIn.objects.exclude(seen_at=first).delete()
    alba.get("/mi-cuenta/")
    assert seen() == first
    alba.moment = now() + timedelta(minutes=6)
    alba.get("/mi-cuenta/")
    assert seen() == alba.moment


def test_it_signs_one_browser_out_from_another(alba: Actor, thief: Client) -> None:
    stolen = sign_ins_of(alba.person.pk, at=now())[0]
    alba.post(f"/mi-cuenta/sesiones/{stolen.pk}/cierre/")
    assert not signed_in(thief)
    assert signed_in(alba.client)


def test_it_signs_all_others_out(alba: Actor, thief: Client) -> None:
    alba.post("/mi-cuenta/sesiones/cierre/")
    assert not signed_in(thief)
    assert signed_in(alba.client)


def test_it_does_not_let_gala_sign_alba_out(alba: Actor, gala: Actor) -> None:
    mine = sign_ins_of(alba.person.pk, at=now())[0]
    assert gala.post(f"/mi-cuenta/sesiones/{mine.pk}/cierre/").status_code == 404
    assert signed_in(alba.client)


def test_it_leaves_a_cookie_worthless_after_signing_out(alba: Actor) -> None:
    client = browser_of(EMAIL)
    copied = Client()
    copied.cookies = client.cookies
    client.post("/salir/")
    assert not signed_in(copied)


def test_it_ends_everything_else_when_the_password_changes(alba: Actor, thief: Client) -> None:
    token = create_key(name="Bodega", scopes=["stock:write"], by=alba.member, at=now()).token
    owner = browser_of(EMAIL)
    assert change_password(owner) == 302
    assert signed_in(owner)
    assert not signed_in(thief)
    assert key_for(token) is None


def test_it_ends_everything_when_the_password_is_set_anew_by_mail(alba: Actor, thief: Client, mailoutbox: list[EmailMessage]) -> None:
    owner = Client()
    owner.post("/clave/olvidada/", {"email": EMAIL})
    owner.post("/clave/codigo/", {"code": code_in(mailoutbox[0])})
    assert owner.post("/clave/nueva/", {"password1": ANOTHER, "password2": ANOTHER}).status_code == 302
    assert not signed_in(thief)
    assert sign_in(Client(), EMAIL, ANOTHER).status_code == 302


def test_it_ends_everything_else_when_the_address_changes(alba: Actor, thief: Client) -> None:
    EmailAddress.objects.create(user=alba.person, email="alba@otra.example", verified=True)
    owner = sure_browser_of(EMAIL)
    owner.post("/mi-cuenta/correos/", {"email": "alba@otra.example", "action_primary": ""})
    alba.person.refresh_from_db()
    assert alba.person.email == "alba@otra.example"
    assert signed_in(owner)
    assert not signed_in(thief)


def test_it_asks_again_who_it_is_before_opening_the_account_wider(alba: Actor, thief: Client) -> None:
    for page in ("aplicacion/", "llaves/nueva/", "codigos/nuevos/"):
        assert "/mi-cuenta/seguridad/confirmar/" in thief.get(f"/mi-cuenta/seguridad/{page}").headers["Location"]
    EmailAddress.objects.create(user=alba.person, email="thief@example.com", verified=True)
    thief.post("/mi-cuenta/correos/", {"email": "thief@example.com", "action_primary": ""})
    alba.person.refresh_from_db()
    assert alba.person.email == EMAIL
