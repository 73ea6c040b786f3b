"""Two owners leave at the same moment, over two connections: one of them stays."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Conflict
from oportuno.people.organisations.actions import end_membership, join
from oportuno.people.organisations.models import Role
from oportuno.people.organisations.queries import team_of
from oportuno.people.organisations.testing import Actor, make_person


@pytest.mark.django_db(transaction=True)
def test_it_keeps_one_owner_when_two_leave_at_once(alba: Actor) -> None:
    assert alba.organisation
    beto = make_person("Beto")
    join(organisation=alba.organisation, person=beto, role=Role.OWNER, at=now())
    owners = [alba.member, Actor(beto, alba.organisation).member]
    start = Barrier(2)

    def leave(number: int) -> str:
        try:
            start.wait()
            end_membership(person=owners[number].id, by=owners[number], at=now())
        except Conflict:
            return "stays"
        finally:
            connection.close()
        return "left"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(leave, range(2))) == ["left", "stays"]
    assert [mate.role for mate in team_of(alba.member if _belongs(alba) else Actor(beto, alba.organisation).member)] == ["owner"]


def _belongs(alba: Actor) -> bool:
    return alba.get(alba.desk("equipo/")).status_code == 200
