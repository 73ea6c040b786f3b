"""The second factor: compulsory for whoever runs the market."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django.fixtures import Settings

from oportuno.kernel.audit.models import AuditEntry
from oportuno.kernel.isolation import for_organisation
from oportuno.people.organisations.testing import Actor
from oportuno.people.organisations.tests.helpers import browser_of, code_for, sign_in, signed_in, sure_browser_of

EMAIL = "dario@example.com"


def add_app(client: Client) -> str:
    """Add an authenticator app; its secret."""
    secret = client.get("/mi-cuenta/seguridad/aplicacion/").context["form"].secret
    assert client.post("/mi-cuenta/seguridad/aplicacion/", {"code": code_for(secret)}).status_code == 302
    return str(secret)


@pytest.fixture
def real_dario(dario: Actor) -> Actor:
    """Darío, no demo person."""
    dario.person.is_demo = False
    dario.person.save()
    return dario


def test_it_keeps_staff_out_of_the_workbench_until_they_have_one(real_dario: Actor) -> None:
    answer = real_dario.get(real_dario.desk("equipo/"))
    assert answer.headers["Location"] == "/mi-cuenta/seguridad/"
    add_app(client := sure_browser_of(EMAIL))
    assert client.get(real_dario.desk("equipo/")).status_code == 200


def test_it_lets_demo_staff_in_but_never_in_production(dario: Actor, settings: Settings) -> None:
    assert dario.get(dario.desk("equipo/")).status_code == 200
    settings.PRODUCTION = True
    assert dario.get(dario.desk("equipo/")).status_code == 302


def test_it_asks_for_the_code_after_the_password(real_dario: Actor) -> None:
    add_app(sure_browser_of(EMAIL))
    client = Client()
    assert sign_in(client, EMAIL).headers["Location"] == "/entrar/segundo-paso/"
    assert not signed_in(client)
    client = Client()
    sign_in(client, EMAIL)
    assert client.post("/entrar/segundo-paso/", {"code": "000000"}).status_code == 200
    assert not signed_in(client)
    client = Client()
    sign_in(client, EMAIL)
    client.post("/entrar/segundo-paso/", {"code": recovery_code(real_dario)})
    assert signed_in(client)


def recovery_code(actor: Actor) -> str:
    return str(Authenticator.objects.get(user=actor.person, type="recovery_codes").wrap().get_unused_codes()[0])


def test_it_keeps_secrets_encrypted(dario: Actor) -> None:
    secret = add_app(sure_browser_of(EMAIL))
    kept = Authenticator.objects.get(user=dario.person, type="totp").data
    assert secret not in str(kept)


def test_it_ends_other_sign_ins_and_tells_when_it_is_added_and_removed(
    dario: Actor, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: Any
) -> None:
    thief, owner = browser_of(EMAIL), sure_browser_of(EMAIL)
    with django_capture_on_commit_callbacks(execute=True):
        add_app(owner)
    assert not signed_in(thief)
    thief = dario.client
    dario.client.force_login(dario.person)
    with django_capture_on_commit_callbacks(execute=True):
        assert owner.post("/mi-cuenta/seguridad/aplicacion/retiro/").status_code == 302
    assert not signed_in(thief)
    assert signed_in(owner)
    assert not Authenticator.objects.filter(user=dario.person).exists()
    assert {letter.subject for letter in mailoutbox} >= {
        "Se agregó una aplicación de códigos a tu cuenta",
        "Se quitó la aplicación de códigos de tu cuenta",
    }
    assert dario.organisation
    with for_organisation(dario.organisation.pk):
        assert AuditEntry.objects.filter(action="remove second factor").exists()
