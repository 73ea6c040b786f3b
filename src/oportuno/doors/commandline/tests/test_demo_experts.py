"""Who answers in the demo."""

from __future__ import annotations

import pytest

from oportuno.kernel import packs
from oportuno.kernel.packs.demo import demo_of
from oportuno.kernel.packs.demo.knowing import knowing


@pytest.mark.parametrize("vertical", ["flores", "saas"])
def test_the_markets_own_staff_answers_too_and_is_told_to_be_of_the_demo(vertical: str) -> None:
    pack = packs.load(vertical)
    file, demo = knowing(pack), demo_of(pack)
    staff = {
        person.name for person in demo.people if any(role.organisation == "operator" and role.role == "staff" for role in person.roles)
    }
    own = [one for one in file.experts if one.organisation == "operator"]
    assert own
    assert {one.name for one in own} <= staff
    assert all("(demo)" in one.name and all("(demo)" in point.title for point in one.points) for one in own)
    assert any(answer.expert == one.key for one in own for question in file.questions for answer in question.answers)


@pytest.mark.parametrize("vertical", ["flores", "saas"])
def test_whoever_answers_is_there_and_knows_a_field_of_the_vertical(vertical: str) -> None:
    pack = packs.load(vertical)
    file, demo = knowing(pack), demo_of(pack)
    there = {"operator", *(one.slug for one in demo.sellers)}
    fields = {sector.slug for sector in pack.sectors.sectors}
    for one in file.experts:
        assert one.organisation in there, one.key
        assert set(one.fields) <= fields, one.key
    for question in file.questions:
        assert question.field in fields, question.title
        assert {answer.expert for answer in question.answers} <= {one.key for one in file.experts}, question.title
