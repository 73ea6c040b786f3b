"""Passkeys in a real browser, with an authenticator of its own: signing up, in, and adding one to an account."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage
from django.db import connections
from playwright.sync_api import Page, sync_playwright
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from oportuno.people.organisations.models import Person
from oportuno.people.organisations.testing import PASSWORD, make_person
from oportuno.people.organisations.tests.helpers import code_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
BUILT_IN = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}


@pytest.fixture
def phone(live_server: LiveServer, settings: Settings) -> Iterator[Page]:
    """A browser with a built-in authenticator, which asks for nothing twice. It fails the test when our pages break the CSP."""
    port = urlsplit(live_server.url).port
    settings.ORIGIN = f"http://localhost:{port}"
    complaints: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        page = browser.new_context(base_url=settings.ORIGIN, locale="es-CO").new_page()
        page.on("console", lambda message: complaints.append(message.text) if "Content Security Policy" in message.text else None)
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {**BUILT_IN, "automaticPresenceSimulation": True}})
        yield page
        browser.close()
        connections.close_all()  # those opened while the browser's event loop runs; the next test gets another database
    assert complaints == []


def sign_up(phone: Page, mailoutbox: list[EmailMessage]) -> None:
    phone.goto("/registro/")
    phone.get_by_role("link", name="Sin contraseña, con una llave de acceso").click()
    phone.get_by_label("Tu nombre").fill("Nueva")
    phone.get_by_label("Correo electrónico").fill("nueva@example.com")
    phone.get_by_role("button", name="Seguir").click()
    phone.get_by_label("Código").fill(code_in(mailoutbox[-1]))
    phone.get_by_role("button", name="Confirmar").click()
    phone.get_by_role("button", name="Crear la llave de acceso").click()
    phone.wait_for_url("**/mi-cuenta/")


def test_it_signs_up_and_in_without_a_password(phone: Page, mailoutbox: list[EmailMessage]) -> None:
    sign_up(phone, mailoutbox)
    person = Person.objects.get(email="nueva@example.com")
    assert not person.has_usable_password()
    assert Authenticator.objects.get(user=person).type == "webauthn"
    phone.context.clear_cookies()
    phone.goto("/mi-cuenta/")
    phone.wait_for_url("**/entrar/**")
    phone.get_by_role("button", name="Entrar con una llave de acceso").click()
    phone.wait_for_url("**/mi-cuenta/")
    assert phone.get_by_label("Tu nombre").input_value() == "Nueva"


def test_it_adds_a_passkey_to_an_account_and_gives_recovery_codes(phone: Page) -> None:
    carmen = make_person("Carmen")
    phone.goto("/entrar/")
    phone.get_by_label("Correo electrónico").fill(carmen.email)
    phone.get_by_label("Contraseña").fill(PASSWORD)
    phone.get_by_role("button", name="Entrar", exact=True).click()
    phone.wait_for_url("**/mi-cuenta/")
    phone.goto("/mi-cuenta/seguridad/llaves/nueva/")
    phone.get_by_label("Contraseña").fill(PASSWORD)
    phone.get_by_role("button", name="Confirmar").click()
    phone.get_by_role("button", name="Crear la llave de acceso").click()
    phone.wait_for_url("**/codigos/")
    assert phone.locator(".codes li").count() == 10
    assert Authenticator.objects.get(user=carmen, type="webauthn").wrap().is_passwordless


def test_it_says_so_when_the_device_refuses(phone: Page) -> None:
    phone.goto("/entrar/")
    phone.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')); }")
    phone.get_by_role("button", name="Entrar con una llave de acceso").click()
    phone.get_by_text("No se usó la llave de acceso").wait_for()
