"""Who asked to be forgotten is not brought back by the snapshot of a joining, whichever of the two she was."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from oportuno.kernel.clock import now
from oportuno.kernel.forgotten import noted
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.people.audience import api
from oportuno.people.audience.models import Contact, ContactDistinct, ContactMerge, Identity
from oportuno.people.audience.testing import rows
from oportuno.people.audience.tests.test_it_joins_duplicates import join, part, wrote
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
KEPT, GONE = ("Kanaria Uno", "uno@kanaria.example"), ("Kanaria Dos", "dos@kanaria.example")


def erase(actor: Actor, contact: Contact) -> None:
    api.erase_contact(organisation=actor.member.organisation.pk, contact=contact.pk, by=actor.member.id, at=now())


def stands_somewhere(word: str) -> bool:
    """In any row about a joining."""
    with for_market("a test looks everywhere"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM contact_merge t WHERE t::text ILIKE %s", [f"%{word}%"])
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize("whom", ["kept", "gone"])
def test_of_a_joining_that_was_undone_no_word_stays(alba: Actor, whom: str) -> None:
    kept, gone = wrote(alba, *KEPT), wrote(alba, *GONE)
    part(alba, join(alba, kept, gone, display_name="gone"))
    erase(alba, kept if whom == "kept" else gone)
    assert not stands_somewhere(KEPT[1] if whom == "kept" else GONE[1])
    assert not stands_somewhere(KEPT[0] if whom == "kept" else GONE[0])


def test_a_chain_of_joinings_holds_nothing_of_her_either(alba: Actor) -> None:
    kept, gone, third = wrote(alba, *KEPT), wrote(alba, *GONE), wrote(alba, "Ana", "ana@example.com")
    first = join(alba, kept, gone, display_name="gone")
    second = join(alba, third, kept, display_name="gone")
    part(alba, second)
    part(alba, first)
    erase(alba, gone)
    assert not stands_somewhere("Kanaria Dos")
    assert not stands_somewhere(GONE[1])


def test_a_backup_in_which_she_was_part_of_another_does_not_bring_her_back(
    alba: Actor, settings, tmp_path, django_capture_on_commit_callbacks
) -> None:
    settings.HOME = tmp_path
    kept, gone = wrote(alba, "Ana", "ana@example.com"), wrote(alba, *GONE)
    merge = join(alba, kept, gone)
    backup = transaction.savepoint()
    part(alba, merge)
    with django_capture_on_commit_callbacks(execute=True):
        erase(alba, gone)
    transaction.savepoint_rollback(backup)
    assert api.erase_contacts_again(noted(tmp_path), at=now()) == 1
    assert [one.email for one in rows(alba.organisation, Contact)] == ["ana@example.com"]
    assert [one.key for one in rows(alba.organisation, Identity)] == ["ana@example.com"]
    assert not stands_somewhere(GONE[1])
    assert api.erase_contacts_again(noted(tmp_path), at=now()) == 0


def test_who_was_joined_a_moment_ago_is_forgotten_under_her_new_name(alba: Actor) -> None:
    kept, gone = wrote(alba, *KEPT), wrote(alba, *GONE)
    join(alba, kept, gone)
    erase(alba, gone)
    assert rows(alba.organisation, Contact) == rows(alba.organisation, ContactMerge) == []


def test_a_joining_is_undone_though_somebody_it_knew_is_forgotten(alba: Actor) -> None:
    """That she and another were told apart led to the other, who is not there any more."""
    kept, gone, other = wrote(alba, *KEPT), wrote(alba, *GONE), wrote(alba, "Ana", "ana@example.com")
    with for_organisation(alba.member.organisation.pk):
        api.set_apart(one=gone.pk, other=other.pk, by=alba.member, at=now())
    merge = join(alba, kept, gone)
    erase(alba, other)
    part(alba, merge)
    assert {one.pk for one in rows(alba.organisation, Contact)} == {kept.pk, gone.pk}
    assert rows(alba.organisation, ContactDistinct) == []
