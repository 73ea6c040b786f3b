"""Two owners leave at the same moment, over two connections: one of them stays."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Conflict
from oportuno.kernel.isolation import for_organisation
from oportuno.people.organisations.actions import end_membership, join
from oportuno.people.organisations.models import Membership, Role
from oportuno.people.organisations.queries import Member
from oportuno.people.organisations.testing import Actor, make_person

WAITING = "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted AND pid = ANY(%s)"


@pytest.mark.django_db(transaction=True)
def test_it_keeps_one_owner_when_two_leave_at_once(alba: Actor) -> None:
    assert alba.organisation
    beto = make_person("Beto")
    join(organisation=alba.organisation, person=beto, role=Role.OWNER, at=now())
    owners = [alba.member, Actor(beto, alba.organisation).member]
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic(), for_organisation(alba.organisation.pk):  # until both are on their way, neither can finish
            list(Membership.objects.select_for_update().all())
            backends: list[int] = []
            leaving = [pool.submit(_leave, owner, backends) for owner in owners]
            _wait_until_both_wait(leaving, backends)
        assert sorted(one.result() for one in leaving) == ["left", "stays"]
    with for_organisation(alba.organisation.pk):
        assert Membership.objects.filter(role=Role.OWNER, ended_at__isnull=True).count() == 1


def _leave(owner: Member, backends: list[int]) -> str:
    try:
        connection.ensure_connection()
        backends.append(connection.connection.info.backend_pid)
        end_membership(person=owner.id, by=owner, at=now())
    except Conflict:
        return "stays"
    finally:
        connection.close()
    return "left"


def _wait_until_both_wait(leaving: list[Future[str]], backends: list[int]) -> None:
    """Returns when the database holds two waiting transactions (or one of them has broken)."""
    with connection.cursor() as cursor:
        while not any(one.done() for one in leaving):
            cursor.execute(WAITING, [backends])
            if cursor.fetchone()[0] >= 2:
                return
