"""Exports that real WordPress wrote: every count of what came in equals what is in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from oportuno.doors.integrations.testing import bring, told
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites.api import Entry, State
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
COUNTED = ("authors", "wp_categories", "wp_tags", "wp_terms", "items", "comments", "blocks")
FILES = ("theme-preview.xml", "small-export.xml", "valid-wxr-1.1.xml", "wxr-simple.xml", "themeunittestdata.wordpress.xml")
HIDDEN = ("draft", "private", "future", "pending", "trash")


@pytest.fixture
def reference(cases: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((cases / "wordpress" / "reference.json").read_text())
    return found


def _path(cases: Path, name: str) -> Path:
    return next(path for path in (cases / "wordpress" / name, cases / "wordpress" / f"{name}.xz") if path.exists())


@pytest.mark.parametrize("name", FILES)
def test_it_brings_all_that_is_in_the_file_and_a_second_time_changes_nothing(
    alba: Actor, cases: Path, reference: dict[str, Any], name: str
) -> None:
    assert alba.organisation is not None
    expected = reference[name]
    first = told(alba, bring(alba, _path(cases, name)))
    assert {key: first[key] for key in COUNTED} == {key: expected[key] for key in COUNTED}
    keys = list(expected["list"][0])
    assert [{key: one[key] for key in keys} for one in first["list"]] == expected["list"]
    pieces = [one for one in first["list"] if one["type"] in ("post", "page")]
    with for_organisation(alba.organisation.pk):
        before = list(Entry.objects.order_by("pk").values())
    assert len(before) == first["new"] == len(pieces)
    second = told(alba, bring(alba, _path(cases, name)))
    assert (second["new"], second["changed"], second["same"]) == (0, 0, len(pieces))
    with for_organisation(alba.organisation.pk):
        assert list(Entry.objects.order_by("pk").values()) == before


def test_it_keeps_hidden_what_was_hidden(alba: Actor, cases: Path) -> None:
    assert alba.organisation is not None
    for name in FILES:
        bring(alba, _path(cases, name))
    with for_organisation(alba.organisation.pk):
        states = dict(Entry.objects.filter(title__in=["Draft", "Scheduled", "Private Post", "Draft Page"]).values_list("title", "state"))
        assert states == {"Draft": State.DRAFT, "Scheduled": State.SCHEDULED, "Private Post": State.PRIVATE, "Draft Page": State.DRAFT}
        secret = Entry.objects.get(slug="template-password-protected")
        assert (secret.state, secret.published) == (State.PRIVATE, False)


def test_it_says_where_a_damaged_file_is_damaged_and_brings_nothing(alba: Actor, cases: Path) -> None:
    assert alba.organisation is not None
    found = told(alba, bring(alba, cases / "wordpress" / "malformed.xml"))
    assert (found["state"], found["items"], found["list"]) == ("failed", {}, [])
    assert [one["line"] for one in found["problems"]] == [90]
    assert "90" in found["problems"][0]["sentence"]
    with for_organisation(alba.organisation.pk):
        assert not Entry.objects.exists()
