"""A buyer walks a guide: a question a page, what each answer leaves, and what to let go where nothing is left."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from oportuno.doors.marketplace.testing import SmallMarket, react, small_market
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market, for_organisation, for_public
from oportuno.kernel.testing.queue import give_up, waiting
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory
from oportuno.offer.guides import api as guides
from oportuno.offer.guides.testing import figures, option, question, show_guide, write_guide
from oportuno.offer.search import api as search
from oportuno.people.audience import api as audience
from oportuno.people.audience.api.forms import stamp_of
from oportuno.people.organisations.testing import Actor

__all__ = ["small_market"]
pytestmark = pytest.mark.django_db
OWN = {"HTTP_ORIGIN": "http://testserver"}


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def said(client: Client, **given: object) -> str:
    """The address to which an answer leads."""
    return str(client.post("/guias/que-rosa/respuestas/", given, **OWN)["Location"])


def test_it_leads_from_question_to_question_and_keeps_the_answers_in_the_address(small_market: SmallMarket, client: Client) -> None:
    show_guide(small_market.dario, now())
    assert "Qué rosa" in page(client, "/guias/")
    front = page(client, "/guias/que-rosa/")
    assert "¿Color?" in front
    assert "Libro de rosas" in front
    first = said(client)
    assert "¿Flor?" in page(client, first)
    second = said(client, question="flor", option="rosas")
    assert second == "/guias/que-rosa/paso/?r.flor=rosas"
    assert 'name="r.flor" value="rosas"' in page(client, second)
    third = said(client, question="color", option=["rojo", "blanco"], **{"r.flor": "rosas"})
    end = said(client, question="precio", option="poco", **dict(parse_qsl(urlsplit(third).query)))
    assert urlsplit(end).path == "/guias/que-rosa/resultado/"


def test_it_counts_beside_each_option_what_is_left_with_it(small_market: SmallMarket, client: Client) -> None:
    show_guide(small_market.dario, now())
    with for_public():
        walked = guides.walk(guides.shown_guide("que-rosa").content, {"flor": ["rosas"]})
        assert walked.now is not None
        assert {one.option.key: one.count for one in guides.counted(walked, walked.now, ())} == {"rojo": 1, "blanco": 1}
    colours = page(client, "/guias/que-rosa/paso/?r.flor=rosas")
    assert colours.count("1 sirve") == 2


def test_it_shows_what_fits_and_why_and_where_that_is_written(small_market: SmallMarket, client: Client) -> None:
    show_guide(small_market.dario, now())
    found = page(client, "/guias/que-rosa/resultado/?r.flor=rosas&r.color=rojo&r.precio=poco")
    assert "Rosa roja Freedom 1" in found
    assert "Rosa blanca" not in found
    assert "Duran una semana." in found
    assert "Libro de rosas" in found
    assert "Flores de Alba" in found
    assert "Zafiro" not in found


def test_it_says_which_answer_to_let_go_and_how_many_that_gives(small_market: SmallMarket, client: Client) -> None:
    show_guide(small_market.dario, now())
    nothing = page(client, "/guias/que-rosa/resultado/?r.flor=rosas&r.color=rojo&r.precio=mucho")
    assert "Nada cumple todo" in nothing
    assert "1 sirve sin esto" in nothing
    assert "r.precio=_" in nothing
    assert "Rosa roja Freedom 1" in page(client, "/guias/que-rosa/resultado/?r.precio=_&r.flor=rosas&r.color=rojo")


def test_it_goes_back_with_the_answers_kept(small_market: SmallMarket, client: Client) -> None:
    show_guide(small_market.dario, now())
    back = page(client, "/guias/que-rosa/paso/?r.flor=rosas&r.color=rojo&r.precio=poco&volver=color")
    assert 'value="rojo" id="o-rojo" checked' in back
    assert 'name="r.precio" value="poco"' in back
    assert urlsplit(said(client, question="color", option="blanco", **{"r.flor": "rosas", "r.precio": "poco"})).path.endswith("/resultado/")


def test_it_asks_again_who_chose_nothing(small_market: SmallMarket, client: Client) -> None:
    show_guide(small_market.dario, now())
    assert "Elige una respuesta" in page(client, said(client, question="flor"))
    assert "¿Color?" in page(client, said(client, question="flor", option="_"))


WHERE = {
    "questions": [
        question("flor", option("rosas", {"kind": "category", "key": "rosas"}), option("cualquiera")),
        question(
            "ciudad",
            option("medellin", {"kind": "delivery", "key": "CO-05-001"}),
            option("bogota", {"kind": "delivery", "key": "CO-11-001"}),
            option("leticia", {"kind": "delivery", "key": "CO-91-001"}),
            several=True,
        ),
    ]
}


@pytest.mark.django_db(transaction=True)
def test_it_finds_who_delivers_there_as_soon_as_a_seller_says_so(small_market: SmallMarket, client: Client) -> None:
    show_guide(small_market.dario, now(), content=WHERE)
    freedom, there = "Rosa roja Freedom 1", "/guias/que-rosa/resultado/?r.flor=rosas&r.ciudad={}".format
    assert freedom in page(client, there("leticia"))  # all of Colombia, and what lies in it
    serve(small_market.alba, "CO-05", "CO-11-001")
    assert freedom in page(client, there("medellin"))
    assert freedom in page(client, there("bogota"))
    assert freedom in page(client, there("leticia&r.ciudad=bogota"))
    assert "Nada cumple todo" in page(client, there("leticia"))
    assert page(client, "/guias/que-rosa/paso/?r.flor=rosas").count("4 sirven") == 2


def serve(seller: Actor, *places: str) -> None:
    """The seller says that it delivers there, and search follows; other words of its profile are no reason to."""
    assert seller.organisation
    own = seller.organisation.pk
    react("catalogue.follow_places")
    give_up("catalogue.feed_seller")  # what opened the market
    with for_organisation(own):
        directory.change_profile(by=seller.member, at=now(), difference_es="Cortamos de noche.")
    react("catalogue.follow_places")
    assert waiting("catalogue.feed_seller") == []
    with for_organisation(own):
        directory.choose_scope(sectors=["floristerias"], places=places, by=seller.member, at=now())
    react("catalogue.follow_places")
    assert len(waiting("catalogue.feed_seller")) == 1
    catalogue.feed_seller(own)


@pytest.mark.django_db(transaction=True)
def test_it_counts_who_came_and_what_was_said_without_saying_who(small_market: SmallMarket, client: Client) -> None:
    show_guide(small_market.dario, now())
    said(client)
    said(client)
    said(client, question="flor", option="claveles")
    said(client, question="precio", option="igual", **{"r.flor": "claveles"})
    client.post("/guias/que-rosa/respuestas/", {"question": "flor", "option": "rosas"})  # from nobody's page: sent on, not believed
    react("guides.count_walks")
    assert figures() == {("flor", ""): 2, ("flor", "claveles"): 1, ("precio", ""): 1, ("precio", "igual"): 1, ("-", ""): 1}


def test_it_takes_no_answer_that_the_guide_does_not_ask(small_market: SmallMarket, client: Client) -> None:
    show_guide(small_market.dario, now())
    assert said(client, question="flor", option="'; DROP TABLE guide") == "/guias/que-rosa/paso/"
    assert "¿Flor?" in page(client, "/guias/que-rosa/paso/?r.flor=tulipanes&r.nada=1")


def test_it_hides_a_draft_and_the_guide_of_a_seller_who_is_not_on_show(small_market: SmallMarket, client: Client) -> None:
    write_guide(small_market.dario, now(), title="Borrador")
    version = write_guide(small_market.hugo, now(), title="Zafiro guía")
    with for_market("a test"):
        guides.Guide.objects.filter(pk=version.guide_id).update(published=True, version=1, slug="zafiro")
    assert client.get("/guias/borrador/").status_code == 404
    assert client.get("/guias/zafiro/").status_code == 404
    assert client.post("/guias/zafiro/respuestas/", **OWN).status_code == 404
    assert "Zafiro" not in page(client, "/guias/")


def test_it_tells_programs_what_answers_find_and_what_to_let_go(small_market: SmallMarket, client: Client) -> None:
    show_guide(small_market.dario, now())
    where = "/api/v1/guides/que-rosa/results"
    found = client.get(where, {"answer": ["flor=rosas", "color=rojo", "precio=poco"]}).json()
    assert (found["total"], found["unanswered"], found["fitting"][0]["title"]) == (1, None, "Rosa roja Freedom 1")
    nothing = client.get(where, {"answer": ["flor=rosas", "color=rojo", "precio=mucho"]}).json()
    assert nothing["fitting"] == []
    assert nothing["loosen"][0] == {"question": "precio", "count": 1}
    assert client.get(where, {"answer": "flor=rosas"}).json()["unanswered"] == "color"


def test_it_speaks_english(small_market: SmallMarket, client: Client) -> None:
    show_guide(small_market.dario, now())
    found = page(client, "/en/guias/que-rosa/resultado/?r.flor=rosas&r.color=rojo&r.precio=poco")
    assert "1 fits what you said" in found
    assert "Rosas (en)" in found


def test_it_is_found_by_search_while_its_maker_is_on_show(small_market: SmallMarket, client: Client) -> None:
    own = show_guide(small_market.dario, now(), title="Guía para escoger peonías")
    version = write_guide(small_market.alba, now(), title="Guía de peonías blancas")
    with for_market("a test"):
        row = guides.GuideVersion.objects.get(pk=version.pk)
        guides.Guide.objects.filter(pk=version.guide_id).update(published=True, version=1, slug="peonias", content=row.content)
    guides.find_guides([own.pk, version.guide_id])
    found = page(client, "/buscar/?q=peonías")
    assert "Guía para escoger peonías" in found
    assert "/guias/peonias/" in found
    assert "/guias/peonias/" in page(client, "/sitemap-guides.xml")
    with for_market("a test"):
        directory.Seller.objects.filter(slug="flores-de-alba").update(published=False)
    hidden = page(client, "/buscar/?q=peonías")  # the index still has it
    assert "/guias/peonias/" not in hidden
    assert "/guias/guia-para-escoger-peonias/" in hidden
    guides.follow_owners([small_market.alba.member.organisation.pk])
    assert search.search(search.Query(text="peonías")).total == 1


@pytest.mark.django_db(transaction=True)
def test_it_knows_who_left_an_address_and_asks_him_to_confirm(small_market: SmallMarket, client: Client) -> None:
    show_guide(small_market.dario, now())
    where = "/guias/que-rosa/novedades/?r.flor=rosas"
    assert "Recibir lo nuevo sobre esto" in page(client, where)
    stamp = stamp_of(now() - timedelta(seconds=30))
    assert client.post(where, {"email": "carmen@example.com", "stamp": stamp}).status_code == 422
    assert client.post(where, {"email": "carmen@example.com", "agrees": "on", "stamp": stamp}).status_code == 302
    with for_organisation(small_market.dario.member.organisation.pk):
        contact = audience.Contact.objects.get(email="carmen@example.com")
        told = [one.kind for one in audience.timeline_of(contact).facts]
    assert contact.source == "guide"
    assert "guides.guide_led" in told
