"""Several programs change the same contact at the same moment: what each said stands."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

import pytest

from oportuno.doors.api.tests.conftest import Program
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.testing.together import together
from oportuno.people.audience import api as audience
from oportuno.people.audience.testing import Contact, make_contact, rows
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5
SAID = {
    "given_name": "Carmen",
    "family_name": "Rojas",
    "job_title": "Compradora",
    "place": "Cali",
    "country": "CO",
    "company_name": "Hotel",
}


def test_each_changes_what_it_named(alba: Actor, program: Callable[..., Program]) -> None:
    one = program(alba)
    contact = make_contact(alba.organisation)
    for turn in range(ROUNDS):
        wanted = {name: value if name == "country" else f"{value} {turn}" for name, value in SAID.items()}
        bodies = [{name: value} for name, value in wanted.items()]
        answers = together([partial(one.ask, "PATCH", f"contacts/{contact.pk}", body) for body in bodies])
        assert {answer.status_code for answer in answers} == {200}
        [found] = rows(alba.organisation, Contact)
        assert {name: getattr(found, name) for name in wanted} == wanted


def test_tags_and_own_fields_of_all_stand(alba: Actor, program: Callable[..., Program]) -> None:
    one = program(alba)
    contact = make_contact(alba.organisation)
    with for_organisation(alba.member.organisation.pk):
        for number in range(4):
            audience.make_field(label=f"Campo {number}", kind="number", by=alba.member, at=now())
    for turn in range(ROUNDS):
        tags = [partial(one.ask, "PATCH", f"contacts/{contact.pk}", {"add_tags": [f"t{turn} {number}"]}) for number in range(4)]
        own = [partial(one.ask, "PATCH", f"contacts/{contact.pk}", {"fields": {f"campo_{number}": turn}}) for number in range(4)]
        assert {answer.status_code for answer in together([*tags, *own])} == {200}
        [found] = rows(alba.organisation, Contact)
        assert {f"t{turn} {number}" for number in range(4)} <= set(found.tags)
        assert found.fields == {f"campo_{number}": turn for number in range(4)}


def test_the_whole_list_of_tags_is_the_last_that_was_said(alba: Actor, program: Callable[..., Program]) -> None:
    """Never something between two lists that nobody said."""
    one = program(alba)
    contact = make_contact(alba.organisation)
    lists = [[f"l{number} a", f"l{number} b"] for number in range(6)]
    for _turn in range(ROUNDS):
        answers = together([partial(one.ask, "PATCH", f"contacts/{contact.pk}", {"tags": tags}) for tags in lists])
        assert sorted(json.loads(answer.content)["tags"] for answer in answers) == lists
        assert rows(alba.organisation, Contact)[0].tags in lists
