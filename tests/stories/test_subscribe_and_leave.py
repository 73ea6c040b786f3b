"""A visitor subscribes, confirms by mail, stands in the workbench with the evidence, and leaves with one click."""

from __future__ import annotations

import pytest
import requests
from playwright.sync_api import expect

from tests.stories.conftest import Site, link_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_it_takes_somebody_in_by_two_steps_and_lets_him_go_by_one(site: Site) -> None:
    carmen = site.visitor()
    carmen.goto("/boletin/")
    carmen.get_by_label("Tu correo").fill("carmen@example")
    carmen.get_by_label("Tu nombre").fill("Carmen")
    carmen.locator("input[name=agrees]").check()
    carmen.locator("main form").first.evaluate("form => form.noValidate = true")
    carmen.get_by_role("button", name="Suscribirme").click()
    expect(carmen.get_by_label("Tu nombre")).to_have_value("Carmen")  # what was typed stays
    expect(carmen.locator("#id_email")).to_have_attribute("aria-invalid", "true")
    carmen.get_by_label("Tu correo").fill("carmen@example.com")
    carmen.get_by_role("button", name="Suscribirme").click()
    expect(carmen.get_by_role("heading", level=1)).to_have_text("Mira tu correo")

    carmen.goto(link_in(site.mail("carmen@example.com")))
    carmen.get_by_role("button", name="Confirmar").click()
    expect(carmen.get_by_role("heading", level=1)).to_have_text("Confirmado, gracias")

    dario = site.signed_in(site.market.dario)
    dario.goto(site.market.dario.desk("contactos/"))
    dario.get_by_role("link", name="Carmen").click()
    expect(dario.locator("#timeline")).to_contain_text("confirmó con el enlace del correo")
    dario.get_by_text("Pruebas").click()
    expect(dario.locator(".evidence")).to_contain_text("Autorizo a El Mercado a enviarme su boletín")

    welcome = site.mail("carmen@example.com")
    assert welcome["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    way_out = str(welcome["List-Unsubscribe"]).strip("<>")
    assert requests.get(way_out, timeout=10).status_code == 200  # reading changes nothing
    dario.reload()
    expect(dario.locator("#timeline")).not_to_contain_text("Retiró")
    assert requests.post(way_out, {"List-Unsubscribe": "One-Click"}, timeout=10).status_code == 200
    dario.reload()
    expect(dario.locator("#timeline")).to_contain_text("Retiró")
