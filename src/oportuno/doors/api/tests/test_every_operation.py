"""What holds of every operation: problems for errors (RFC 9457), pages by keyset, and how often one may still ask."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from oportuno.doors.api import pace
from oportuno.doors.api.tests.conftest import Program
from oportuno.doors.api.tests.test_description import described, operations
from oportuno.people.organisations.testing import Actor

EVERY = [(path, method) for path, method, _one in operations()]
WHOLE = {
    "/api/v1/contact-fields": "sixty at most, in the order that their organisation gave them",
    "/api/v1/categories": "the tree of the vertical's pack",
    "/api/v1/points-of-sale": "the places of one organisation, which stock refers to",
    "/api/v1/suggestions": "twenty words at most",
    "/api/v1/search": "ranked: numbered pages, as the market's own search has",
}
"""Lists without keyset pages, and why."""


def ask(path: str, method: str, token: str = "", **headers: str) -> HttpResponse:
    address = re.sub(r"\{(\w+)\}", lambda name: "0" * 8 + "-0000-4000-8000-" + "0" * 12, path)
    if token:
        headers["authorization"] = f"Bearer {token}"
    body: dict[str, Any] = {} if method == "get" else {"data": "{}", "content_type": "application/json"}
    return getattr(Client(raise_request_exception=False), method)(address, headers=headers, **body)


def is_problem(answer: HttpResponse, status: int) -> bool:
    told = json.loads(answer.content)
    said = answer.headers["Content-Type"] == "application/problem+json" and told["status"] == answer.status_code == status
    return said and bool(told["detail"]) and told["type"] == f"/api/v1/problems#{told['title']}"


@pytest.fixture
def caller(alba: Actor, program: Callable[..., Program]) -> Program:
    return program(alba)


@pytest.mark.parametrize(("path", "method"), EVERY)
def test_it_says_what_is_wrong_as_a_problem(path: str, method: str, caller: Program) -> None:
    secured = bool(described()["paths"][path][method].get("security"))
    assert not secured or is_problem(ask(path, method), 401)
    refused = ask(f"{path}?no_such_parameter=1", method, caller.token)
    assert is_problem(refused, refused.status_code)
    assert refused.status_code in (404, 422)
    assert is_problem(ask(path, "trace", caller.token), 405)


@pytest.mark.parametrize(("path", "method"), EVERY)
def test_it_says_how_often_one_may_still_ask(path: str, method: str, caller: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    left = []
    for _time in range(2):
        answer = ask(path, method, caller.token)
        found = re.fullmatch(r'"(key|network)";r=(\d+);t=(\d+)', answer.headers["RateLimit"])
        assert found
        assert re.fullmatch(r'"(key|network)";q=\d+;w=60', answer.headers["RateLimit-Policy"])
        assert 0 < int(found[3]) <= 60
        left.append(int(found[2]))
    assert left[1] == left[0] - 1 or left[1] > left[0]  # one less, or a new minute began
    for one in (pace.KEYED, pace.ANYBODY):
        monkeypatch.setattr(one, "a_minute", 0)
    slowed = ask(path, method, caller.token)
    assert is_problem(slowed, 429)
    assert 0 < int(slowed.headers["Retry-After"]) <= 61
    assert ";r=0;" in slowed.headers["RateLimit"]


@pytest.mark.parametrize(("path", "method"), [one for one in EVERY if described()["paths"][one[0]][one[1]].get("security")])
def test_who_comes_without_a_key_is_told_how_often_and_slowed(path: str, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    left = []
    for token in ("", "opk_guessed"):
        answer = ask(path, method, token)
        assert is_problem(answer, 401)
        found = re.fullmatch(r'"network";r=(\d+);t=\d+', answer.headers["RateLimit"])
        assert found
        left.append(int(found[1]))
    assert left[1] == left[0] - 1 or left[1] > left[0]  # one less, or a new minute began
    monkeypatch.setattr(pace.ANYBODY, "a_minute", 0)
    slowed = ask(path, method, "opk_guessed")
    assert is_problem(slowed, 429)
    assert 0 < int(slowed.headers["Retry-After"]) <= 61


def lists() -> list[tuple[str, dict[str, Any]]]:
    """Operations that answer with a list of things, and the shape of what they answer."""
    shapes = described()["components"]["schemas"]
    found = []
    for path, method, one in operations():
        schema = one["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema", {})
        shape = shapes.get(schema.get("$ref", "").rpartition("/")[2], schema)
        if method == "get" and "{" not in path and any("$ref" in kind.get("items", {}) for kind in shape.get("properties", {}).values()):
            found.append((path, shape))
    return found


def test_it_gives_every_list_in_pages() -> None:
    listed = dict(lists())
    assert len(listed) >= 7
    assert listed.keys() >= WHOLE.keys() - {"/api/v1/suggestions", "/api/v1/categories"}
    for path, shape in listed.items():
        asked = {one["name"]: one["schema"] for one in described()["paths"][path]["get"].get("parameters", [])}
        if path not in WHOLE:
            assert {"after", "limit"} <= asked.keys(), path
            assert asked["limit"]["maximum"] == 100, path
            assert "next" in shape["properties"], path
        assert not {"offset", "skip"} & asked.keys(), path


@pytest.mark.parametrize("path", [path for path, _shape in lists() if path not in WHOLE])
def test_a_mark_that_somebody_edited_is_refused(path: str, caller: Program) -> None:
    for mark in ("x", "%00", "9" * 400, "WzFlOTk5LDFd", "W251bGwsbnVsbF0"):
        assert is_problem(ask(f"{path}?after={mark}", "get", caller.token), 422), mark


def test_an_address_of_no_operation_is_a_problem() -> None:
    assert is_problem(ask("/api/v1/nowhere", "get"), 404)
    assert is_problem(ask("/api/v1/nowhere", "post"), 404)
