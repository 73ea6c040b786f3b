"""Segments of an organisation, over the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience.testing import make_contact
from oportuno.people.segments import api

pytestmark = pytest.mark.django_db
CALI = {"version": 1, "match": "all", "of": [{"what": "place", "op": "is", "value": ["cali"]}]}


def test_it_makes_counts_and_lists_segments(alba: Any, program: Any) -> None:
    key = program(alba, "contacts:read", "contacts:write")
    for n in range(3):
        make_contact(alba.organisation, f"c{n}@example.com", place="Cali" if n else "Pasto")
    counted = key.ask("POST", "segments/count", {"tree": CALI}).json()
    assert counted == {"count": 2, "sentence": "Vive en cali."}
    made = key.ask("POST", "segments", {"name": "De Cali", "tree": CALI})
    assert made.status_code == 201
    assert (made.json()["tree"], made.json()["count"], made.json()["ready"]) == (CALI, None, False)
    segment = made.json()["id"]
    with for_organisation(alba.organisation.pk):
        api.build(segment=UUID(segment), at=now())
    assert key.get(f"segments/{segment}")["count"] == 2
    first = key.get(f"segments/{segment}/contacts?limit=1")
    second = key.get(f"segments/{segment}/contacts?limit=1&after={first['next']}")
    assert {one["contacts"][0]["email"] for one in (first, second)} == {"c1@example.com", "c2@example.com"}
    assert second["next"] is None
    group = key.ask("POST", "segments", {"name": "Feria"}).json()
    assert key.ask("POST", f"segments/{group['id']}/contacts", {"contacts": [first["contacts"][0]["id"]]}).json() == {"added": 1}
    page = key.get("segments?limit=1")
    assert [one["name"] for one in page["segments"]] == ["De Cali"]
    assert [one["name"] for one in key.get(f"segments?limit=1&after={page['next']}")["segments"]] == ["Feria"]
    assert key.ask("DELETE", f"segments/{segment}").status_code == 204
    assert key.ask("GET", f"segments/{segment}").status_code == 404


def test_it_says_every_mistake_of_a_tree(alba: Any, gala: Any, program: Any) -> None:
    key = program(alba, "contacts:read", "contacts:write")
    wrong = {"match": "some", "of": [{"what": "nada", "op": "is"}, {"what": "created", "op": "past", "value": "mucho"}]}
    refused = key.ask("POST", "segments/count", {"tree": wrong})
    assert refused.status_code == 422
    said = refused.json()["detail"]
    assert all(part in said for part in ("“some”", "“nada”", "Escribe un número"))
    hers = program(gala, "contacts:read", "contacts:write")
    mine = key.ask("POST", "segments", {"name": "Mío", "tree": {"match": "all", "of": []}}).json()["id"]
    assert hers.ask("GET", f"segments/{mine}").status_code == 404
    stolen = {"match": "all", "of": [{"what": "segment", "op": "in", "value": [mine]}]}
    assert hers.ask("POST", "segments/count", {"tree": stolen}).status_code == 422
