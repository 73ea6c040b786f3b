"""Signing up and in: what a stranger learns, what a guesser gets, what letters say (threats T05, T06, T07)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django.fixtures import Settings

from oportuno.kernel.clock import now
from oportuno.people.organisations.models import Guess, Person
from oportuno.people.organisations.queries import memberships_of, sign_ins_of
from oportuno.people.organisations.testing import PASSWORD, Actor
from oportuno.people.organisations.tests.helpers import browser_of, code_in, link_in, sign_in, signed_in, without_tokens

NEW = {"name": "Nueva", "email": "nueva@example.com", "password1": "siete tulipanes rojos"}


@pytest.mark.django_db
def test_it_takes_a_stranger_in_by_a_code(stranger: Client, mailoutbox: list[EmailMessage]) -> None:
    stranger.post("/registro/", NEW)
    assert not signed_in(stranger)
    stranger.post("/registro/codigo/", {"code": code_in(mailoutbox[0])})
    assert signed_in(stranger)
    person = Person.objects.get(email="nueva@example.com")
    assert (person.name, person.language, person.is_demo) == ("Nueva", "es-co", False)


@pytest.mark.django_db
def test_it_reads_only_the_fields_of_the_form(stranger: Client) -> None:
    stranger.post(
        "/registro/",
        NEW | {"is_demo": "on", "is_active": "", "is_superuser": "on", "is_staff": "on", "id": "1", "language": "en", "role": "owner"},
    )
    person = Person.objects.get(email="nueva@example.com")
    assert (person.is_demo, person.is_active, person.language) == (False, True, "es-co")


def test_it_changes_only_name_and_language_in_my_account(carmen: Actor) -> None:
    before = Person.objects.filter(pk=carmen.person.pk).values().get()
    carmen.post("/mi-cuenta/", {"name": "Carmen Luz", "language": "es-mx", **{f: "x" for f in before if f not in ("name", "language")}})
    after = Person.objects.filter(pk=carmen.person.pk).values().get()
    assert {field for field in before if before[field] != after[field]} == {"name", "language"}


def test_it_founds_no_operator_whatever_is_posted(carmen: Actor) -> None:
    form = {"name": "Rosas", "kind": "operator", "country": "MX"}
    assert carmen.post("/mi-cuenta/organizaciones/nueva/", form).status_code == 422
    assert carmen.post("/mi-cuenta/organizaciones/nueva/", form | {"kind": "seller", "slug": "el-mercado", "owner": "x"}).status_code == 302
    [mine] = memberships_of(carmen.person)
    assert (mine.organisation.slug, mine.organisation.currency, mine.organisation.time_zone) == ("rosas", "MXN", "America/Mexico_City")


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["1234567890", "password123", "corta", "nueva@example.com"])
def test_it_refuses_passwords_that_many_use(stranger: Client, password: str) -> None:
    stranger.post("/registro/", NEW | {"password1": password})
    assert not Person.objects.exists()


def test_it_answers_a_known_and_an_unknown_address_alike(alba: Actor, mailoutbox: list[EmailMessage]) -> None:
    for address, fields in (
        ("/entrar/", {"password": "falsch und lang"}),
        ("/clave/olvidada/", {}),
        ("/entrar/codigo/", {}),
        ("/registro/", NEW),
    ):
        pages = []
        for email in ("alba@example.com", "zoe0@example.com"):
            client = Client()
            answer = client.post(address, {**fields, "login": email, "email": email}, follow=True)
            pages.append((answer.redirect_chain, answer.status_code, without_tokens(answer.content.decode()).replace(email, "…")))
        assert pages[0] == pages[1], address
    assert len(mailoutbox) == 6


def test_it_gives_a_guesser_ten_tries_whatever_network_he_comes_from(alba: Actor, settings: Settings) -> None:
    checked = []
    for number in range(60):
        cache.clear()  # as if another process of the web answered: each has a count of its own
        answer = sign_in(Client(), "alba@example.com", f"guess number {number}", REMOTE_ADDR=f"10.0.{number}.1")
        checked.append("La dirección o la contraseña" in answer.content.decode())
    assert sum(checked) == 10
    assert not signed_in_with_password("10.9.9.9")
    assert Guess.objects.count() == 10


def signed_in_with_password(address: str) -> bool:
    client = Client()
    sign_in(client, "alba@example.com", REMOTE_ADDR=address)
    return signed_in(client)


def test_it_still_lets_the_owner_in_from_a_device_she_used_before(alba: Actor) -> None:
    hers = browser_of("alba@example.com")
    hers.post("/salir/")
    for number in range(12):
        sign_in(Client(), "alba@example.com", f"guess number {number}", REMOTE_ADDR=f"10.0.{number}.1")
    assert not signed_in_with_password("10.9.9.9")
    sign_in(hers, "alba@example.com", REMOTE_ADDR="10.9.9.8")
    assert signed_in(hers)


def test_it_does_not_take_galas_device_for_albas(alba: Actor, gala: Actor) -> None:
    galas = browser_of("gala@example.com")
    galas.post("/salir/")
    for number in range(10):
        sign_in(Client(), "alba@example.com", f"guess number {number}", REMOTE_ADDR=f"10.0.{number}.1")
    sign_in(galas, "alba@example.com", REMOTE_ADDR="10.9.9.8")
    assert not signed_in(galas)


def test_it_forgives_after_fifteen_minutes(alba: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(10):
        sign_in(Client(), "alba@example.com", f"guess number {number}", REMOTE_ADDR=f"10.0.{number}.1")
    Guess.objects.update(at=now() - timedelta(minutes=15, seconds=1))
    cache.clear()  # the web process's own count, which a quarter of an hour would have emptied
    assert signed_in_with_password("10.9.9.9")


def test_it_slows_one_network_down(alba: Actor) -> None:
    tried = [sign_in(Client(), f"somebody{n}@example.com", "a wrong password", REMOTE_ADDR="10.1.1.1").content.decode() for n in range(25)]
    assert sum("La dirección o la contraseña" in page for page in tried) == 20


def test_it_does_not_count_the_right_password(alba: Actor) -> None:
    for _time in range(12):
        browser_of("alba@example.com").post("/salir/")
    assert Guess.objects.count() == 0


def test_it_signs_in_by_a_code_without_a_password(carmen: Actor, stranger: Client, mailoutbox: list[EmailMessage]) -> None:
    stranger.post("/entrar/codigo/", {"email": "carmen@example.com"})
    stranger.post("/entrar/codigo/confirmar/", {"code": code_in(mailoutbox[0])})
    assert signed_in(stranger)


def test_who_goes_back_and_signs_in_again_is_in_already(carmen: Actor) -> None:
    browser, before = Client(enforce_csrf_checks=True), len(sign_ins_of(carmen.person.pk, at=now()))
    token = token_of(browser.get("/entrar/?next=/mi-cuenta/preguntas/"))
    said = {"login": "carmen@example.com", "password": PASSWORD, "csrfmiddlewaretoken": token}
    assert browser.post("/entrar/?next=/mi-cuenta/preguntas/", said).headers["Location"] == "/mi-cuenta/preguntas/"
    again = browser.post("/entrar/?next=/mi-cuenta/preguntas/", said, follow=True)
    assert (again.status_code, again.redirect_chain[-1][0]) == (200, "/mi-cuenta/preguntas/")
    assert len(sign_ins_of(carmen.person.pk, at=now())) == before + 1


def test_a_form_with_an_old_token_changes_nothing_and_says_what_to_do(carmen: Actor) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.get("/entrar/")
    refused = browser.post("/entrar/", {"login": "carmen@example.com", "password": PASSWORD, "csrfmiddlewaretoken": "x" * 64})
    assert refused.status_code == 403
    assert "Este formulario estuvo abierto demasiado tiempo." in refused.content.decode()
    assert not signed_in(browser)
    browser.post(
        "/entrar/", {"login": "carmen@example.com", "password": PASSWORD, "csrfmiddlewaretoken": token_of(browser.get("/entrar/"))}
    )
    closing = browser.post("/mi-cuenta/borrado/", {"typed_address": "carmen@example.com", "csrfmiddlewaretoken": "x" * 64})
    assert closing.status_code == 403
    assert signed_in(browser)


def token_of(page: Any) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def test_it_goes_nowhere_but_to_our_own_pages(carmen: Actor) -> None:
    for wanted in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        answer = Client().post("/entrar/", {"login": "carmen@example.com", "password": PASSWORD, "next": wanted})
        assert answer.headers["Location"] == "/mi-cuenta/"


def test_it_says_it_in_the_readers_language(carmen: Actor, mailoutbox: list[EmailMessage]) -> None:
    carmen.person.language = "en"
    carmen.person.save()
    Client().post("/clave/olvidada/", {"email": "carmen@example.com"})
    Client().post("/en/clave/olvidada/", {"email": "nobody@example.com"})
    Client().post("/clave/olvidada/", {"email": "nadie@example.com"})
    assert [letter.subject for letter in mailoutbox] == [
        "Your code for a new password",
        "There is no account with this address",
        "No hay una cuenta con esta dirección",
    ]
    assert link_in(mailoutbox[1]) == f"{settings.ORIGIN}/en/registro/"
