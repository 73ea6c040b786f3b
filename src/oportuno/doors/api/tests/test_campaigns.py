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
