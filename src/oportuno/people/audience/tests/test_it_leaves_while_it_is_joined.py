"""Somebody leaves at the very moment at which a member joins her to another contact: she has left."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience import api
from oportuno.people.audience.actions.confirming import VALID, confirm
from oportuno.people.audience.models import Confirmation, Contact
from oportuno.people.audience.queries.confirmations import digest_of
from oportuno.people.audience.testing import FORM, rows
from oportuno.people.audience.tests.test_it_joins_duplicates import agree, refuse, standings, wrote
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db(transaction=True)
WAITS = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"


def until_somebody_waits() -> None:
    """For what this connection is about to do. Each look takes a millisecond or two."""
    with connection.cursor() as cursor:
        for _look in range(10_000):
            cursor.execute(WAITS)
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waited")


@pytest.mark.parametrize("deed", ["withdraws", "is erased"])
def test_what_she_asks_for_happens_to_whom_she_became(alba: Actor, deed: str) -> None:
    kept, gone = wrote(alba, "Ana", "ana@example.com"), wrote(alba, "Ana", "ana2@example.com")
    agree(alba, kept)
    agree(alba, gone)
    here = alba.member.organisation.pk
    member = alba.member

    def act() -> None:
        try:
            if deed == "withdraws":
                refuse(alba, gone)
            else:
                api.erase_contact(organisation=here, contact=gone.pk, by=member.id, at=now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with for_organisation(here):
            api.merge_contacts(kept=kept.pk, gone=gone.pk, chosen={}, by=member, at=now())
            waiting = pool.submit(act)
            until_somebody_waits()
        waiting.result()
    if deed == "withdraws":
        assert standings(alba) == {(kept.pk, "bulletin"): "withdrawn"}
    else:
        assert rows(alba.organisation, Contact) == []


def test_a_link_that_is_pressed_while_she_is_forgotten_confirms_nothing(alba: Actor) -> None:
    ana, here = wrote(alba, "Ana", "ana@example.com"), alba.member.organisation.pk
    with for_organisation(here):
        Confirmation.objects.create(
            contact=ana, identity_key="ana@example.com", token_digest=digest_of("link"), asked=[], language="es-co",
            at=now(), expires_at=now() + VALID,
        )  # fmt: skip

    def press() -> None:
        try:
            confirm(token="link", circumstances=FORM, at=now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with for_organisation(here):
            api.erase_contact(organisation=here, contact=ana.pk, by=alba.member.id, at=now())
            waiting = pool.submit(press)
            until_somebody_waits()
        with pytest.raises(NotFound):
            waiting.result()
    assert rows(alba.organisation, Contact) == []
