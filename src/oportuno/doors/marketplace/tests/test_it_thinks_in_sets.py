"""A page asks the database as often for a full market as for an empty one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from oportuno.doors.marketplace.queries.packs import forget_pack
from oportuno.doors.marketplace.tests.conftest import address, body, sell
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory.testing import make_seller
from oportuno.people.organisations.testing import Actor

MOST = 40  # queries of the dearest page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "page", ["/", "/v/flores-de-alba/", "product", "/categorias/flores-cortadas/rosas/", "/vendedores/", "/buscar/?q=rosa"]
)
def test_no_page_asks_more_often_for_more_rows(
    market: catalogue.Offer,
    alba: Actor,
    eva: Actor,
    dario: Actor,
    stranger: Client,
    page: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    path = address(alba, market) if page == "product" else page
    sell(alba, "R-0", "Rosa 0")
    body(stranger, path)  # what is read once per process
    forget_pack()  # it is looked up by the clock: in both of these, so that neither counts one more
    with CaptureQueriesContext(connection) as asked:
        body(stranger, path)
    before = len(asked)
    assert 0 < before <= MOST
    make_seller(eva, dario)
    for number in range(1, 7):
        sell(alba, f"R-{number}", f"Rosa {number}")
        sell(eva, f"E-{number}", f"Rosa de Eva {number}")
    body(stranger, path)  # and what each new value is called: once per process too, however many there are
    forget_pack()
    with django_assert_max_num_queries(before):
        body(stranger, path)
