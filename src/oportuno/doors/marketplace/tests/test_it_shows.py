"""What a page tells of a seller, a product, an article, a comparison."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.test import Client

from oportuno.doors.marketplace.testing import SmallMarket
from oportuno.kernel.clock import now, stopped_at
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory

BOGOTA = ZoneInfo("America/Bogota")


def test_it_shows_the_difference_the_proof_and_a_promise(stranger: Client, small_market: SmallMarket) -> None:
    page = stranger.get("/v/flores-de-alba/").content.decode()
    assert "Alba corta de madrugada." in page
    assert "Empresa verificada" in page
    assert "Promete responder en 4 horas hábiles" in page
    assert 'href="/v/flores-de-alba/preguntar/"' in page


def test_it_says_whether_a_shop_is_open_now(stranger: Client, small_market: SmallMarket) -> None:
    with stopped_at(datetime(2026, 11, 23, 9, 0, tzinfo=BOGOTA)):  # a Monday
        assert "Abierto ahora" in stranger.get("/v/flores-de-alba/").content.decode()
    with stopped_at(datetime(2026, 11, 22, 9, 0, tzinfo=BOGOTA)):  # a Sunday
        assert "Cerrado ahora" in stranger.get("/v/flores-de-alba/").content.decode()


def test_it_says_on_which_days_a_shop_is_open(stranger: Client, small_market: SmallMarket) -> None:
    spanish, english = (stranger.get(f"{prefix}/v/flores-de-alba/").content.decode() for prefix in ("", "/en"))
    assert [day for day in ("Lunes", "Sábado", "Domingo") if f"<dt>{day}</dt>" in spanish] == ["Lunes", "Sábado", "Domingo"]
    assert "<dt>Monday</dt>" in english


def test_it_shows_all_who_offer_a_product_in_ones_own_currency_first(stranger: Client, small_market: SmallMarket) -> None:
    address = small_market.product("ROSA-1")
    in_colombia, in_mexico = (stranger.get(f"{prefix}{address}").context["lines"] for prefix in ("", "/es-mx"))
    assert [one.seller for one in in_colombia] == ["Flores de Alba", "Viveros Gala"]
    assert [one.seller for one in in_mexico] == ["Viveros Gala", "Flores de Alba"]
    assert in_colombia[0].tax == "IVA general 19 % incluido"
    assert all(one.tax for one in in_colombia), "what the state takes is said of every price"


def test_a_product_shows_its_sellers_certification_until_its_moment(stranger: Client, small_market: SmallMarket) -> None:
    address, moment = small_market.product("ROSA-1"), now() + timedelta(hours=1)
    with for_organisation(small_market.alba.member.organisation.pk):
        assert directory.Certification.objects.update(expires_at=moment)
    certified = {}
    for at in (moment - timedelta(seconds=1), moment):
        with stopped_at(at):
            certified[at] = {one.seller: one.certified for one in stranger.get(address).context["lines"]}["Flores de Alba"]
    assert list(certified.values()) == [True, False]


def test_it_says_what_a_price_is_for_in_the_readers_language(stranger: Client, small_market: SmallMarket) -> None:
    address = small_market.product("ROSA-1")
    with for_organisation(small_market.alba.member.organisation.pk):
        catalogue.Offer.objects.filter(sku="ROSA-1").update(unit="Caja")
    for language, said, unsaid in (("", "Caja", "Box"), ("/en", "Box", "Caja")):
        page = stranger.get(f"{language}{address}").content.decode()
        assert f'<span class="price-word">{said}</span>' in page
        assert f'<span class="price-word">{unsaid}</span>' not in page


def test_it_says_what_a_course_and_a_quote_are(stranger: Client, small_market: SmallMarket) -> None:
    course, advice = (stranger.get(small_market.product(sku)).content.decode() for sku in ("TALLER-1", "BODA-1"))
    assert "Quedan 12 cupos" in course
    assert "Pedir cotización" in advice
    assert "Precio a convenir" in advice or "price-ask" in advice


def test_it_shows_questions_already_answered(stranger: Client, small_market: SmallMarket) -> None:
    page = stranger.get(small_market.product("ROSA-1")).content.decode()
    assert "¿Llegan abiertas?" in page
    assert "punto de corte dos" in page
    assert "¿Llegan abiertas?" not in stranger.get(small_market.product("ROSA-2")).content.decode()


def test_it_compares_what_the_address_remembers(stranger: Client, small_market: SmallMarket) -> None:
    one, other = (small_market.products[sku].slug for sku in ("ROSA-2", "CLAVEL-1"))
    shown = stranger.get(f"/comparar/?p={one}&p={other}&p=no-hay").context["comparison"]
    assert [column.title for column in shown.columns] == ["Rosa blanca Freedom 2", "Clavel rojo 1"]
    price = next(row for group in shown.groups for row in group.rows if row.label == "Precio")
    assert price.best == 1, "the cheaper one is marked"
    assert shown.columns[0].remove == f"/comparar/?p={other}"
    assert all(f"p={one}&p={other}&p=" in addition.href for addition in shown.more)


def test_it_marks_no_cheapest_among_currencies(stranger: Client, small_market: SmallMarket) -> None:
    slugs = [small_market.products[sku].slug for sku in ("ROSA-2", "SUCULENTA-1")]
    shown = stranger.get("/comparar/", {"p": slugs}).context["comparison"]
    assert next(row for group in shown.groups for row in group.rows if row.label == "Precio").best is None


def test_it_shows_an_article_with_its_author_while_she_is_on_show(stranger: Client, small_market: SmallMarket) -> None:
    page = stranger.get("/conocimiento/cuidar-rosas/", follow=True).content.decode()
    assert "Agua fresca cada dos días." in page
    assert "Flores de Alba" in page
    assert "Fresh water every other day." in stranger.get("/en/conocimiento/cuidar-rosas/", follow=True).content.decode()
    seller = directory.published_seller("flores-de-alba")
    directory.suspend_seller(seller=seller.pk, reason="Se revisa una queja.", by=small_market.dario.member, at=seller.changed_at)
    assert stranger.get("/conocimiento/cuidar-rosas/").status_code == 404
    assert "Cómo cuidar rosas" not in stranger.get("/conocimiento/").content.decode()


def test_it_turns_the_pages_of_knowledge_without_losing_any(stranger: Client, small_market: SmallMarket) -> None:
    from oportuno.kernel.clock import now
    from oportuno.offer.knowledge.testing import show_article

    at = now()
    for number in range(25):
        show_article(slug=f"texto-{number}", seller="flores-de-alba", title={"es": f"Texto {number}"}, body={"es": "Uno.\n\nDos."}, at=at)
    seen: list[str] = []
    address = "/conocimiento/articulos/"
    while address:
        answer = stranger.get(address)
        seen += [str(one.id) for one in answer.context["writings"]]
        address = answer.context["next"]
    assert len(seen) == len(set(seen)) == 26


def test_it_looks_well_before_it_opens(stranger: Client, db: None) -> None:
    from oportuno.doors.marketplace.queries.packs import forget_pack

    forget_pack()
    for path in (
        "/",
        "/buscar/",
        "/vendedores/",
        "/categorias/",
        "/conocimiento/",
        "/verificacion/",
        "/vender/",
        "/comparar/",
        "/sitemap.xml",
    ):
        assert stranger.get(path).status_code == 200, path
    assert "./oportuno pack install flores" in stranger.get("/").content.decode()


def test_what_a_suspended_seller_offered_is_gone_before_any_worker_wakes(stranger: Client, small_market: SmallMarket) -> None:
    seller = directory.published_seller("flores-de-alba")
    directory.suspend_seller(seller=seller.pk, reason="Se revisa una queja.", by=small_market.dario.member, at=seller.changed_at)
    assert stranger.get(small_market.product("CLAVEL-1")).status_code == 404
    shared = stranger.get(small_market.product("ROSA-1"))
    assert [one.seller for one in shared.context["lines"]] == ["Viveros Gala"], "who else offers it still does"
    slug = small_market.products["CLAVEL-1"].slug
    for page in (
        "/",
        "/buscar/?q=clavel",
        "/buscar/?q=alba",
        "/vendedores/",
        "/categorias/flores-cortadas/claveles/",
        f"/comparar/?p={slug}",
        "/conocimiento/",
    ):
        told = stranger.get(page).content.decode()
        assert "Flores de Alba" not in told, page
        assert "Clavel rojo 1" not in told, page


def test_it_says_in_words_that_a_page_is_not_there(stranger: Client, small_market: SmallMarket) -> None:
    for path, words in (("/v/nadie/", "Esta página no existe"), ("/en/productos/nothing/", "This page does not exist")):
        answer = stranger.get(path)
        page = answer.content.decode()
        assert answer.status_code == 404
        assert f"<h1>{words}" in page
        assert f"<title>{words}" in page
