"""Who belongs where, and what that lets them do."""

from __future__ import annotations

import pytest

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Conflict, NotFound
from oportuno.people.organisations.actions import found_organisation, join
from oportuno.people.organisations.models import Role
from oportuno.people.organisations.queries import member_for, memberships_of
from oportuno.people.organisations.testing import Actor


def test_it_makes_the_founder_the_owner(alba: Actor) -> None:
    assert alba.member.role == Role.OWNER


def test_it_lets_beto_edit_the_catalogue_but_not_the_team(beto: Actor) -> None:
    assert beto.member.may("edit catalogue")
    assert not beto.member.may("manage team")


def test_it_tells_gala_that_albas_organisation_is_not_there(alba: Actor, gala: Actor) -> None:
    assert alba.organisation is not None
    with pytest.raises(NotFound):
        member_for(gala.person, alba.organisation.slug)


def test_it_keeps_several_organisations_of_one_person_apart(alba: Actor, gala: Actor) -> None:
    assert gala.organisation is not None
    join(organisation=gala.organisation, person=alba.person, role=Role.ANALYST, at=now())
    assert {(m.organisation.slug, m.role) for m in memberships_of(alba.person)} == {
        ("flores-de-alba", "owner"),
        ("viveros-gala", "analyst"),
    }


def test_it_refuses_to_join_twice(alba: Actor) -> None:
    assert alba.organisation is not None
    with pytest.raises(Conflict):
        join(organisation=alba.organisation, person=alba.person, role=Role.EDITOR, at=now())


def test_it_gives_the_second_of_two_namesakes_another_address(alba: Actor) -> None:
    second = found_organisation(name="Flores de Alba", kind="seller", country="CO", owner=alba.person, at=now())
    assert second.slug == "flores-de-alba-2"
