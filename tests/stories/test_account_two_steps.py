"""Getting in, and staying the only one who does: a second step, a passkey, codes for the day the phone is lost, other devices."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from playwright.sync_api import Page, expect

from oportuno.people.organisations.testing import PASSWORD, Actor
from oportuno.people.organisations.tests.helpers import code_for
from tests.stories.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SECURITY = "/mi-cuenta/seguridad/"
BUILT_IN = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}


@pytest.fixture
def home(site: Site, settings: LazySettings) -> Site:
    """The market under the name that passkeys belong to."""
    settings.ORIGIN = site.url = f"http://localhost:{urlsplit(site.url).port}"
    return site


@pytest.fixture
def dario(home: Site) -> Actor:
    """No demo person: he runs the market in earnest."""
    found = home.market.dario
    found.person.is_demo = False
    found.person.save()
    return found


def sign_in(page: Page, email: str) -> None:
    page.goto("/entrar/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Entrar", exact=True).click()
    page.wait_for_load_state()


def confirm(page: Page) -> None:
    """Prove once more that it is he, where that is asked."""
    if "/confirmar/" in page.url:
        page.locator("input[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Confirmar").click()


def test_staff_come_in_with_a_second_step_alone_and_with_a_recovery_code_when_the_phone_is_lost(home: Site, dario: Actor) -> None:
    page = home.visitor()
    sign_in(page, dario.person.email)
    page.goto(f"{dario.desk()}verificacion/")
    expect(page.get_by_text("Falta un paso")).to_be_visible()

    page.goto(f"{SECURITY}aplicacion/")
    confirm(page)
    secret = page.locator("[data-copy-from]").inner_text()
    page.get_by_label("Código que muestra la aplicación").fill(code_for(secret))
    page.get_by_role("button", name="Agregar la aplicación").click()
    page.goto(f"{SECURITY}codigos/")
    confirm(page)
    codes = page.locator(".codes code").all_text_contents()
    assert len(codes) == 10
    page.goto(f"{dario.desk()}verificacion/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Verificación")

    elsewhere = home.visitor()
    sign_in(elsewhere, dario.person.email)
    assert elsewhere.url.endswith("/entrar/segundo-paso/")
    elsewhere.goto(f"{dario.desk()}verificacion/")
    assert "/entrar/" in elsewhere.url  # the password alone opens nothing
    elsewhere.get_by_label("Código").fill(codes[0])
    elsewhere.get_by_role("button", name="Entrar", exact=True).click()
    elsewhere.wait_for_load_state()
    elsewhere.goto(f"{dario.desk()}verificacion/")
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Verificación")


def test_a_passkey_signs_in_alone_and_a_device_signed_out_elsewhere_is_out(home: Site) -> None:
    alba = home.market.alba
    phone = home.visitor()
    devtools = phone.context.new_cdp_session(phone)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {**BUILT_IN, "automaticPresenceSimulation": True}})
    sign_in(phone, alba.person.email)
    phone.goto(f"{SECURITY}llaves/nueva/")
    confirm(phone)
    phone.get_by_label("¿Cómo llamas a este dispositivo?").fill("Mi teléfono")
    with phone.expect_navigation():  # the device answers first
        phone.get_by_role("button", name="Crear la llave de acceso").click()
    phone.goto(SECURITY)
    expect(phone.get_by_text("Mi teléfono")).to_be_visible()

    phone.context.clear_cookies()
    phone.goto("/entrar/")
    phone.get_by_role("button", name="Entrar con una llave de acceso").click()
    phone.wait_for_url(f"**{alba.desk()}")

    lost = home.signed_in(alba)
    lost.goto(f"{alba.desk()}equipo/")
    expect(lost.get_by_role("heading", level=1)).to_have_text("Equipo")
    phone.goto(SECURITY)
    with phone.expect_navigation():
        phone.get_by_role("button", name="Cerrar la sesión en los demás").click()
    expect(phone.get_by_text("Este dispositivo")).to_be_visible()
    lost.goto(f"{alba.desk()}equipo/")
    assert "/entrar/" in lost.url
    phone.goto(alba.desk())
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Alba")
