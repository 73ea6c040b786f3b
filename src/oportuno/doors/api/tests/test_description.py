"""The description of the API is complete, kept in docs/api/openapi.json, and true."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from oportuno.doors.api import pace
from oportuno.doors.api.tests.conftest import Program
from oportuno.doors.api.urls import api
from oportuno.kernel.clock import now
from oportuno.kernel.packs import Pack
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory.testing import make_seller
from oportuno.people.audience.testing import make_contact
from oportuno.people.organisations.testing import Actor

KEPT = Path(__file__).parents[5] / "docs/api/openapi.json"
EXAMPLES = int(os.environ.get("OPORTUNO_API_EXAMPLES", "80"))  # for each operation; the nightly run takes more
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


MADE_AND_READ = (
    {"POST /api/v1/contacts", "GET /api/v1/contacts/{contact}"},
    {"POST /api/v1/contacts", "PATCH /api/v1/contacts/{contact}"},
    {"POST /api/v1/contacts", "DELETE /api/v1/contacts/{contact}"},
    {"POST /api/v1/campaigns", "GET /api/v1/campaigns/{campaign}"},
    {"POST /api/v1/segments", "GET /api/v1/segments/{segment}"},
    {"POST /api/v1/contact-imports", "GET /api/v1/contact-imports/{run}"},
    {"POST /api/v1/imports", "GET /api/v1/imports/{run}"},
    {"PUT /api/v1/offers/{sku}", "GET /api/v1/offers/{sku}"},
)


def described() -> dict[str, Any]:
    return json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, one) for path, methods in described()["paths"].items() for method, one in methods.items()]


def test_it_is_what_is_kept_in_the_docs() -> None:
    told = json.dumps(described(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if os.environ.get("OPORTUNO_RENEW"):
        KEPT.parent.mkdir(parents=True, exist_ok=True)
        KEPT.write_text(told)
    assert KEPT.read_text() == told, (
        "The API changed. If that is meant, and harms nobody: OPORTUNO_RENEW=1 ./oportuno test src/oportuno/doors/api"
    )


def test_the_page_for_programs_names_what_each_scope_opens() -> None:
    """Names of what stands between braces may differ; methods of one address may stand together."""
    told = {}
    for line in (KEPT.parent / "README.md").read_text().splitlines():
        if row := re.fullmatch(r"\| `([a-z]+:[a-z]+)` \| (.*) \|", line):
            cells = re.findall(r"`([A-Z]+)` and `([A-Z]+) (\S+)`|`([A-Z]+) (\S+)`", row[2])
            both = [(method, path) for one, two, path, *_ in cells if path for method in (one, two)]
            told[row[1]] = {*both, *((method, path) for *_, method, path in cells if path)}
    opened: dict[str, set[tuple[str, str]]] = {}
    for path, method, operation in operations():
        if scope := operation.get("x-scope"):
            opened.setdefault(scope, set()).add((method.upper(), path.removeprefix("/api/v1")))
    assert told == opened


@pytest.mark.parametrize(("path", "method", "one"), operations(), ids=lambda value: value if isinstance(value, str) else "")
def test_it_describes_each_operation_wholly(path: str, method: str, one: dict[str, Any]) -> None:
    assert one["summary"]
    answers = one["responses"]
    assert all("application/problem+json" in answer["content"] for status, answer in answers.items() if int(status) >= 400)
    assert {"422", "429"} <= set(answers)
    if one.get("security"):
        assert one["x-scope"]
        assert {"401", "403"} <= set(answers)
    if method != "get":
        assert "Idempotency-Key" in [parameter["name"] for parameter in one["parameters"]]
        assert "409" in answers


@contextmanager
def one_connection() -> Iterator[None]:
    """The application in our own process keeps the test's connection between requests, as Django's test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@pytest.fixture
def caller(alba: Actor, dario: Actor, flores: Pack, program: Callable[..., Program], monkeypatch: pytest.MonkeyPatch) -> Program:
    """A program of a seller who has one of most things, and whom nobody slows down."""
    monkeypatch.setattr(pace.KEYED, "a_minute", 10**6)
    monkeypatch.setattr(pace.ANYBODY, "a_minute", 10**6)
    catalogue.install_pack(flores, at=now())
    make_seller(alba, dario)
    make_contact(alba.organisation)
    one = program(alba)
    one.ask("PUT", "offers/ROSA-1", {"product": {"title_es": "Rosa"}, "prices": [{"amount": "1.00", "currency": "COP"}]})
    return one


@pytest.mark.slow
def test_it_keeps_to_its_description_whatever_is_sent(caller: Program) -> None:
    with one_connection():
        schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
        tried = [_try(found.ok(), caller.token) for found in schema.get_all_operations()]
    assert len(tried) == len(operations())


def _try(operation: Any, token: str) -> str:
    @given(case=operation.as_strategy())
    @settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def holds(case: Any) -> None:
        case.validate_response(case.call(headers={"Authorization": f"Bearer {token}"}), checks=list(CHECKS))

    holds()
    return str(operation.label)


@pytest.mark.slow
def test_it_keeps_to_it_when_one_call_follows_from_another(caller: Program) -> None:
    """What one operation makes or lists, the next reads, changes or takes away."""
    followed: set[str] = set()
    with one_connection():
        schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())

        class Walk(schema.as_state_machine()):
            def setup(self) -> None:
                self.scene = transaction.atomic()  # each walk begins where the first began
                self.scene.__enter__()

            def teardown(self) -> None:
                transaction.set_rollback(True)
                self.scene.__exit__(None, None, None)

            def get_call_kwargs(self, case: Any) -> dict[str, Any]:
                return {"headers": {"Authorization": f"Bearer {caller.token}"}}

            def before_call(self, case: Any) -> None:
                if case.operation.label == "POST /api/v1/contacts" and isinstance(case.body, dict):
                    case.body["email"] = "lucia@example.com"  # by chance nobody says how to reach a contact

            def validate_response(self, response: Any, case: Any, **_more: Any) -> None:
                if response.status_code < 300:
                    followed.add(case.operation.label)
                case.validate_response(response, checks=list(CHECKS))

        Walk.run(
            settings=settings(
                max_examples=EXAMPLES, stateful_step_count=8, deadline=None, database=None, derandomize=True,
                suppress_health_check=list(HealthCheck),
            )
        )  # fmt: skip
    assert any(pair <= followed for pair in MADE_AND_READ), followed  # which of them, chance decides


def test_it_describes_itself_to_anybody() -> None:
    told = json.loads(Client().get("/api/v1/openapi.json").content)
    assert told["openapi"].startswith("3.1")
    assert told["paths"].keys() == described()["paths"].keys()
