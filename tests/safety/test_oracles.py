"""What somebody else has looks like what nobody has: codes, addresses, names (T04)."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.safety import answers
from tests.safety.examples import Door, doors, values_for, without
from tests.safety.market import CANARY, Market

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ONE_MARKET = True
OF_ROWS = ("uuid", "uuidstr")
VALUES = re.compile(r"'[^']*'|\b[0-9]+\b|\bs[0-9]+_x[0-9]+\b")  # and names of savepoints
ROSE = {"product": {"title_es": "Rosa"}, "prices": [{"amount": "1.00", "currency": "COP"}]}


def api(market: Market, method: str, path: str, body: Any = None) -> HttpResponse:
    cache.clear()
    sent = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
    client = Client(raise_request_exception=False)
    return getattr(client, method.lower())(f"/api/v1/{path}", HTTP_AUTHORIZATION=f"Bearer {market.keys['gala']}", **sent)  # type: ignore[no-any-return]


def shape(answer: HttpResponse, value: str) -> tuple[int, str]:
    """Status and which fields the answer has; values that differ each time are left out."""
    body = answer.content.decode().replace(value, "*")
    try:
        told = json.loads(body)
    except ValueError:
        return answer.status_code, body
    return answer.status_code, ",".join(sorted(told)) if answer.status_code < 400 else body


SKU, NOBODYS = f"SKU {CANARY}", "SKU Canario de Nadie"


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "offers/{}"), ("DELETE", "offers/{}"), ("GET", "offers?q={}"), ("GET", "contacts?q={}")]
)
def test_a_code_of_others_answers_like_one_of_nobody(market: Market, method: str, path: str) -> None:
    theirs, none = (api(market, method, path.format(value)) for value in (SKU, NOBODYS))
    assert shape(theirs, SKU) == shape(none, NOBODYS)


def test_a_code_of_others_is_free_to_use(market: Market) -> None:
    found = []
    for value in (SKU, NOBODYS):
        with transaction.atomic():
            found.append(shape(api(market, "PUT", f"offers/{value}", ROSE), value))
            transaction.set_rollback(True)
    assert found[0] == found[1]
    assert found[0][0] == 201


def test_a_contact_of_others_is_new_to_oneself(market: Market) -> None:
    theirs, none = f"c{market.organisation}@example.com", "nobody-at-all@example.com"
    told = [shape(api(market, "POST", "contacts", {"email": one, "source": "feria"}), one) for one in (theirs, none)]
    assert told[0] == told[1]
    assert told[0][0] == 201


def test_an_organisation_with_the_name_of_another_is_founded_like_any(market: Market) -> None:
    """Its address gets a number, which says only what the directory says anyway; the answer is the same."""
    told = []
    for name in ("Flores de Alba", "Flores de Nadie"):
        answer = answers.ask(
            market.carmen.client, "POST", "/mi-cuenta/organizaciones/nueva/", {"name": name, "kind": "seller", "country": "CO"}
        )
        told.append(answer.status_code)
    assert told[0] == told[1] == 302


def test_the_desk_of_others_answers_like_one_of_nobody(market: Market) -> None:
    for path in ("", "productos/", "contactos/", "equipo/", "importaciones/", "preguntas/"):
        theirs, none = (answers.ask(market.gala.client, "GET", f"/desk/{slug}/{path}") for slug in ("flores-de-alba", "flores-de-nadie"))
        assert answers.plain(theirs, "flores-de-alba") == answers.plain(none, "flores-de-nadie")
        assert theirs.status_code == 404


def test_a_filter_over_others_counts_nothing(market: Market) -> None:
    """Searching one's own lists for words that only others have."""
    for path, name in (("contactos/", "q"), ("productos/", "q"), ("existencias/", "q")):
        page = market.gala.get(market.gala.desk(path), {name: CANARY})
        assert page.status_code == 200
        assert CANARY not in page.content.decode().replace(f'value="{CANARY}"', "").replace(f"“{CANARY}”", "")


@pytest.mark.parametrize("ask", ["/entrar/", "/clave/olvidada/"])
def test_a_known_address_is_answered_like_an_unknown_one(market: Market, ask: str) -> None:
    told = []
    for address in ("alba@example.com", "nadie@example.com"):
        cache.clear()
        answer = answers.ask(Client(), "POST", ask, {"login": address, "email": address, "password": "no es la suya"})
        told.append(answers.plain(answer, address))
    assert told[0] == told[1]


def told(market: Market, door: Door, values: dict[str, Any], name: str) -> tuple[list[str], int, bytes]:
    """For one address, asked by Gala: what the database is asked, without the values; status and body, without the object's name."""
    cache.clear()
    keyed = {"HTTP_AUTHORIZATION": f"Bearer {market.keys['gala']}"} if door.policies["GET"].audience == "key" else {}
    client = Client() if keyed else market.gala.client
    with CaptureQueriesContext(connection) as asked:
        answer = answers.ask(client, "GET", door.address(values), None, **keyed)
    status, body, _headers = answers.plain(answer, str(values[name]))
    return [VALUES.sub("?", one["sql"]) for one in asked.captured_queries], status, body


def test_what_others_have_costs_what_nobody_has(market: Market) -> None:
    """Invariant I3 without a clock: for another's row and for none, the same statements in the same order, and the same bytes."""
    wrong, compared = [], 0
    for door in doors():
        if door.policies["GET"].audience not in ("member", "key"):
            continue
        for name in (name for name, kind in door.parameters if kind in OF_ROWS or name == "sku"):
            theirs = {**values_for(door, market), "organisation": market.gala.member.organisation.slug}
            compared += 1
            for _time in range(3):  # what is kept for a moment is looked up now and then; what tells them apart, each time
                found, none = (told(market, door, values, name) for values in (theirs, without(door, theirs, name)))
                if found == none:
                    break
            else:
                shown = (f"{one[1]} {one[2][:60]!r} after {len(one[0])} statements" for one in (found, none))
                wrong.append(f"{door.path} <{name}>: {' for another’s, '.join(shown)} for none")
    assert not wrong, "\n".join(wrong)
    assert compared > 20
