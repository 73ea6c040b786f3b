"""Sent fifty times at once, done once (goal E4)."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.http import HttpResponse

from oportuno.doors.api.tests.conftest import Program
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.testing.together import together
from oportuno.people.audience.api import Contact
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db(transaction=True)
CARMEN = {"email": "carmen@example.com", "name": "Carmen", "source": "feria"}
TIMES = 50


def at_once(one: Program, key: str) -> list[HttpResponse]:
    """The same POST, so many times at the same moment."""
    headers = {"idempotency_key": key} if key else {}
    return together([lambda: one.ask("POST", "contacts", CARMEN, **headers)] * TIMES)


def test_it_does_once_what_fifty_send_with_one_key(alba: Actor, program: Callable[..., Program]) -> None:
    told = at_once(program(alba), "feria-1")
    assert {(answer.status_code, answer.content) for answer in told} == {(201, told[0].content)}
    assert sum("Idempotency-Replayed" not in answer.headers for answer in told) == 1
    with for_organisation(alba.member.organisation.pk):
        assert Contact.objects.count() == 1


def test_it_knows_the_key_of_another_request(alba: Actor, program: Callable[..., Program]) -> None:
    one = program(alba)
    assert one.ask("POST", "contacts", CARMEN, idempotency_key="k").status_code == 201
    other = one.ask("POST", "contacts", {**CARMEN, "email": "eva@example.com"}, idempotency_key="k")
    assert (other.status_code, json.loads(other.content)["title"]) == (409, "conflict")
    with for_organisation(alba.member.organisation.pk):
        assert Contact.objects.count() == 1
