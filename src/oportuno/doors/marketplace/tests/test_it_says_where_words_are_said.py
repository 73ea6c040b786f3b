"""A word's entry leads to the texts that name it, whatever they are; search shows a question and its answers once."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from oportuno.doors.marketplace.testing import SmallMarket, small_market
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market
from oportuno.offer.directory import api as directory
from oportuno.offer.experts.testing import answer, make_expert, shown
from oportuno.offer.glossary.testing import make_term
from oportuno.offer.knowledge.testing import show_article
from oportuno.offer.search import api as search

__all__ = ["small_market"]
pytestmark = pytest.mark.django_db
WORD = "/glosario/vida-en-florero/"


def write(seller: str, slug: str, title: str, body: str) -> None:
    show_article(slug=slug, seller=seller, title={"es": title}, body={"es": body}, at=now())


def page(client: Client, address: str) -> str:
    answered = client.get(address)
    assert answered.status_code == 200
    return unescape(answered.content.decode())


def test_it_lists_the_texts_that_name_a_word(small_market: SmallMarket, client: Client) -> None:
    make_term(small_market.dario, "vida en florero", "Días que dura una flor cortada.")
    assert "Textos que lo nombran" not in page(client, WORD)
    write("flores-de-alba", "uno", "Cuánto dura una rosa", "La vida en florero se mide en días.")
    write("viveros-gala", "dos", "Cómo se riega", "Toda la vida regamos; el florero se lava aparte.")
    question = shown(small_market.dario, "¿Qué alarga las vidas en florero?")
    answer(small_market.alba, make_expert(small_market.alba, operator=small_market.dario), question, operator=small_market.dario)
    search.learn(anew=True)
    said = page(client, WORD)
    assert "Textos que lo nombran" in said
    assert "Cuánto dura una rosa" in said
    assert said.count("¿Qué alarga las vidas en florero?") == 1, "in the plural too, and the question once"
    assert "Cómo se riega" not in said, "three words of a text are not the name"
    with for_market("a test"):
        directory.Seller.objects.filter(slug="flores-de-alba").update(published=False)
    assert "Cuánto dura una rosa" not in page(client, WORD)


def test_it_asks_as_much_for_many_texts_as_for_one(
    small_market: SmallMarket, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_term(small_market.dario, "vida en florero", "Días que dura una flor cortada.")
    for number in range(12):
        write("flores-de-alba", f"n{number}", f"Rosas, parte {number}", "La vida en florero se mide en días.")
    search.learn(anew=True)
    page(client, WORD)
    with django_assert_max_num_queries(40):
        assert page(client, WORD).count("Rosas, parte") == 8


def test_search_shows_a_question_and_its_answers_once(small_market: SmallMarket, client: Client) -> None:
    question = shown(small_market.dario, "¿Cómo se conserva la lavanda?")
    for who in (small_market.alba, small_market.gala):
        answer(who, make_expert(who, operator=small_market.dario), question, "La lavanda se cuelga boca abajo y a oscuras diez días.",
               operator=small_market.dario)  # fmt: skip
    search.learn(anew=True)
    assert page(client, "/buscar/?q=lavanda").count('<h2><a href="/preguntas/') == 1
    first = search.search(search.Query(text="lavanda", limit=1))
    assert (first.total, len(first.items), first.next) == (1, 1, None), "nor again on the next page"


def test_what_search_counts_is_what_it_shows(small_market: SmallMarket, client: Client) -> None:
    """A question and its answers count once for their kind, and once for each seller who answered: narrowed to her, it is found."""
    question = shown(small_market.dario, "¿Cómo se conserva la lavanda?")
    for who in (small_market.alba, small_market.gala, small_market.alba):
        answer(who, make_expert(who, operator=small_market.dario), question, "La lavanda se cuelga boca abajo y a oscuras diez días.",
               operator=small_market.dario)  # fmt: skip
    write("flores-de-alba", "lavanda", "La lavanda en casa", "La lavanda quiere sol.")
    search.learn(anew=True)
    found = search.search(search.Query(text="lavanda"))
    assert [(one.value, one.count) for one in found.facets.kinds] == [("content", 2)]
    assert found.total == len(found.items) == 2
    assert {one.value: one.count for one in found.facets.sellers}["flores-de-alba"] == 2
    for seller in found.facets.sellers:
        narrowed = search.search(search.Query(text="lavanda", seller=seller.value))
        assert (seller.value, narrowed.total, len(narrowed.items)) == (seller.value, seller.count, seller.count)


def test_search_finds_a_word_of_the_trade(small_market: SmallMarket, client: Client) -> None:
    make_term(small_market.dario, "bisel", "Corte inclinado del tallo.")
    search.learn(anew=True)
    found = page(client, "/buscar/?q=bisel")
    assert '<a href="/glosario/bisel/">bisel</a>' in found
    assert "Corte inclinado del tallo." in found
