"""The operator's day: what was looked for in vain, a promise that broke, and work that has stopped."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from playwright.sync_api import expect

from oportuno.doors.marketplace.testing import react
from oportuno.kernel.clock import now
from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation import for_market
from oportuno.kernel.jobs import defer
from oportuno.people.audience.testing import asked
from tests.stories.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def dead_letter(organisation: int) -> int:
    """A job that failed all its tries, and would do no harm now."""
    with for_market("a job that stopped"), connection.cursor() as cursor:
        number = defer("messaging.deliver", organisation=organisation, message=str(new_id()))
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [number])
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [number])
    assert number
    return number


def test_it_shows_what_needs_the_operator_and_lets_him_do_it(site: Site) -> None:
    market = site.market
    carmen = site.visitor()
    for _ in range(2):
        carmen.goto("/buscar/?q=peonias+de+invierno")
    asked(market.alba, at=now() - timedelta(days=20))
    assert market.alba.organisation
    site.work()
    number = dead_letter(market.alba.organisation.pk)
    react("search.count_demand")

    dario = site.signed_in(market.dario)
    dario.goto(market.dario.desk())
    dario.get_by_role("link", name="1 pregunta espera más de lo que prometió el oferente").click()
    expect(dario.locator("tbody")).to_contain_text("Flores de Alba")
    expect(dario.locator("tbody")).not_to_contain_text("rosas blancas")

    dario.get_by_role("link", name="Demanda").click()
    row = dario.locator("tbody tr", has_text="peonias de invierno")
    expect(row).to_be_visible()
    row.get_by_role("button", name="Marcar respondida").click()
    expect(dario.locator("tbody tr", has_text="peonias de invierno")).to_have_count(0)

    dario.get_by_role("link", name="Trabajos").click()
    stopped = dario.locator("tbody tr", has_text="messaging.deliver")
    expect(stopped).to_be_visible()
    stopped.get_by_role("button").click()
    expect(dario.locator("tbody tr", has_text="messaging.deliver")).to_have_count(0)
    site.work()
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [number])
        assert cursor.fetchone() == ("succeeded",)
    dario.goto(market.dario.desk("auditoria/"))
    expect(dario.locator("tbody tr").first).to_contain_text("Reanudó un trabajo")
