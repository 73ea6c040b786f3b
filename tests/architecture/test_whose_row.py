"""The second lock, tried with no application code in the way."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Broken
from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation import for_market, for_organisation, for_person, for_public
from oportuno.people.organisations.models import Membership

pytestmark = pytest.mark.django_db


def member(organisation: int) -> Membership:
    with for_organisation(organisation):
        return Membership.objects.create(person_id=new_id(), role="owner", since=now())


def test_it_shows_an_organisation_only_its_own_rows() -> None:
    mine, theirs = member(1), member(2)
    with for_organisation(1):
        assert list(Membership.objects.all()) == [mine]
    with for_organisation(2):
        assert list(Membership.objects.all()) == [theirs]


def test_it_shows_nobody_anything_until_somebody_says_for_whom() -> None:
    member(1)
    assert not Membership.objects.exists()
    with for_public():
        assert not Membership.objects.exists()


def test_it_refuses_a_row_of_another_organisation() -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), for_organisation(1):
        Membership.objects.create(organisation_id=2, person_id=new_id(), role="owner", since=now())


def test_it_does_not_guess_an_owner() -> None:
    with pytest.raises(Broken):
        Membership.objects.create(person_id=new_id(), role="owner", since=now())


def test_it_lets_the_market_see_all_and_says_so_by_role() -> None:
    member(1), member(2)
    with for_market("a test"):
        assert Membership.objects.count() == 2


def test_it_gives_a_person_her_rows_across_organisations() -> None:
    one = member(1)
    with for_organisation(2):
        Membership.objects.create(person_id=one.person_id, role="editor", since=now())
    member(3)
    with for_person(one.person_id):
        assert set(Membership.objects.values_list("organisation_id", flat=True)) == {1, 2}


def test_it_gives_the_enclosing_block_back_what_it_had() -> None:
    mine = member(1)
    member(2)
    with for_organisation(1):
        with for_market("a test"):
            assert Membership.objects.count() == 2
        assert list(Membership.objects.all()) == [mine]


def test_it_forgets_after_a_failure_inside() -> None:
    mine = member(1)
    with for_organisation(1):
        with pytest.raises(ProgrammingError), for_organisation(2), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT no_such_column FROM membership")
        assert list(Membership.objects.all()) == [mine]


@pytest.mark.django_db(transaction=True)
def test_it_leaves_nothing_behind_on_the_connection() -> None:
    member(1)
    with for_organisation(1):
        assert Membership.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('app.organisation', true)")
        assert cursor.fetchone() in [("oportuno_app", ""), ("oportuno_app", None)]
    assert not Membership.objects.exists()
