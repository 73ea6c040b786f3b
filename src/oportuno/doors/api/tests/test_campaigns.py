"""Programs write campaigns, let them go out and read their figures, each with its scope."""

from __future__ import annotations

import pytest

from oportuno.growth.campaigns.testing import again, reader, sit, walked
from oportuno.kernel.clock import now

pytestmark = pytest.mark.django_db
DRAFT = {"name": "Noviembre", "subject": "Rosas", "text": "Hola {{ name }}\n\nHay rosas & lirios <hoy>"}


def test_a_program_writes_one_lets_it_go_and_reads_its_figures(alba, program) -> None:
    sit(alba)
    reader(alba, "carmen@example.com")
    ours = program(alba, "campaigns:read", "campaigns:write")
    made = ours.ask("POST", "campaigns", DRAFT)
    assert made.status_code == 201
    campaign = made.json()["id"]
    assert made.json()["state"] == "draft"
    going = ours.ask("PUT", f"campaigns/{campaign}/sending", {"timing": "now"})
    assert going.json()["state"] == "scheduled"
    assert ours.ask("PUT", f"campaigns/{campaign}/sending", {"timing": "now"}).status_code == 409

    walked(alba, again(alba, campaign), at=now())
    told = ours.get(f"campaigns/{campaign}/figures")
    figures = told["total"]
    assert figures["audience"] == 1 == figures["sent"] + figures["failed"] + figures["suppressed"] + figures["waiting"]
    assert [one["id"] for one in ours.get("campaigns")["campaigns"]] == [campaign]


def test_what_must_be_mended_is_said_and_nothing_goes_out(alba, program) -> None:
    ours = program(alba, "campaigns:read", "campaigns:write")
    campaign = ours.ask("POST", "campaigns", DRAFT).json()["id"]
    answer = ours.ask("PUT", f"campaigns/{campaign}/sending", {"timing": "now"})
    assert answer.status_code == 422
    assert ours.get(f"campaigns/{campaign}")["state"] == "draft"


def test_others_and_keys_that_only_read_change_nothing(alba, gala, program) -> None:
    campaign = program(alba).ask("POST", "campaigns", DRAFT).json()["id"]
    assert program(gala).ask("PUT", f"campaigns/{campaign}/sending", {"timing": "now"}).status_code == 404
    assert program(alba, "campaigns:read").ask("POST", "campaigns", DRAFT).status_code == 403
    assert program(gala).get("campaigns")["campaigns"] == []


def test_versions_are_written_tried_and_taken_away(alba, program) -> None:
    sit(alba)
    for number in range(4):
        reader(alba, f"r{number}@example.com")
    ours = program(alba, "campaigns:read", "campaigns:write")
    campaign = ours.ask("POST", "campaigns", DRAFT).json()["id"]
    assert ours.ask("PUT", f"campaigns/{campaign}/versions/c", {"subject": "Lirios"}).status_code == 422, "b comes before c"
    made = ours.ask("PUT", f"campaigns/{campaign}/versions/b", {"subject": "Lirios"})
    assert [(one["key"], one["subject"]) for one in made.json()["versions"]] == [("a", "Rosas"), ("b", "Lirios")]
    assert made.json()["versions"][0]["content"] == made.json()["versions"][1]["content"], "as the first one is, but for what was given"
    ours.ask("PUT", f"campaigns/{campaign}/versions/b", {"text": "Hay lirios"})
    changed = ours.get(f"campaigns/{campaign}/versions")["versions"][1]
    assert (changed["subject"], changed["content"]["blocks"][0]["text"]) == ("Lirios", "Hay lirios")
    ours.ask("PUT", f"campaigns/{campaign}/versions/c", {"subject": "Claveles"})
    assert ours.ask("DELETE", f"campaigns/{campaign}/versions/a").status_code == 422
    assert len(ours.ask("DELETE", f"campaigns/{campaign}/versions/c").json()["versions"]) == 2

    going = {"timing": "now", "share": 50, "rule": "clicks", "hours": 8, "counted_days": 3}
    assert ours.ask("PUT", f"campaigns/{campaign}/sending", {**going, "share": 51}).status_code == 422
    assert ours.ask("PUT", f"campaigns/{campaign}/sending", going).status_code == 200
    found = again(alba, campaign)
    assert (found.test, found.counted_days) == ({"share": 50, "rule": "clicks", "hours": 8}, 3)
    assert ours.ask("PUT", f"campaigns/{campaign}/versions/b", {"subject": "Tarde"}).status_code == 409
    walked(alba, found, at=now())
    told = ours.get(f"campaigns/{campaign}/figures")
    assert [one["key"] for one in told["versions"]] == ["a", "b"]
    assert {one["key"] for one in told["results"]} >= {"asked", "form", "customer"}


def test_it_is_paused_and_goes_on(alba, program) -> None:
    sit(alba)
    reader(alba, "carmen@example.com")
    ours = program(alba, "campaigns:read", "campaigns:write")
    campaign = ours.ask("POST", "campaigns", DRAFT).json()["id"]
    assert ours.ask("PUT", f"campaigns/{campaign}/pause").status_code == 409
    ours.ask("PUT", f"campaigns/{campaign}/sending", {"timing": "now"})
    walked(alba, again(alba, campaign), at=now())
    assert ours.ask("PUT", f"campaigns/{campaign}/pause").json()["state"] == "paused"
    assert program(alba, "campaigns:read").ask("DELETE", f"campaigns/{campaign}/pause").status_code == 403
    assert ours.ask("DELETE", f"campaigns/{campaign}/pause").json()["state"] == "sending"
