"""Joining, forgetting and counting go on beside the reader of facts: nobody waits for somebody who waits for him."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from oportuno.kernel.clock import now
from oportuno.kernel.facts import Fact, record_all
from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.testing.together import together
from oportuno.people.audience.api import Contact, erase_contact, merge_contacts, undo_merge
from oportuno.people.audience.facts import QuestionAsked
from oportuno.people.audience.testing import make_contact
from oportuno.people.segments import api
from oportuno.people.segments.actions import building, gathering
from oportuno.people.segments.models import Segment
from oportuno.people.segments.testing import make_segment
from oportuno.people.segments.tests.test_it_keeps_deeds import bulletin, follow_all, gathered, members, rows_of, told

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = """
SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.datname = current_database())
"""


def side_by_side(act: Callable[[Callable[[], None]], Any], other: Callable[[], Any]) -> tuple[Any, Any]:
    """`other` begins when `act` calls what it is given, which goes on when `other` waits for a lock, or is done without waiting."""
    begun, over = threading.Event(), threading.Event()

    def meanwhile() -> None:
        begun.set()
        while not over.is_set():
            with connection.cursor() as cursor:
                cursor.execute(WAITING)
                if cursor.fetchone()[0]:
                    return

    def beside() -> Any:
        begun.wait(30)
        try:
            return other()
        finally:
            over.set()

    first, second = together([lambda: act(meanwhile), beside])
    return first, second


def asked(contact: Contact) -> list[Fact]:
    return [QuestionAsked(question=new_id(), contact=contact.pk, at=now())]


@pytest.mark.parametrize("both", [False, True])
def test_who_is_joined_while_her_deeds_are_read_is_joined(alba: Any, known_deeds: None, both: bool) -> None:
    """What ana does for the first time is written down while she is joined to her twin, who has done it already."""
    ana, twin = (make_contact(alba.organisation, f"{name}@example.com") for name in ("ana", "gemela"))
    gathered()
    told(alba, [*asked(twin), *bulletin(ana, 3), *bulletin(twin, 3)])

    def reads(meanwhile: Callable[[], None]) -> None:
        with transaction.atomic(), for_market("a test reads as the reader does", organisation=alba.organisation.pk):
            record_all(asked(ana))
            gathering.note_done(alba.organisation.pk, [ana.pk])
            meanwhile()
            if both:
                record_all(asked(twin))
                gathering.note_done(alba.organisation.pk, [twin.pk])

    def joins() -> Any:
        with for_organisation(alba.organisation.pk):
            return merge_contacts(kept=ana.pk, gone=twin.pk, chosen={}, by=alba.member, at=now())

    _none, merge = side_by_side(reads, joins)
    follow_all()
    assert (rows_of(ana)["asked", ""][0], rows_of(ana)["received", ""][0], rows_of(twin)) == (2 + both, 2, {})
    with for_organisation(alba.organisation.pk):
        undo_merge(merge=merge.pk, by=alba.member, at=now())
    follow_all()
    assert (rows_of(ana)["asked", ""][0], rows_of(twin)["asked", ""][0]) == (1, 1 + both)
    with for_market("invariants"):
        assert gathering.done_otherwise() == 0


@pytest.mark.parametrize("turned", [False, True])
def test_who_is_joined_while_she_leaves_segments_is_joined_and_they_are_counted_right(alba: Any, turned: bool) -> None:
    ana, twin = (make_contact(alba.organisation, f"{name}@example.com") for name in ("ana", "gemela"))
    segments = [make_segment(alba, {"what": "email", "op": "filled"}, name=name) for name in ("Con correo", "Otra vez con correo")]
    first, second = reversed(segments) if turned else segments
    with for_organisation(alba.organisation.pk):
        Contact.objects.filter(pk=twin.pk).update(email="")

    def reads(meanwhile: Callable[[], None]) -> None:
        with transaction.atomic(), for_market("a test reads as the reader does"):
            gathering.hold_still(alba.organisation.pk)
            building.look_again(segment=first, contacts=[ana.pk, twin.pk], at=now())
            meanwhile()
            building.look_again(segment=second, contacts=[ana.pk, twin.pk], at=now())

    def joins() -> Any:
        with for_organisation(alba.organisation.pk):
            return merge_contacts(kept=ana.pk, gone=twin.pk, chosen={}, by=alba.member, at=now())

    side_by_side(reads, joins)
    follow_all()
    assert members(alba, first) == members(alba, second) == {"ana@example.com"}
    with for_market("invariants"):
        assert api.counted_otherwise() == 0


def test_who_is_forgotten_while_a_segment_is_built_leaves_it_and_it_is_counted_right(alba: Any) -> None:
    people = [make_contact(alba.organisation, f"c{number}@example.com") for number in range(3)]
    everybody = make_segment(alba, {"what": "email", "op": "filled"})
    make_contact(alba.organisation, "luz@example.com")

    def builds(meanwhile: Callable[[], None]) -> None:
        with transaction.atomic(), for_organisation(alba.organisation.pk):
            tell = building._tell
            building_tell(tell, meanwhile)
            api.build(segment=everybody.pk, at=now())

    def building_tell(tell: Any, meanwhile: Callable[[], None]) -> None:
        def told_late(*args: Any) -> None:
            meanwhile()
            tell(*args)

        patch.setattr(building, "_tell", told_late)

    def forgets() -> None:
        erase_contact(organisation=alba.organisation.pk, contact=people[0].pk, by=alba.member.id, at=now())

    with pytest.MonkeyPatch.context() as patch:
        side_by_side(builds, forgets)
    with for_organisation(alba.organisation.pk):
        found = Segment.objects.get(pk=everybody.pk)
        assert len(api.contacts_in(everybody.pk)) == found.count == 3
    with for_market("invariants"):
        assert api.counted_otherwise() == 0
