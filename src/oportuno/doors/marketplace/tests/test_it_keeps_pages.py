"""Public pages are kept a moment for everybody: right within five seconds, and never one person's for another."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from oportuno.doors.marketplace import middleware
from oportuno.doors.marketplace.testing import SmallMarket
from oportuno.doors.marketplace.tests.conftest import body, sell
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory
from oportuno.offer.search.testing import TALLIED
from oportuno.people.organisations.testing import Actor

OUT = "/salir/"


class Hand:
    """The hand of the shelf's clock."""

    def __init__(self) -> None:
        self.at = 1_000.0

    def monotonic(self) -> float:
        return self.at


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Hand:
    made = Hand()
    monkeypatch.setattr(middleware, "time", SimpleNamespace(monotonic=made.monotonic))
    monkeypatch.setattr(middleware.SHELF, "is_open", True)
    return made


@pytest.mark.django_db
def test_it_is_right_within_five_seconds(
    market: catalogue.Offer, alba: Actor, stranger: Client, hand: Hand, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    before = body(stranger, "/v/flores-de-alba/")
    sell(alba, "NUEVA", "Rosa recién cortada")
    with django_assert_num_queries(0):
        assert body(stranger, "/v/flores-de-alba/") == before
    hand.at += middleware.KEPT
    assert middleware.KEPT < 5
    assert "Rosa recién cortada" in body(stranger, "/v/flores-de-alba/")


@pytest.mark.django_db
def test_other_caches_add_nothing_to_its_age(market: catalogue.Offer, stranger: Client, hand: Hand) -> None:
    assert stranger.get("/")["Cache-Control"] == "public, max-age=4"
    hand.at += 3.5
    assert int(stranger.get("/")["Age"]) == 4  # whoever keeps it further has no time left


@pytest.mark.django_db
def test_it_never_shows_one_persons_page_to_another(market: catalogue.Offer, alba: Actor, carmen: Actor, hand: Hand) -> None:
    hers = alba.get("/")
    assert hers["Cache-Control"] == "private, max-age=0"
    everybodys = body(Client(), "/")
    assert OUT in hers.content.decode()
    assert OUT not in everybodys
    assert OUT in carmen.get("/").content.decode()
    assert body(Client(), "/") == everybodys
    assert len(middleware.SHELF) == 1


@pytest.mark.django_db
def test_it_keeps_each_language_theme_question_and_part_apart(market: catalogue.Offer, stranger: Client, hand: Hand) -> None:
    plain = body(stranger, "/vendedores/")
    assert '<html lang="en"' in body(stranger, "/en/vendedores/")
    assert "Flores de Alba" not in body(stranger, "/vendedores/?q=nadie")
    part = body(stranger, "/vendedores/", HTTP_HX_REQUEST="true")
    assert "<html" not in part
    dark = Client()
    dark.cookies["theme"] = "dark"
    assert 'data-theme="dark"' in body(dark, "/vendedores/")
    assert body(stranger, "/vendedores/") == plain
    assert 'data-theme="dark"' not in plain


@pytest.mark.django_db
def test_it_keeps_no_refusal_and_no_form(market: catalogue.Offer, stranger: Client, hand: Hand) -> None:
    stranger.get("/v/nadie/")
    stranger.get("/v/flores-de-alba/preguntar/")
    stranger.get("/visitas/")
    assert len(middleware.SHELF) == 0


@pytest.mark.django_db
def test_a_shelf_counted_a_moment_ago_shows_nobody_who_was_hidden_since(
    small_market: SmallMarket, stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted with her; and a reader of facts that had begun before puts her documents back: cards are made of what is on show now."""
    monkeypatch.setattr(TALLIED, "seconds", 1_000)
    monkeypatch.setattr(TALLIED, "is_open", True)
    monkeypatch.setattr(TALLIED, "_kept", OrderedDict())
    shelf = "/categorias/flores-cortadas/"
    assert told_of_alba(body(stranger, shelf)) == [True, True]
    seller = directory.published_seller("flores-de-alba")
    with put_back_afterwards():
        directory.suspend_seller(seller=seller.pk, reason="Se revisa una queja.", by=small_market.dario.member, at=seller.changed_at)
    assert told_of_alba(body(stranger, shelf)) == [False, False]
    assert len(TALLIED._kept) == 1  # nobody counted again


def told_of_alba(page: str) -> list[bool]:
    return ["Flores de Alba" in page, "Clavel rojo 1" in page]


@contextmanager
def put_back_afterwards() -> Iterator[None]:
    """The index is afterwards as it was before."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE before AS SELECT * FROM search_document")
        yield
        cursor.execute("INSERT INTO search_document SELECT * FROM before ON CONFLICT DO NOTHING")
        cursor.execute("DROP TABLE before")
