"""What an organisation's own programs may read and write."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from oportuno.doors.api import pace
from oportuno.doors.api.tests.conftest import Program
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market
from oportuno.people.audience import api as audience
from oportuno.people.audience.testing import make_contact
from oportuno.people.organisations.api import Organisation, Role, end_membership, join, member_for
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
Make = Callable[..., Program]
CARMEN: dict[str, Any] = {
    "name": "Carmen Rojas",
    "email": "Carmen@Example.com",
    "source": "feria",
    "consents": [{"purpose": "bulletin", "words": "Quiero el boletín.", "how": "paper form", "at": "2026-03-01T15:30:00-05:00"}],
}


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE oportuno_market")
        cursor.execute(f"SELECT count(*) FROM {table}")
        found = int(cursor.fetchone()[0])
        cursor.execute("RESET ROLE")
    return found


def until_settled() -> None:
    """Facts are read below the oldest running transaction; one of another test process that ends just now counts once."""
    with for_market("a test"), connection.cursor() as cursor:
        cursor.execute("SELECT max(transaction) FROM fact")
        last = cursor.fetchone()[0]
    with connection.cursor() as cursor:
        for _turn in range(100):
            cursor.execute("SELECT fact_horizon() > %s OR pg_sleep(0.1) IS NULL", [last])
            if cursor.fetchone()[0]:
                return
    raise AssertionError("another transaction of this server hides the facts that were just told")


def test_it_reads_and_changes_its_organisation(alba: Actor, program: Make) -> None:
    one = program(alba)
    assert one.get("organisation")["name"] == "Flores de Alba"
    answer = one.ask("PATCH", "organisation", {"name": "Flores de Alba y Beto"})
    assert (answer.status_code, json.loads(answer.content)["country"]) == (200, "CO")
    assert Organisation.objects.get(pk=alba.member.organisation.pk).name == "Flores de Alba y Beto"


@pytest.mark.parametrize(
    "body",
    [
        {"name": "x"},
        {"country": "XX"},
        {"currency": "BTC"},
        {"time_zone": "Mars/Base"},
        {"name": 7},
        {"slug": "otra"},
        {"kind": "operator"},
        [],
    ],
)
def test_it_refuses_what_it_does_not_know_and_changes_nothing(alba: Actor, program: Make, body: Any) -> None:
    before = program(alba).get("organisation") | {"scopes": []}
    answer = program(alba).ask("PATCH", "organisation", body)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert program(alba).get("organisation") | {"scopes": []} == before


def test_it_needs_the_scope(alba: Actor, program: Make) -> None:
    answer = program(alba, "stock:write").ask("GET", "contacts")
    assert answer.status_code == 403
    assert "contacts:read" in json.loads(answer.content)["detail"]
    assert Client().get("/api/v1/contacts").status_code == 401


def test_it_opens_nothing_once_its_maker_left(alba: Actor, carmen: Actor, program: Make) -> None:
    albas = program(alba)
    assert albas.ask("GET", "contacts").status_code == 200
    join(organisation=alba.member.organisation, person=carmen.person, role=Role.OWNER, at=now())
    end_membership(person=alba.person.pk, by=member_for(carmen.person, alba.member.organisation.slug), at=now())
    assert albas.ask("GET", "contacts").status_code == 401


def test_it_brings_a_contact_with_the_evidence_of_its_consent(alba: Actor, program: Make) -> None:
    answer = program(alba).ask("POST", "contacts", CARMEN)
    assert answer.status_code == 201, answer.content
    carmen = json.loads(answer.content)
    assert (carmen["email"], carmen["consents"][0]["standing"]) == ("carmen@example.com", "given")
    assert carmen["evidence"][0] | {"at": ""} == {
        "purpose": "bulletin", "channel": "email", "deed": "given", "at": "", "how": "paper form", "words": "Quiero el boletín.", "version": "",
    }  # fmt: skip
    again = program(alba).ask("POST", "contacts", CARMEN)
    assert (again.status_code, json.loads(again.content)["id"]) == (200, carmen["id"])
    assert (count("contact"), count("consent")) == (1, 1)


def test_it_does_not_bring_back_who_withdrew(alba: Actor, program: Make) -> None:
    one = program(alba)
    carmen = json.loads(one.ask("POST", "contacts", CARMEN).content)
    how = audience.Circumstances("page")
    audience.withdraw(
        organisation=alba.member.organisation.pk, contact=carmen["id"], channel="email", purpose="bulletin", circumstances=how, at=now()
    )
    later = {**CARMEN, "consents": [{**CARMEN["consents"][0], "at": "2026-04-01T10:00:00-05:00"}]}
    assert one.ask("POST", "contacts", later).status_code == 422
    assert one.get(f"contacts/{carmen['id']}")["consents"][0]["standing"] == "withdrawn"


def test_it_does_once_what_is_sent_twice_with_a_key(alba: Actor, program: Make) -> None:
    one = program(alba)
    first, second = (one.ask("POST", "contacts", CARMEN, **{"Idempotency-Key": "lote 1"}) for _time in range(2))
    assert (first.status_code, second.status_code, second["Idempotency-Replayed"]) == (201, 201, "true")
    assert (first.content, count("contact")) == (second.content, 1)
    other = one.ask("POST", "contacts", {**CARMEN, "email": "otra@example.com"}, **{"Idempotency-Key": "lote 1"})
    assert (other.status_code, count("contact")) == (409, 1)


def test_it_pages_through_contacts(alba: Actor, program: Make) -> None:
    for n in range(5):
        make_contact(alba.organisation, f"c{n}@example.com", f"Persona {n}")
    one, seen, after = program(alba), [], ""
    for _page in range(3):
        page = one.get(f"contacts?limit=2&after={after}")
        seen += [x["id"] for x in page["contacts"]]
        after = page["next"] or ""
    assert len(set(seen)) == len(seen) == 5
    assert after == ""


def test_it_answers_alike_for_a_contact_of_others_and_for_none(alba: Actor, gala: Actor, program: Make) -> None:
    carmen = make_contact(alba.organisation)
    theirs = program(gala).ask("GET", f"contacts/{carmen.pk}")
    nobodys = program(gala).ask("GET", "contacts/01890000-0000-7000-8000-000000000000")
    assert (theirs.status_code, theirs.content, theirs.headers) == (404, nobodys.content, nobodys.headers)


@pytest.mark.parametrize(
    "path",
    ["contacts?after=%00", "contacts?after=WzEsMl0", "contacts?colour=red", "contacts?q=%00", "facts?after=x", "facts?after=WyJOYU4iLDJd"],
)
def test_it_says_no_to_what_it_cannot_read(alba: Actor, program: Make, path: str) -> None:
    assert program(alba).ask("GET", path).status_code == 422


def test_it_is_no_more_than_two_megabytes(alba: Actor, program: Make) -> None:
    assert program(alba).ask("POST", "contacts", {**CARMEN, "name": "x" * 3_000_000}).status_code == 413


@pytest.mark.django_db(transaction=True)
@pytest.mark.django_db(transaction=True)  # facts are read once their transaction has ended
def test_it_tells_the_facts_of_its_organisation_in_order(alba: Actor, gala: Actor, program: Make) -> None:
    one = program(alba)
    for n in range(5):
        make_contact(alba.organisation, f"a{n}@example.com")
        make_contact(gala.organisation, f"g{n}@example.com")
    until_settled()
    kinds, after, ids = [], "", []
    for _page in range(20):
        page = one.get(f"facts?limit=3&after={after}")
        ids += [x["id"] for x in page["facts"]]
        kinds += [x["kind"] for x in page["facts"]]
        after = page["next"]
        if not page["more"]:
            break
    assert kinds.count("audience.contact_captured") == 5
    assert len(ids) == len(set(ids))
    make_contact(alba.organisation, "late@example.com")
    until_settled()
    assert [x["kind"] for x in one.get(f"facts?after={after}")["facts"]] == ["audience.contact_captured"]
    assert len(one.get("facts?kind=audience.contact_captured")["facts"]) == 6


def test_it_asks_for_patience(alba: Actor, program: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace.KEYED, "a_minute", 3)
    one = program(alba)
    answers = [one.ask("GET", "organisation") for _n in range(7)]
    late = answers[-1]
    assert (late.status_code, late["Content-Type"], 1 <= int(late["Retry-After"]) <= 60) == (429, "application/problem+json", True)


def test_it_counts_a_network_by_what_it_is_not_by_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace.ANYBODY, "a_minute", 2)
    answers = [Client().get("/api/v1/categories", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}").status_code for n in range(6)]
    assert 429 in answers
