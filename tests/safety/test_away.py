"""While the database is away, whoever asks is told so at once; when it is back, so is the market."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import Client

from oportuno.config.logging import be_brief_about_an_absent_database
from oportuno.kernel.away import is_database_away
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db(transaction=True)


def cut_off() -> None:
    """The server ends our session, as it does when it stops."""
    connection.close()
    connection.ensure_connection()
    with psycopg.connect(**given()) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])


def given() -> dict[str, Any]:
    params = connection.get_connection_params()
    return {name: params[name] for name in ("host", "port", "user", "password", "dbname") if name in params}


@pytest.fixture
def visitor() -> Iterator[Client]:
    yield Client(raise_request_exception=False)
    connection.close()


@pytest.mark.parametrize("path", ["/vendedores/", "/en/", "/buscar/?q=rosa", "/entrar/", "/sitemap.xml"])
def test_it_says_that_it_is_back_soon(visitor: Client, path: str) -> None:
    cut_off()
    answer = visitor.get(path)
    if path != "/entrar/":  # which asks for nothing
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "<h1>" in answer.content.decode()
        assert "Content-Security-Policy" in answer.headers
    connection.close()
    assert visitor.get(path).status_code == 200


def test_it_says_so_to_whoever_is_signed_in(alba: Actor) -> None:
    """Where the very session cannot be read."""
    alba.client.raise_request_exception = False
    cut_off()
    assert alba.get(alba.desk()).status_code == 503
    connection.close()
    assert alba.get(alba.desk()).status_code == 200


def test_it_says_so_to_programs(visitor: Client) -> None:
    cut_off()
    answer = visitor.get("/api/v1/sellers")
    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "application/problem+json")
    assert json.loads(answer.content)["title"] == "away"
    cut_off()
    assert visitor.get("/readyz").status_code == 503
    assert visitor.get("/healthz").status_code == 200


def test_it_does_not_take_a_query_that_was_given_up_for_an_absent_server() -> None:
    with pytest.raises(OperationalError) as given_up, connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '1ms'; SELECT pg_sleep(1)")
    assert not is_database_away(given_up.value)
    assert is_database_away(OperationalError("no server"))
    connection.close()


def test_it_writes_one_line_about_it() -> None:
    for error, brief in ((OperationalError("no server"), True), (ValueError("x"), False)):
        told = be_brief_about_an_absent_database(None, "", {"event": "x", "exc_info": (type(error), error, None)})
        assert ("exc_info" not in told) is brief
