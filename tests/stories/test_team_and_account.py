"""A team on its phones: somebody is invited, comes in, takes the organisation over; and somebody changes how she signs in."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from oportuno.kernel.clock import now
from oportuno.people.messaging.testing import link_in
from oportuno.people.organisations.actions import create_key
from oportuno.people.organisations.testing import PASSWORD
from tests.stories.conftest import PHONE, Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NORA, ANOTHER, EMAIL = "nora@example.com", "siete tulipanes rojos", "input[name=email]:visible"
CODE = re.compile(r"^\s*([A-Z]{4}-[A-Z]{4})\s*$", re.MULTILINE)


def type_code(site: Site, page: Page, address: str) -> None:
    found = CODE.search(site.mail(address).get_body(("plain",)).get_content())
    assert found
    page.get_by_label("Código").fill(found[1])
    page.get_by_role("button", name="Confirmar").click()
    page.wait_for_load_state()


def sign_in(page: Page, address: str, password: str) -> None:
    page.goto("/entrar/")
    page.locator("input[name=login]").fill(address)
    page.locator("input[name=password]").fill(password)
    page.get_by_role("button", name="Entrar", exact=True).click()
    page.wait_for_load_state()


def give_role(page: Page, address: str, role: str) -> None:
    line = page.locator(".setting").filter(has_text=address)
    line.get_by_label("Rol").select_option(label=role)
    with page.expect_navigation():
        line.get_by_role("button", name="Cambiar").click()


def nothing_sticks_out(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url


def test_somebody_new_is_invited_and_takes_the_organisation_over(site: Site) -> None:
    alba = site.market.alba
    team = f"{alba.desk()}equipo/"
    hers = site.signed_in(alba, **PHONE)
    hers.goto(team)
    hers.get_by_text("Qué puede hacer cada rol").click()
    expect(hers.get_by_text("Todo menos lo de los propietarios")).to_be_visible()
    hers.get_by_label("Correo electrónico").fill(NORA)
    hers.locator("#invite").get_by_label("Rol", exact=True).select_option(label="Administrador")
    with hers.expect_navigation():
        hers.get_by_role("button", name="Enviar la invitación").click()
    expect(hers.get_by_text("En espera")).to_be_visible()
    nothing_sticks_out(hers)

    nora = site.visitor(**PHONE)
    nora.goto(link_in(site.mail(NORA), "/invitacion/"))
    nora.get_by_role("link", name="Crear una cuenta").click()
    nora.get_by_label("Tu nombre").fill("Nora Prieto")
    nora.get_by_label("Correo electrónico").fill(NORA)
    nora.get_by_label("Contraseña").fill(ANOTHER)
    with nora.expect_navigation():
        nora.get_by_role("button", name="Crear una cuenta").click()
    type_code(site, nora, NORA)
    nora.get_by_role("button", name="Aceptar").click()
    nora.wait_for_url(f"**{alba.desk()}")
    nora.goto(f"{alba.desk()}organizacion/")
    expect(nora.get_by_role("heading", name="Cerrar")).to_have_count(0)  # a manager manages; closing is the owners'

    give_role(hers, "alba@", "Administrador")
    expect(hers.get_by_text("Una organización necesita un propietario")).to_be_visible()
    give_role(hers, NORA, "Propietario")
    sign_in(nora, NORA, ANOTHER)  # another role ends her sign-ins
    give_role(hers, "alba@", "Administrador")
    expect(hers.locator(".setting").filter(has_text=NORA).get_by_text("Propietario")).to_be_visible()
    expect(hers.locator(".setting").filter(has_text=NORA).get_by_role("button", name="Cambiar")).to_have_count(0)

    nora.goto(team)
    line = nora.locator(".setting").filter(has_text="alba@")
    line.get_by_text("Sacar", exact=True).click()
    with nora.expect_navigation():
        line.get_by_role("button", name="Sacar ya").click()
    answer = hers.goto(team)
    assert "/entrar/" in hers.url or (answer and answer.status == 404)
    sign_in(hers, alba.person.email, PASSWORD)
    assert hers.goto(team).status == 404  # type: ignore[union-attr]


def test_somebody_changes_her_address_and_her_password_and_nobody_else_stays_in(site: Site) -> None:
    alba, new = site.market.alba, "alba.nueva@example.com"
    token = create_key(name="Bodega", scopes=["catalogue:read"], by=alba.member, at=now()).token
    hers, lost = site.visitor(**PHONE), site.signed_in(alba)
    sign_in(hers, alba.person.email, PASSWORD)
    hers.goto("/mi-cuenta/correos/")
    hers.locator(EMAIL).fill(new)
    with hers.expect_navigation():
        hers.get_by_role("button", name="Agregar y enviar un código").click()
    if "/confirmar/" in hers.url:
        hers.get_by_label("Contraseña").fill(PASSWORD)
        with hers.expect_navigation():
            hers.get_by_role("button", name="Confirmar").click()
    type_code(site, hers, new)
    assert hers.url.endswith("/mi-cuenta/correos/")
    nothing_sticks_out(hers)
    assert works(token)
    with hers.expect_navigation():
        hers.get_by_role("button", name="Hacerla principal").click()
    expect(hers.locator(".setting").filter(has_text=new).get_by_text("Principal")).to_be_visible()
    assert not works(token)
    lost.goto("/mi-cuenta/")
    assert "/entrar/" in lost.url
    assert "Se cambió la dirección" in site.mail(alba.person.email)["subject"]  # told where a thief does not read it

    sign_in(lost, new, PASSWORD)
    hers.goto("/mi-cuenta/seguridad/clave/")
    hers.locator("input[name=oldpassword]").fill(PASSWORD)
    hers.locator("input[name=password1]").fill(ANOTHER)
    hers.locator("input[name=password2]").fill(ANOTHER)
    with hers.expect_navigation():
        hers.get_by_role("button", name="Guardar la contraseña").click()
    assert hers.url.endswith("/mi-cuenta/seguridad/")
    lost.goto("/mi-cuenta/")
    assert "/entrar/" in lost.url
    sign_in(lost, new, PASSWORD)
    expect(lost.get_by_text("La dirección o la contraseña no es correcta").first).to_be_visible()
    sign_in(lost, new, ANOTHER)
    assert lost.url.endswith(alba.desk())


def works(token: str) -> bool:
    return Client().get("/api/v1/offers", headers={"authorization": f"Bearer {token}"}).status_code == 200
