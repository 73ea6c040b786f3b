"""What people did is kept beside the log, and is what the log says."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from oportuno.kernel.clock import now
from oportuno.kernel.facts import Fact, record_all
from oportuno.kernel.facts.loop import ensure_cursors
from oportuno.kernel.facts.readers import READERS
from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.people.audience.api import Contact, erase_contact, merge_contacts, undo_merge
from oportuno.people.audience.facts import PageViewed
from oportuno.people.audience.testing import make_contact
from oportuno.people.messaging.facts import MailOpened, MessageSent
from oportuno.people.segments import api
from oportuno.people.segments.actions import gathering
from oportuno.people.segments.models import ContactDeed, DeedKept
from oportuno.people.segments.queries import deeds as deeds_module
from oportuno.people.segments.queries.done import number_of, whole_deeds
from oportuno.people.segments.queries.kept import kept_of
from oportuno.people.segments.rules.deeds import DeedKind
from oportuno.people.segments.testing import DEEDS, make_segment

pytestmark = pytest.mark.django_db
OPENED_TWO = {"what": "share:opened", "op": "at_least", "value": 2, "of": 5}


def gathered(**more: Any) -> int:
    return gathering.gather_deeds(Lease(0, 1, None, "a test"), now(), **more)


def told(actor: Any, facts: Sequence[Fact]) -> None:
    """Told, and followed as the reader does it."""
    with for_organisation(actor.organisation.pk):
        record_all(facts)
    follow_all()


def follow_all() -> None:
    from oportuno.kernel.facts import Recorded
    from oportuno.people.segments.actions.following import follow

    ensure_cursors()
    with for_market("a test reads the log"), connection.cursor() as cursor:
        cursor.execute(
            """SELECT f.id, f.transaction, f.organisation_id, k.name, f.subject_id, f.contact_id, f.visitor_id, f.person_id, f.at, f.data
            FROM fact f JOIN fact_kind k ON k.id = f.kind_id ORDER BY f.id"""
        )
        import json

        rows = [Recorded(*row[:-1], data=json.loads(row[-1]) if isinstance(row[-1], str) else row[-1]) for row in cursor.fetchall()]
    with for_market("a test follows"):
        follow([one for one in rows if one.kind in READERS["segments.follow"].kinds()], now())


def bulletin(contact: Contact, days: float, *, opened: bool = False) -> list[Fact]:
    """One that was sent to her so many days ago, and opened an hour later."""
    message, at = new_id(), now() - timedelta(days=days)
    sent = MessageSent(message=message, purpose="marketing", contact=contact.pk, at=at)
    read = MailOpened(message=message, frame=new_id(), machine=False, contact=contact.pk, at=at + timedelta(hours=1))
    return [sent, read] if opened else [sent]


def rows_of(contact: Contact) -> dict[tuple[str, str], tuple[int, int]]:
    """(deed, about) → (times, answered)."""
    names = {number_of(one): one.key for one in DEEDS}
    with for_market("a test looks"):
        found = ContactDeed.objects.filter(contact_id=contact.pk).values_list("deed", "about", "times", "answered")
        return {(names[deed], about): (times, answered) for deed, about, times, answered in found}


def members(actor: Any, segment: Any) -> set[str]:
    with for_organisation(actor.organisation.pk):
        api.build(segment=segment.pk, at=now())
        return {one.email for one in api.people_of(api.contacts_in(segment.pk))}


def test_it_keeps_how_often_and_which_of_the_last_ones(alba: Any, known_deeds: None) -> None:
    ana = make_contact(alba.organisation, "ana@example.com")
    gathered()
    told(alba, [*bulletin(ana, 30, opened=True), *bulletin(ana, 20), *bulletin(ana, 10, opened=True)])
    assert rows_of(ana) == {("received", ""): (3, 0), ("opened", ""): (2, 0b101)}
    told(
        alba,
        [
            PageViewed(path="/categorias/rosas/rojas/", contact=ana.pk, at=now()),
            PageViewed(path="/categorias/rosas", contact=ana.pk, at=now()),
        ],
    )
    assert {about: times for (deed, about), (times, _bits) in rows_of(ana).items() if deed == "browsed"} == {
        "": 2,
        "rosas": 1,
        "rosas/rojas": 1,
    }
    follow_all()  # a batch may come twice
    assert rows_of(ana)["opened", ""] == (2, 0b101)
    with for_market("invariants"):
        assert gathering.done_otherwise() == 0


def test_it_is_what_the_log_says_however_the_facts_come(alba: Any, known_deeds: None) -> None:
    """Late ones, of several people at once, in batches of any size: kept step by step, it is what it would be put together anew."""
    chance = random.Random(7)
    people = [make_contact(alba.organisation, f"c{number}@example.com") for number in range(4)]
    gathered()
    for _batch in range(8):
        facts: list[Fact] = []
        for _fact in range(chance.choice((1, 12, 25))):
            facts += bulletin(chance.choice(people), chance.choice((0.1, 3, 40, 200)), opened=chance.random() < 0.5)
        told(alba, chance.sample(facts, len(facts)))
    before = [rows_of(one) for one in people]
    assert any(times > 20 for rows in before for times, _bits in rows.values())
    assert gathered(anew=True) == 0
    assert [rows_of(one) for one in people] == before


def test_it_asks_the_log_until_a_deed_is_put_together_as_it_is_meant(alba: Any, known_deeds: None, monkeypatch: pytest.MonkeyPatch) -> None:
    ana, luz = (make_contact(alba.organisation, f"{name}@example.com") for name in ("ana", "luz"))
    with for_organisation(alba.organisation.pk):
        record_all([*bulletin(ana, 9, opened=True), *bulletin(ana, 8, opened=True), *bulletin(luz, 9, opened=True), *bulletin(luz, 8)])
    segment = make_segment(alba, OPENED_TWO)
    assert whole_deeds() == set()
    assert members(alba, segment) == {"ana@example.com"}
    gathered()
    assert whole_deeds() == {one.key for one in DEEDS}
    assert members(alba, segment) == {"ana@example.com"}
    with for_market("a test looks away"):
        ContactDeed.objects.filter(contact_id=ana.pk).delete()
    assert members(alba, segment) == set()  # it is the table that answers now
    machines_too = DeedKind("opened", ("messaging.mail_opened",), "opened", of="received")
    monkeypatch.setitem(deeds_module._deeds, "opened", machines_too)
    assert "opened" not in whole_deeds()
    assert members(alba, segment) == {"ana@example.com"}  # and now the log
    gathered()
    assert members(alba, segment) == {"ana@example.com"}
    assert DeedKept.objects.count() == len(DEEDS)


def test_who_became_one_did_it_together_and_apart_again(alba: Any, known_deeds: None) -> None:
    ana, twin = (make_contact(alba.organisation, f"{name}@example.com") for name in ("ana", "gemela"))
    gathered()
    told(alba, [*bulletin(ana, 9, opened=True), *bulletin(twin, 8, opened=True)])
    segment = make_segment(alba, OPENED_TWO)
    assert members(alba, segment) == set()
    with for_organisation(alba.organisation.pk):
        merge = merge_contacts(kept=ana.pk, gone=twin.pk, chosen={}, by=alba.member, at=now())
    follow_all()
    assert members(alba, segment) == {"ana@example.com"}
    assert (rows_of(ana)["opened", ""], rows_of(twin)) == ((2, 0b11), {})
    with for_organisation(alba.organisation.pk):
        assert api.holds(segment.pk, api.profile_of(Contact.objects.get(pk=ana.pk)))
        undo_merge(merge=merge.pk, by=alba.member, at=now())
    follow_all()
    assert members(alba, segment) == set()
    assert (rows_of(ana)["opened", ""], rows_of(twin)["opened", ""]) == ((1, 1), (1, 1))


def test_whoever_reads_what_is_kept_of_her_sees_it_and_it_goes_with_her(alba: Any, known_deeds: None) -> None:
    ana = make_contact(alba.organisation, "ana@example.com")
    gathered()
    told(alba, bulletin(ana, 3, opened=True))
    with for_market("she reads"):
        assert ("Opened a bulletin", "1 vez") in {(one.title, one.words[0][1]) for one in kept_of([ana.pk])}
    erase_contact(organisation=alba.organisation.pk, contact=ana.pk, by=alba.member.id, at=now())
    assert rows_of(ana) == {}
    follow_all()  # the facts stay, and say nothing of her any more
    assert rows_of(ana) == {}
    assert gathered(anew=True) == 0
    assert rows_of(ana) == {}
