"""A program reads an organisation's own fields and fills them in."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from oportuno.doors.api.tests.conftest import Program
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience import api as audience
from oportuno.people.audience.testing import make_contact
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
Make = Callable[..., Program]


@pytest.fixture
def contact(alba: Actor) -> Any:
    with for_organisation(alba.member.organisation.pk):
        audience.make_field(label="Talla", kind="choice", choices=["S", "M"], by=alba.member, at=now())
        audience.make_field(label="Sucursales", kind="number", by=alba.member, at=now())
    return make_contact(alba.organisation)


def test_it_tells_the_fields_and_takes_values(alba: Actor, program: Make, contact: Any) -> None:
    one = program(alba)
    assert one.get("contact-fields")["contact_fields"] == [
        {"key": "talla", "label": "Talla", "kind": "choice", "choices": ["S", "M"]},
        {"key": "sucursales", "label": "Sucursales", "kind": "number", "choices": []},
    ]
    answer = one.ask("PATCH", f"contacts/{contact.pk}", {"fields": {"talla": "m", "sucursales": 3}})
    assert (answer.status_code, json.loads(answer.content)["fields"]) == (200, {"talla": "M", "sucursales": 3})
    one.ask("PATCH", f"contacts/{contact.pk}", {"fields": {"talla": None}})
    assert one.get(f"contacts/{contact.pk}")["fields"] == {"sucursales": 3}


@pytest.mark.parametrize("values", [{"talla": "M", "sucursales": "muchas"}, {"talla": "M", "zapato": 3}])
def test_it_takes_all_or_nothing(alba: Actor, program: Make, contact: Any, values: dict[str, Any]) -> None:
    one = program(alba)
    assert one.ask("PATCH", f"contacts/{contact.pk}", {"fields": values}).status_code == 422
    assert one.get(f"contacts/{contact.pk}")["fields"] == {}


def test_gala_reads_and_writes_none_of_it(alba: Actor, gala: Actor, program: Make, contact: Any) -> None:
    other = program(gala)
    assert other.get("contact-fields") == {"contact_fields": []}
    assert other.ask("PATCH", f"contacts/{contact.pk}", {"fields": {"talla": "M"}}).status_code == 404
