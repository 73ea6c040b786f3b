"""Versions are tried on a sample, and the winner is what was declared before; ties and too few say so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oportuno.growth.campaigns.actions.deciding import decide
from oportuno.growth.campaigns.actions.scheduling import schedule
from oportuno.growth.campaigns.actions.writing import add_version, write_version
from oportuno.growth.campaigns.models import CampaignFrame
from oportuno.growth.campaigns.queries.figures import figures_of
from oportuno.growth.campaigns.rules.winning import Tried, winner_of
from oportuno.growth.campaigns.testing import MONDAY, again, reader, walked, written
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_organisation
from oportuno.people.messaging.api import Message
from oportuno.people.messaging.testing import opened

LATER = MONDAY + timedelta(hours=5)


def tried(**figures: tuple[int, int]) -> list[Tried]:
    return [Tried(key, reached, did) for key, (reached, did) in figures.items()]


@pytest.mark.parametrize(
    ("figures", "winner", "why"),
    [
        ({"a": (500, 50), "b": (500, 100)}, "b", "better"),
        ({"a": (500, 100), "b": (500, 101)}, "b", "perhaps"),
        ({"a": (100, 10), "b": (100, 10)}, "a", "tie"),
        ({"a": (100, 5), "b": (100, 10), "c": (100, 10)}, "b", "tie"),
        ({"a": (10, 1), "b": (10, 9)}, "a", "few"),
        ({"a": (100, 0), "b": (100, 0)}, "a", "none"),
        ({"a": (400, 40), "b": (400, 30), "c": (400, 90)}, "c", "better"),
    ],
)
def test_the_better_one_wins_and_chance_is_named(figures, winner, why) -> None:
    verdict = winner_of(tried(**figures))
    assert (verdict.winner, verdict.why) == (winner, why)


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=2, max_size=4))
def test_there_is_always_one_winner_and_no_other_did_better(pairs) -> None:
    rows = [Tried("abcd"[place], reached, min(did, reached)) for place, (reached, did) in enumerate(pairs)]
    verdict = winner_of(rows)
    won = next(one for one in rows if one.key == verdict.winner)
    if verdict.why in ("better", "perhaps"):
        assert all(won.rate >= one.rate for one in rows)
    else:
        assert verdict.winner in {one.key for one in rows}


def in_two_versions(alba: Any, many: int) -> Any:
    for number in range(many):
        reader(alba, f"r{number}@example.com", f"Lectora {number}")
    found = written(alba)
    with for_organisation(alba.organisation.pk):
        other = add_version(campaign=found.pk, by=alba.member, at=MONDAY)
        write_version(campaign=found.pk, key=other.key, subject="Otra cosa", by=alba.member, at=MONDAY)
        schedule(campaign=found.pk, share=50, rule="opens", hours=4, by=alba.member, at=MONDAY)
    return walked(alba, found)


def finish_sample(alba: Any, opened_version: str) -> None:
    """The sample went out; everybody opened one version and nobody the other."""
    with for_organisation(alba.organisation.pk):
        frames = dict(CampaignFrame.objects.values_list("frame_id", "version"))
        Message.objects.filter(frame__in=frames).update(state="sent", sent_at=MONDAY)
        read = [frame for frame, key in frames.items() if key == opened_version]
        opened(list(Message.objects.filter(frame__in=read)), MONDAY)


@pytest.mark.django_db
def test_the_sample_gets_both_and_the_others_the_winner_each_once(alba) -> None:
    found = in_two_versions(alba, 200)  # drawn by lot: of fewer, one version may get less than the twenty it needs
    assert (found.state, found.phase) == ("sending", "held")
    with for_organisation(alba.organisation.pk):
        sample = Message.objects.exclude(frame=None).count()
        assert 65 <= sample <= 135
        assert found.held == 200 - sample
        assert figures_of(found).audience == 200
        assert decide(campaign=found.pk, at=MONDAY + timedelta(hours=1)) == ""
    finish_sample(alba, "b")
    with for_organisation(alba.organisation.pk):
        assert decide(campaign=found.pk, at=LATER) == "b"
        assert decide(campaign=found.pk, at=LATER) == ""
    found = walked(alba, found, at=LATER)
    assert (found.phase, found.winner, found.winner_why, found.held) == ("done", "b", "better", 0)
    with for_organisation(alba.organisation.pk):
        rows = list(Message.objects.exclude(frame=None).values_list("contact_id", "frame_id", "state"))
        versions = dict(CampaignFrame.objects.filter(trial=False).values_list("frame_id", "version"))
    assert len({contact for contact, _, _ in rows}) == len(rows) == 200
    assert {versions[frame] for _, frame, state in rows if state == "queued"} == {"b"}


@pytest.mark.django_db
def test_while_the_sample_itself_waits_nobody_decides(alba) -> None:
    found = in_two_versions(alba, 60)
    with for_organisation(alba.organisation.pk):
        assert decide(campaign=found.pk, at=LATER) == ""
    assert again(alba, found.pk).decides_at == LATER + timedelta(hours=4)


@pytest.mark.django_db
def test_a_text_message_has_one_version_for_nobody_could_say_which_won(alba) -> None:
    found = written(alba, "Hay rosas", channel="sms", purpose="offers")
    with for_organisation(alba.organisation.pk), pytest.raises(Refusal):
        add_version(campaign=found.pk, by=alba.member, at=MONDAY)
    assert "Probar otra versión" not in alba.get(alba.desk(f"campanas/{found.pk}/")).content.decode()
