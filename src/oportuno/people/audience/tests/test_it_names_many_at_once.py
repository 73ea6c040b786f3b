"""Rows that an import writes by the thousand get identities like any other: version 7, growing, each its own, not to be guessed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from django.db import connection

from oportuno.people.audience.actions.importing.naming import ids_by

pytestmark = pytest.mark.django_db
MANY = 20_000


def named(many: int = MANY, among: int = 3) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {ids_by('n', 'place')} FROM generate_series(1, {many}) n, generate_series(1, {among}) WITH ORDINALITY p(p, place) ORDER BY n"
        )
        return [one for (one,) in cursor.fetchall()]


def test_each_is_its_own_also_among_two_statements_of_one_moment() -> None:
    assert len({*named(), *named()}) == 2 * 3 * MANY


def test_they_are_of_version_seven_and_of_now() -> None:
    for one in (found := named())[0], found[-1]:
        assert (one.version, one.variant) == (7, "specified in RFC 4122")
        assert abs(datetime.fromtimestamp((one.int >> 80) / 1000, UTC) - datetime.now(UTC)) < timedelta(minutes=1)


def test_they_grow_with_the_rows() -> None:
    found = named(among=1)
    assert found == sorted(found)


def test_one_does_not_tell_the_next() -> None:
    tails = [one.int & (2**60 - 1) for one in named(1000, 1)]
    steps = {after - before for before, after in pairwise(tails)}
    assert len(steps) == len(tails) - 1
