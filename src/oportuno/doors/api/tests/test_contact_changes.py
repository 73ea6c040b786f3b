"""A program changes contacts, finds them by their addresses, joins the same and erases who asked for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from oportuno.doors.api.tests.conftest import Program
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience import api as audience
from oportuno.people.audience.testing import Contact, Identity, make_contact, rows
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
Make = Callable[..., Program]


@pytest.fixture
def one(alba: Actor, program: Make) -> Program:
    return program(alba, "contacts:read", "contacts:write")


def told(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content
    return json.loads(answer.content) if answer.content else None


def test_it_changes_what_is_named_and_nothing_else(alba: Actor, one: Program) -> None:
    with for_organisation(alba.member.organisation.pk):
        audience.make_field(label="Talla", kind="choice", choices=["S", "M"], by=alba.member, at=now())
    contact = make_contact(alba.organisation, name="Carmen", place="Cali")
    path = f"contacts/{contact.pk}"
    body = {
        "name": "Carmen Rojas", "company_name": "Hotel Central", "add_tags": ["VIP", "rosas"], "stage": {"stage": "qualified", "reason": "asked by phone"},
        "fields": {"talla": "m"},
    }  # fmt: skip
    after = told(one.ask("PATCH", path, body))
    assert (after["name"], after["place"], after["company_name"], after["tags"]) == (
        "Carmen Rojas",
        "Cali",
        "Hotel Central",
        ["rosas", "vip"],
    )
    assert (after["stage"], after["fields"]) == ("qualified", {"talla": "M"})
    assert told(one.ask("PATCH", path, {"tags": ["hotel"], "add_tags": ["vip"]}))["tags"] == ["hotel", "vip"]
    assert told(one.ask("PATCH", path, {"remove_tags": ["HOTEL"]}))["tags"] == ["vip"]
    assert told(one.ask("PATCH", path, {"place": ""}))["place"] == ""


@pytest.mark.parametrize(
    "body", [{"fields": {"talla": "L"}}, {"stage": {"stage": "vip", "reason": "x"}}, {"email": "x@example.com"}, {"kind": None, "name": 7}]
)
def test_it_changes_all_of_it_or_nothing(alba: Actor, one: Program, body: dict[str, Any]) -> None:
    contact = make_contact(alba.organisation, name="Carmen")
    assert one.ask("PATCH", f"contacts/{contact.pk}", {"name": "Otra", **body}).status_code == 422
    assert rows(alba.organisation, Contact)[0].display_name == "Carmen"


def test_it_adds_makes_main_and_removes_addresses(alba: Actor, one: Program) -> None:
    contact, other = make_contact(alba.organisation), make_contact(alba.organisation, "eva@example.com", "Eva")
    path = f"contacts/{contact.pk}/addresses"
    after = told(one.ask("POST", path, {"kind": "email", "value": "C.Rojas@Example.com", "main": True}), 201)
    assert (after["email"], [x["main"] for x in after["identities"]]) == ("c.rojas@example.com", [False, True])
    told(one.ask("POST", path, {"kind": "phone", "value": "+57 300 123 4567"}), 201)
    told(one.ask("POST", path, {"kind": "social", "value": "instagram:@carmen"}), 201)
    first = next(x["id"] for x in after["identities"] if not x["main"])
    assert told(one.ask("PATCH", f"{path}/{first}", {"main": True}))["email"] == "carmen@example.com"
    assert told(one.ask("DELETE", f"{path}/{first}"))["email"] == "c.rojas@example.com"
    assert one.ask("POST", path, {"kind": "email", "value": other.email}).status_code == 409
    for kind, value in (("email", "no address"), ("phone", "12"), ("social", "carmen"), ("postal", "x")):
        assert one.ask("POST", path, {"kind": kind, "value": value}).status_code == 422
    [alone] = rows(alba.organisation, Identity, contact_id=other.pk)
    assert one.ask("DELETE", f"contacts/{other.pk}/addresses/{alone.pk}").status_code == 422
    assert one.ask("DELETE", f"{path}/{alone.pk}").status_code == 404


def test_it_finds_many_by_their_addresses(alba: Actor, gala: Actor, one: Program) -> None:
    carmen = make_contact(alba.organisation)
    make_contact(gala.organisation, "eva@example.com", "Eva")
    told(one.ask("POST", f"contacts/{carmen.pk}/addresses", {"kind": "phone", "value": "+57 300 123 4567"}), 201)
    body = {"emails": ["CARMEN@example.com", "eva@example.com", "none"], "phones": ["300 123 4567"]}
    found = told(one.ask("POST", "contacts/lookup", body))["found"]
    assert [(x["asked"], x["contact"] and x["contact"]["id"]) for x in found] == [
        ("CARMEN@example.com", str(carmen.pk)), ("eva@example.com", None), ("none", None), ("300 123 4567", str(carmen.pk)),
    ]  # fmt: skip
    assert one.ask("POST", "contacts/lookup", {}).status_code == 422


def test_it_erases_for_good(alba: Actor, one: Program) -> None:
    contact = make_contact(alba.organisation)
    assert one.ask("DELETE", f"contacts/{contact.pk}").status_code == 204
    assert rows(alba.organisation, Contact) == rows(alba.organisation, Identity) == []
    assert one.ask("DELETE", f"contacts/{contact.pk}").status_code == 404


def test_it_finds_joins_and_parts_the_same(alba: Actor, one: Program) -> None:
    kept, gone, third = (make_contact(alba.organisation, f"ana{n}@example.com", "Ana Gómez", place="Cali") for n in range(3))
    with for_organisation(alba.member.organisation.pk):
        audience.look_for_duplicates(at=now())
    first = one.get("contacts/duplicates?limit=1")
    rest = one.get(f"contacts/duplicates?after={first['next']}")
    assert [(len(x["pairs"]), x["pairs"][0]["reasons"]) for x in (first, rest)] == [(1, ["name"]), (2, ["name"])]
    assert told(one.ask("POST", "contacts/distinct", {"one": str(kept.pk), "other": str(third.pk)}), 204) is None
    assert len(one.get("contacts/duplicates")["pairs"]) == 2
    done = told(one.ask("POST", "contacts/merges", {"kept": str(kept.pk), "gone": str(gone.pk), "choices": {"email": "gone"}}))
    assert (done["contact"]["id"], done["contact"]["email"], len(done["contact"]["identities"])) == (str(kept.pk), "ana1@example.com", 2)
    assert one.ask("POST", "contacts/merges", {"kept": str(kept.pk), "gone": str(gone.pk)}).status_code == 409
    assert told(one.ask("DELETE", f"contacts/merges/{done['id']}"))["email"] == "ana0@example.com"
    assert one.ask("DELETE", f"contacts/merges/{done['id']}").status_code == 409
    assert len(rows(alba.organisation, Contact)) == 3


def test_gala_and_a_reading_key_change_nothing(alba: Actor, gala: Actor, program: Make) -> None:
    contact, other = make_contact(alba.organisation), make_contact(alba.organisation, "eva@example.com")
    pair = {"kept": str(contact.pk), "gone": str(other.pk)}
    asks = (
        ("PATCH", f"contacts/{contact.pk}", {"name": "X"}), ("DELETE", f"contacts/{contact.pk}", None), ("POST", "contacts/merges", pair),
        ("POST", f"contacts/{contact.pk}/addresses", {"kind": "email", "value": "x@example.com"}),
        ("POST", "contacts/distinct", {"one": pair["kept"], "other": pair["gone"]}),
    )  # fmt: skip
    before = [(one.pk, one.display_name) for one in rows(alba.organisation, Contact)]
    for who, status in ((program(gala), 404), (program(alba, "contacts:read"), 403)):
        for method, path, body in asks:
            assert who.ask(method, path, body).status_code == status, (method, path)
    assert [(one.pk, one.display_name) for one in rows(alba.organisation, Contact)] == before
