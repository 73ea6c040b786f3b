"""A company signs up, applies with its papers and is vetted; buyers find it from then on, and no longer once it is suspended."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from playwright.sync_api import Page, expect

from oportuno.doors.marketplace.testing import react, refresh
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory
from oportuno.offer.directory.testing import PDF, fill_in
from oportuno.people.messaging.testing import wait_for
from oportuno.people.organisations.testing import Actor, make_organisation, make_person
from oportuno.people.organisations.tests.helpers import CODE
from tests.stories.conftest import PHONE, Site, link_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DESK, GOOD, RARE = "/desk/orquideas-de-nora/", "Orquídea fantasma de Nora", "orquídea fantasma"
READERS = ("directory.write_letters", "directory.index_sellers", "catalogue.follow_sellers", "catalogue.feed_search")


def test_a_company_signs_up_and_applies_on_its_phone(site: Site, settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "oportuno.people.messaging.backend.EmailBackend"  # not the tests' own
    nora = site.visitor(**PHONE)
    sign_up(nora, site)
    nora.get_by_role("link", name="Crea una organización").click()
    nora.locator("input[name=name]").fill("Orquídeas de Nora")
    nora.get_by_role("button", name="Crearla").click()
    nora.goto(f"{DESK}solicitud/")
    nora.get_by_role("button", name="Empezar la solicitud").click()
    tell_who_she_is(nora)
    show_evidence(nora)
    nora.get_by_label("Acepto la declaración").check()
    nora.get_by_role("button", name="Guardar y seguir").click()
    expect(nora.get_by_text("Todavía falta")).to_have_count(0)
    nora.get_by_role("button", name="Entregar").click()
    expect(nora.get_by_text("La tenemos nosotros")).to_be_visible()
    with for_market("test"):
        assert [row.name for row in directory.queue(at=now()).rows] == ["Orquídeas de Nora"]


def sign_up(nora: Page, site: Site) -> None:
    nora.goto("/registro/")
    nora.locator("input[name=name]").fill("Nora")
    nora.locator("input[name=email]").fill("nora@example.com")
    nora.locator("input[name=password1]").fill("tres orquídeas en el bosque")
    nora.get_by_role("button", name="Crear una cuenta").click()
    letter = site.mail("nora@example.com").get_body(("plain",)).get_content()
    nora.get_by_label("Código").fill(CODE.search(letter)[1])  # type: ignore[index]
    nora.get_by_role("button", name="Confirmar").click()
    nora.wait_for_url("**/mi-cuenta/")


def tell_who_she_is(nora: Page) -> None:
    nora.locator("select[name=home]").select_option("CO-05-615")
    nora.locator("input[name=phone]").fill("123")
    nora.get_by_role("button", name="Guardar y seguir").click()
    expect(nora.get_by_text("A este teléfono nadie podría llamar").first).to_be_visible()
    nora.locator("input[name=phone]").fill("300 123 4567")
    nora.get_by_role("button", name="Guardar y seguir").click()
    nora.get_by_label("Floristerías", exact=True).check()
    nora.locator("main summary", has_text="Colombia").click()
    nora.get_by_label("Todo Colombia").check()
    nora.get_by_role("button", name="Guardar y seguir").click()
    nora.locator("textarea[name=difference_es]").fill("Solo orquídeas, y solo las que florecen dos veces.")
    nora.get_by_role("button", name="Guardar y seguir").click()


def show_evidence(nora: Page) -> None:
    number = nora.locator("#tax_co")
    number.locator("input[name=words]").fill("900123456-7")
    number.get_by_role("button", name="Agregar").click()
    expect(nora.get_by_text("no corresponde a los demás").first).to_be_visible()
    number.locator("input[name=words]").fill("900.123.456-8")
    number.get_by_role("button", name="Agregar").click()
    for key in ("rut_co", "chamber_co"):
        paper = nora.locator(f"#{key}")
        paper.locator("input[type=file]").set_input_files({"name": f"{key}.pdf", "mimeType": "application/pdf", "buffer": PDF})
        paper.get_by_role("button", name="Agregar").click()
        expect(nora.get_by_text(f"{key}.pdf")).to_be_visible()
    for n in range(3):
        customer = nora.locator("#references")
        customer.locator("input[name=name]").fill(f"Cliente {n}")
        customer.locator("input[name=phone]").fill(f"300 123 456{n}")
        customer.get_by_role("button", name="Agregar").click()
    expect(nora.locator("#references").get_by_text("Cliente 2")).to_be_visible()
    nora.get_by_role("link", name="Seguir", exact=True).click()


@pytest.fixture
def nora(site: Site) -> Actor:
    """She has applied, and one orchid stands ready in her catalogue."""
    person = make_person("Nora")
    nora = Actor(person, make_organisation("Orquídeas de Nora", owner=person))
    fill_in(nora.member, now())
    with for_organisation(nora.member.organisation.pk):
        directory.submit_application(by=nora.member, at=now())
        words = catalogue.Words(title_es=GOOD, description_es="No tiene hojas.")
        offer = catalogue.create_product(words=words, listing=catalogue.Listing(sku="N-1"), by=person.pk, at=now(), on_hand=2)
        catalogue.show_many(offers=[offer.pk], active=True, by=person.pk, at=now())
    refresh(site.market)
    return nora


def test_buyers_find_her_once_she_is_vetted_and_no_longer_when_she_is_suspended(site: Site, nora: Actor) -> None:
    carmen, dario = site.visitor(), site.signed_in(site.market.dario)
    assert seen(carmen) == set()

    dario.goto(f"{site.market.dario.desk()}verificacion/")
    dario.get_by_role("link", name="Orquídeas de Nora").click()
    vet(dario)
    wait_for(lambda: len(after_all_readers(site, carmen)) == 3)
    carmen.goto("/v/orquideas-de-nora/")
    expect(carmen.get_by_text("Pedido de prueba")).to_be_visible()

    welcome = site.mail("nora@example.com")
    assert welcome["Subject"] == "Orquídeas de Nora está aprobada"
    assert link_in(welcome, "/v/") == "/v/orquideas-de-nora/"
    owner = site.signed_in(nora)
    owner.goto(nora.desk())
    expect(owner.get_by_text(step_of(nora)).first).to_be_visible()

    dario.goto(f"{site.market.dario.desk()}vendedores/?q=orquideas")
    dario.get_by_role("link", name="Orquídeas de Nora").click()
    dario.get_by_text("Suspender", exact=True).first.click()
    dario.locator("textarea[name=reason]").first.fill("Dos pedidos sin entregar.")
    dario.get_by_role("button", name="Suspender").click()
    expect(dario.get_by_text("Dos pedidos sin entregar.")).to_be_visible()
    assert seen(carmen) == set()
    wait_for(lambda: carmen.goto("/v/orquideas-de-nora/").status == 404)  # type: ignore[union-attr]  # pages are kept for some seconds


def step_of(nora: Actor) -> str:
    with for_organisation(nora.member.organisation.pk):
        step = directory.next_step(nora.member.organisation.pk)
    assert step is not None
    return directory.said(step.title)


def after_all_readers(site: Site, carmen: Page) -> set[str]:
    react(*READERS)
    site.work()
    return seen(carmen)


def seen(carmen: Page) -> set[str]:
    """Where she is found: by search, in the directory, through the API."""
    pages = {
        "search": (f"/buscar/?q={RARE}", GOOD),
        "directory": ("/vendedores/", "Orquídeas de Nora"),
        "api": (f"/api/v1/search?q={RARE}", '"N-1"'),
    }
    return {where for where, (page, word) in pages.items() if word in carmen.request.get(page).text()}


def vet(dario: Page) -> None:
    """Decide on each requirement that waits, with a reason; then answer."""
    order = dario.locator("#test_order")
    order.locator("textarea[name=words]").fill("Llegó completo y a tiempo.")
    order.get_by_role("button", name="Guardar la prueba").click()
    for key in ("tax_co", "rut_co", "chamber_co", "references", "test_order"):
        one = dario.locator(f"#{key}")
        one.locator("input[name=verdict][value=approve]").check()
        one.locator("textarea[name=own]").fill("Está en regla.")
        one.get_by_role("button", name="Decidir").click()
    dario.get_by_role("button", name="Aprobar al oferente").click()
    expect(dario.get_by_text("El oferente ya tiene su respuesta")).to_be_visible()
