"""Who is in a segment follows what it says and what happens."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Conflict, Refusal
from oportuno.kernel.facts import Recorded
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.testing.queue import waiting
from oportuno.people.audience.api import Contact, erase_contact, fill_in_fields, make_field, set_stage, tag
from oportuno.people.audience.facts import ContactCaptured, ContactTagged, StageChanged
from oportuno.people.audience.testing import make_contact, retire
from oportuno.people.segments import api
from oportuno.people.segments.actions.following import by_the_clock, follow
from oportuno.people.segments.facts import SegmentEntered
from oportuno.people.segments.queries.kept import kept_of
from oportuno.people.segments.testing import make_segment

pytestmark = pytest.mark.django_db


def test_it_finds_who_lives_in_a_city_however_it_is_written(alba: Any, gala: Any) -> None:
    here = [make_contact(alba.organisation, f"c{n}@example.com", place=place) for n, place in enumerate(("Bogotá", "bogota ", "BOGOTÁ"))]
    make_contact(alba.organisation, "lejos@example.com", place="Cali")
    make_contact(gala.organisation, "suya@example.com", place="Bogotá")
    segment = make_segment(alba, {"what": "place", "op": "is", "value": ["Bogota"]})
    with for_organisation(alba.organisation.pk):
        assert sorted(one.pk for one in here) == api.contacts_in(segment.pk)
        assert api.contacts_in(segment.pk, after=sorted(one.pk for one in here)[0], size=1) == [sorted(one.pk for one in here)[1]]
        assert api.count_in(segment.pk) == 3
        assert segment.is_ready
        assert all(api.holds(segment.pk, api.profile_of(one)) for one in here)
    with for_organisation(gala.organisation.pk):
        assert api.contacts_in(segment.pk) == []


def happen(*facts: Any) -> None:
    """What readers do with what was told, at once."""
    with for_market("a test reads the log"):
        told = [
            Recorded(n, n, one[0], one[1].kind, one[1].subject_id(), one[1].contact, None, None, one[1].at, one[1].data())
            for n, one in enumerate(facts)
        ]
    with for_market("a test follows"):
        follow(told, now())


def names_in(actor: Any, segment: Any) -> set[str]:
    with for_organisation(actor.organisation.pk):
        return set(Contact.objects.filter(pk__in=api.contacts_in(segment.pk)).values_list("email", flat=True))


def entered(segment: Any) -> list[tuple[str, UUID]]:
    with for_market("a test reads the log"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT k.name, f.contact_id FROM fact f JOIN fact_kind k ON k.id = f.kind_id WHERE f.subject_id = %s AND f.contact_id IS NOT NULL ORDER BY f.id",
            [segment.pk],
        )
        return list(cursor.fetchall())


def test_it_lets_somebody_in_as_soon_as_a_tag_says_so_and_out_again(alba: Any) -> None:
    ana, luz = (make_contact(alba.organisation, f"{name}@example.com") for name in ("ana", "luz"))
    segment = make_segment(alba, {"what": "tags", "op": "any", "value": ["vip"]})
    assert entered(segment) == []
    with for_organisation(alba.organisation.pk):
        tag(contact=ana, add=["VIP"], by=alba.member, at=now())
    happen((alba.organisation.pk, ContactTagged(added=["vip"], removed=[], contact=ana.pk, at=now())))
    assert names_in(alba, segment) == {"ana@example.com"}
    with for_organisation(alba.organisation.pk):
        tag(contact=ana, remove=["vip"], by=alba.member, at=now())
        tag(contact=luz, add=["vip"], by=alba.member, at=now())
    told = [(alba.organisation.pk, ContactTagged(added=[], removed=[], contact=one.pk, at=now())) for one in (ana, luz)]
    happen(*told)
    happen(*told)  # a batch may come twice
    assert names_in(alba, segment) == {"luz@example.com"}
    assert entered(segment) == [("segments.segment_entered", ana.pk), *sorted([("segments.segment_left", ana.pk), ("segments.segment_entered", luz.pk)], key=lambda one: one[1])]  # fmt: skip
    with for_organisation(alba.organisation.pk):
        assert api.count_in(segment.pk) == 1


def test_it_follows_a_segment_that_asks_for_another(alba: Any) -> None:
    ana = make_contact(alba.organisation, "ana@example.com")
    inner = make_segment(alba, {"what": "stage", "op": "is", "value": ["customer"]}, name="Compran")
    outer = make_segment(alba, {"what": "segment", "op": "out", "value": [str(inner.pk)]}, name="No compran")
    assert names_in(alba, outer) == {"ana@example.com"}
    with for_organisation(alba.organisation.pk):
        set_stage(contact=ana, stage="customer", reason="compró", by=alba.member, at=now())
    happen((alba.organisation.pk, StageChanged(before="contact", after="customer", reason="compró", contact=ana.pk, at=now())))
    assert names_in(alba, inner) == {"ana@example.com"}
    happen((alba.organisation.pk, SegmentEntered(segment=inner.pk, name="Compran", contact=ana.pk, at=now())))
    assert names_in(alba, outer) == set()


def test_it_refuses_a_segment_that_asks_for_itself(alba: Any) -> None:
    first = make_segment(alba, name="Uno")
    second = make_segment(alba, {"what": "segment", "op": "in", "value": [str(first.pk)]}, name="Dos")
    with for_organisation(alba.organisation.pk):
        circle = {"match": "all", "of": [{"what": "segment", "op": "in", "value": [str(second.pk)]}]}
        with pytest.raises(Refusal, match="sí mismo"):
            api.save_segment(segment=first.pk, name="Uno", tree=circle, by=alba.member, at=now())
        with pytest.raises(Conflict, match="Dos"):
            api.delete_segment(segment=first.pk, by=alba.member, at=now())
        api.delete_segment(segment=second.pk, by=alba.member, at=now())
        api.delete_segment(segment=first.pk, by=alba.member, at=now())
        assert api.segments_for(alba.member) == []
        api.restore_segment(segment=first.pk, by=alba.member, at=now())
        assert [one.name for one in api.segments_for(alba.member)] == ["Uno"]


def test_it_lets_time_do_its_work(alba: Any) -> None:
    make_contact(alba.organisation, "ana@example.com", at=now() - timedelta(days=29))
    segment = make_segment(alba, {"what": "created", "op": "past", "value": 30})
    assert segment.by_clock
    assert names_in(alba, segment) == {"ana@example.com"}
    with for_market("the clock"):
        assert by_the_clock() == 1
    assert waiting("segments.build")
    with for_organisation(alba.organisation.pk):
        api.build(segment=segment.pk, at=now() + timedelta(days=2))
    assert names_in(alba, segment) == set()


def test_it_keeps_those_of_before_until_the_new_ones_are_whole(alba: Any) -> None:
    make_contact(alba.organisation, "ana@example.com", place="Cali")
    make_contact(alba.organisation, "luz@example.com", place="Pasto")
    segment = make_segment(alba, {"what": "place", "op": "is", "value": ["Cali"]})
    with for_organisation(alba.organisation.pk):
        changed = {"match": "all", "of": [{"what": "place", "op": "is", "value": ["Pasto"]}]}
        saved = api.save_segment(segment=segment.pk, name="Clientes", tree=changed, by=alba.member, at=now())
    assert saved.is_building
    assert names_in(alba, segment) == {"ana@example.com"}
    with pytest.raises(RuntimeError, match="killed"), for_organisation(alba.organisation.pk):
        api.build(segment=segment.pk, at=now())
        raise RuntimeError("killed")
    assert names_in(alba, segment) == {"ana@example.com"}
    with for_organisation(alba.organisation.pk):
        api.build(segment=segment.pk, at=now())
    assert names_in(alba, segment) == {"luz@example.com"}


def test_it_forgets_who_is_erased(alba: Any) -> None:
    ana = make_contact(alba.organisation, "ana@example.com")
    segment = make_segment(alba)
    with for_organisation(alba.organisation.pk):
        assert [one.title for one in kept_of([ana.pk])] == ["Clientes"]
    erase_contact(organisation=alba.organisation.pk, contact=ana.pk, by=alba.member.id, at=now())
    assert names_in(alba, segment) == set()
    with for_organisation(alba.organisation.pk):
        assert api.count_in(segment.pk) == 0


def test_it_fills_a_list_by_hand(alba: Any, gala: Any) -> None:
    ana, luz = make_contact(alba.organisation, "ana@example.com"), make_contact(alba.organisation, "luz@example.com", place="Cali")
    hers = make_contact(gala.organisation, "suya@example.com")
    here = make_segment(alba, {"what": "place", "op": "is", "value": ["Cali"]}, name="Cali")
    with for_organisation(alba.organisation.pk):
        group = api.make_segment(name="Feria", tree=None, kind="list", by=alba.member, at=now())
        assert api.put_in(segment=group.pk, contacts=[ana.pk, hers.pk], by=alba.member, at=now()) == 1
        assert api.fill_from(segment=group.pk, source=here.pk, by=alba.member, at=now()) == 1
        pasted = api.paste_in(segment=group.pk, text="Ana <ANA@example.com>; nadie@example.com\nno es nada@", by=alba.member, at=now())
        assert (pasted.added, pasted.there, list(pasted.unknown)) == (0, 1, ["nadie@example.com"])
        assert api.count_in(group.pk) == 2
        assert api.take_out(segment=group.pk, contacts=[ana.pk, hers.pk], by=alba.member, at=now()) == 1
        assert api.contacts_in(group.pk) == [luz.pk]
        with pytest.raises(Refusal, match="condiciones"):
            api.put_in(segment=here.pk, contacts=[ana.pk], by=alba.member, at=now())
        copy = api.copy_segment(segment=group.pk, by=alba.member, at=now())
        assert (copy.name, api.contacts_in(copy.pk)) == ("Feria (copia)", [luz.pk])


def test_what_a_segment_asks_for_in_vain_stops_no_other(alba: Any, gala: Any) -> None:
    """A field is retired that one segment asks for: it keeps its people and says so; others go on following what happens."""
    with for_organisation(alba.organisation.pk):
        field = make_field(label="Talla", kind="text", by=alba.member, at=now())
        ana = make_contact(alba.organisation, "ana@example.com")
        fill_in_fields(contact=ana.pk, values={"talla": "M"}, by=alba.member, at=now())
    asking = make_segment(alba, {"what": "field:talla", "op": "is", "value": ["M"]}, name="Talla M")
    others = [make_segment(actor, {"what": "email", "op": "filled"}, name="Con correo") for actor in (alba, gala)]
    with for_organisation(alba.organisation.pk):
        retire(field)
    luz, eva = make_contact(alba.organisation, "luz@example.com"), make_contact(gala.organisation, "eva@example.com")
    happen(*((one.organisation_id, ContactCaptured(source="form", contact=one.pk, at=now())) for one in (luz, eva)))
    assert names_in(alba, others[0]) == {"ana@example.com", "luz@example.com"}
    assert names_in(gala, others[1]) == {"eva@example.com"}
    assert names_in(alba, asking) == {"ana@example.com"}
    assert "su gente queda como estaba" in alba.get(alba.desk(f"segmentos/{asking.pk}/")).content.decode()


def test_after_the_last_day_that_there_is_nobody_was_seen(alba: Any) -> None:
    make_contact(alba.organisation, "ana@example.com")
    never = make_segment(alba, {"what": "seen", "op": "after", "value": "9999-12-31"})
    assert names_in(alba, never) == set()
    with for_organisation(alba.organisation.pk):
        assert not api.holds(never.pk, api.profile_of(Contact.objects.get()))


def test_what_asks_for_a_deleted_one_comes_back_after_it(alba: Any) -> None:
    """“Not in the segment” is everybody, once nobody is in it any more."""
    asked = make_segment(alba, {"what": "email", "op": "filled"}, name="Con correo")
    asking = make_segment(alba, {"what": "segment", "op": "out", "value": [str(asked.pk)]}, name="Sin correo")
    with for_organisation(alba.organisation.pk):
        for one in (asking, asked):
            api.delete_segment(segment=one.pk, by=alba.member, at=now())
        with pytest.raises(Conflict, match="Recupera ese primero"):
            api.restore_segment(segment=asking.pk, by=alba.member, at=now())
        for one in (asked, asking):
            api.restore_segment(segment=one.pk, by=alba.member, at=now())
    answer = alba.post(alba.desk(f"segmentos/{asking.pk}/restauracion/"))
    assert answer.status_code == 404
