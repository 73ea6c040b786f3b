"""Visits: only after a yes, only small, only ours; and what was before is joined when somebody says who he is."""

from __future__ import annotations

import json
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.facts import buffer
from oportuno.kernel.facts.log import kind_number
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.people.audience.actions import beacons
from oportuno.people.audience.actions.visiting import identify
from oportuno.people.audience.models import Visitor
from oportuno.people.audience.queries.timeline import timeline_of
from oportuno.people.audience.testing import make_contact
from oportuno.people.audience.views import visits

AGENT = "Mozilla/5.0 (X11; Linux) Firefox/130"


@pytest.fixture(autouse=True)
def addresses_anew():
    """An address belongs to whoever has it in this test."""
    visits._organisation.cache_clear()


def choose(client: Client, word: str, origin: str = "http://testserver"):
    return client.post("/visitas/", {"choice": word}, HTTP_ORIGIN=origin)


def view(client: Client, path: str = "/productos/rosa/", agent: str = AGENT, origin: str = "http://testserver", **said):
    body = json.dumps({"path": path, **said})
    return client.post("/visita/", body, content_type="text/plain", HTTP_USER_AGENT=agent, HTTP_ORIGIN=origin)


def seen() -> list[tuple[int, str | None, UUID | None, str]]:
    beacons.BUFFER.flush()
    with for_market("a test"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT organisation_id, contact_id, visitor_id, data->>'path' FROM fact WHERE kind_id = %s ORDER BY id",
            [kind_number("audience.page_viewed")],
        )
        return cursor.fetchall()


def test_it_keeps_nothing_before_a_yes_nor_after_a_no(dario):
    client = Client()
    assert client.get("/boletin/").cookies.get("visitor") is None
    assert view(client).status_code == 204
    choose(client, "no")
    assert "visitor" not in client.cookies or client.cookies["visitor"].value == ""
    view(client)
    assert seen() == []
    assert Visitor.objects.count() == 0


def test_it_counts_a_view_for_whose_page_it_is(dario, alba):
    client = Client()
    choose(client, "yes")
    view(client, "/productos/rosa/?q=secreto", referrer="https://www.google.com/search?q=enfermedad")
    view(client, f"/v/{alba.organisation.slug}/")
    first, second = seen()
    assert first[0] == dario.organisation.pk
    assert first[3] == "/productos/rosa/"
    assert second[0] == alba.organisation.pk
    assert str(first[2]) == client.cookies["visitor"].value


def test_it_forgets_who_takes_it_back(dario):
    client = Client()
    choose(client, "yes")
    choose(client, "no")
    assert Visitor.objects.get().withdrawn_at is not None
    view(client)
    assert seen() == []


@pytest.mark.parametrize(
    "spoiled",
    [
        {"agent": "Googlebot/2.1"},
        {"agent": ""},
        {"origin": "https://evil.example"},
        {"origin": ""},
        {"page": "no uuid"},
        {"path": "x" * 3000},
    ],
)
def test_it_drops_what_is_no_page_view_of_ours(dario, spoiled):
    client = Client()
    choose(client, "yes")
    assert view(client, **spoiled).status_code == 204
    assert seen() == []


def test_it_lets_no_other_site_choose_for_the_visitor(dario):
    client = Client()
    assert choose(client, "yes", origin="https://evil.example").status_code == 403
    assert Visitor.objects.count() == 0


def test_it_stays_bounded_when_the_database_is_slow(dario, monkeypatch):
    monkeypatch.setattr(buffer, "MOST_WAITING", 3)
    client = Client()
    choose(client, "yes")
    before = beacons.BUFFER.dropped
    for _ in range(5):
        view(client)
    assert len(seen()) == 3
    assert beacons.BUFFER.dropped == before + 2


def test_it_joins_what_a_visitor_did_before_he_said_who_he_is(dario, alba, gala):
    client = Client()
    choose(client, "yes")
    visitor = UUID(client.cookies["visitor"].value)
    view(client, f"/v/{alba.organisation.slug}/")
    view(client, f"/v/{gala.organisation.slug}/")
    seen()
    contact = make_contact(alba.organisation, visitor=visitor)
    view(client, f"/v/{alba.organisation.slug}/catalogo/")
    assert [row[1] for row in seen()] == [None, None, contact.pk]
    with for_organisation(alba.organisation.pk):
        paths = [one.data.get("path") for one in timeline_of(contact, group="visits").facts if one.kind == "audience.page_viewed"]
    assert paths == [f"/v/{alba.organisation.slug}/catalogo/", f"/v/{alba.organisation.slug}/"]


def test_it_shows_a_long_timeline_page_by_page(dario, alba):
    contact = make_contact(alba.organisation)
    visitor = uuid4()
    from oportuno.people.audience.facts import PageViewed

    beacons.write([(alba.organisation.pk, PageViewed(path=f"/{n}", visitor=visitor, at=now())) for n in range(100)])
    with for_organisation(alba.organisation.pk):
        identify(visitor=visitor, contact=contact.pk, at=now())
        seen_paths, place = [], None
        for _ in range(9):
            page = timeline_of(contact, group="visits", before=place)
            seen_paths += [one.data.get("path") for one in page.facts]
            if (place := page.next) is None:
                break
    assert len([p for p in seen_paths if p]) == len({p for p in seen_paths if p}) == 100
