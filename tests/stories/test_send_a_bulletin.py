"""Alba writes to who asked for it, on a phone: from a template to the report that counts, and Carmen leaves by the link in it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from oportuno.growth.campaigns import api as campaigns
from oportuno.growth.campaigns.testing import reader, sit
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.people.messaging.actions import printing
from tests.stories.conftest import PHONE, Site, in_a_thread, watched

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_bulletin_is_sent_from_a_phone_and_its_report_counts(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "next_allowed", lambda at, *law: at)  # the story may be told on a Sunday; the law has its own tests
    alba = site.market.alba
    sit(alba)
    for email, name in (("carmen@example.com", "Carmen Rojas"), ("rosa@example.com", "Rosa")):
        reader(alba, email, name)
    page = site.signed_in(alba, **PHONE)
    wrong = watched(page)
    page.goto(alba.desk("campanas/nueva/"))
    page.get_by_label("Nombre", exact=True).fill("Primer boletín")
    page.get_by_label("Una hoja en blanco").check()
    page.get_by_role("button", name="Empezar a escribir").click()
    page.get_by_label("Asunto", exact=True).fill("Rosas de esta semana")
    sheet = page.locator("[data-content-editor] [contenteditable=true]").first
    sheet.click()
    page.keyboard.type('Hola {{ given_name | "amiga" }}, llegaron rosas.')
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), "nothing hangs over the edge of a phone"
    page.get_by_role("button", name="Guardar y verla").click()
    expect(page.get_by_text("Como le llegaría a")).to_be_visible()
    frame = page.frame_locator("iframe[title='El correo']")
    expect(frame.get_by_text("llegaron rosas")).to_be_visible()
    page.get_by_role("link", name="En modo oscuro").click()
    expect(frame.get_by_text("llegaron rosas")).to_be_visible()
    page.get_by_role("link", name="Solo palabras").click()
    expect(page.locator("pre")).to_contain_text("llegaron rosas")
    page.get_by_role("link", name="Enviar…").click()
    expect(page.get_by_text("A unas 2 personas que lo aceptaron.")).to_be_visible()
    page.get_by_role("button", name="Dejar que salga").click()
    expect(page.get_by_text("Va en camino")).to_be_visible()
    mail = site.mail("carmen@example.com")
    assert mail["Subject"] == "Rosas de esta semana"
    assert "Hola Carmen, llegaron rosas." in mail.get_body(("plain",)).get_content()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    expect(page.get_by_text("2 lectores = 2 enviados + 0 fallidos + 0 retenidos + 0 en espera.")).to_be_visible(timeout=15_000)

    def end() -> None:
        assert alba.organisation
        with for_organisation(alba.organisation.pk):
            campaigns.finish_done(now() + timedelta(minutes=1))

    in_a_thread(end)
    page.reload()
    expect(page.locator("#figures").get_by_text("Enviada", exact=True)).to_be_visible()
    assert wrong == []
