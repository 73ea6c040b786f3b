"""To segments, less others: each once, counted in the first that holds him; and by text message the same way."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest

from oportuno.growth.campaigns.actions.controlling import call_off
from oportuno.growth.campaigns.actions.scheduling import schedule
from oportuno.growth.campaigns.actions.writing import add_version, change_campaign, copy_campaign, write_version
from oportuno.growth.campaigns.queries.audiences import size_of
from oportuno.growth.campaigns.queries.checks import what_blocks
from oportuno.growth.campaigns.queries.figures import report_of
from oportuno.growth.campaigns.queries.parts import among
from oportuno.growth.campaigns.testing import MONDAY, SUNDAY, Campaign, again, reader, walked, written
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience.api import Agreed, addresses, give
from oportuno.people.audience.testing import FORM, Contact
from oportuno.people.messaging.testing import all_messages
from oportuno.people.segments import api as segments
from oportuno.people.segments.testing import make_segment

pytestmark = pytest.mark.django_db


def a_list(alba: Any, name: str, *contacts: Contact) -> UUID:
    with for_organisation(alba.organisation.pk):
        found = segments.make_segment(name=name, tree={}, kind="list", by=alba.member, at=MONDAY)
        segments.put_in(segment=found.pk, contacts=[one.pk for one in contacts], by=alba.member, at=MONDAY)
        return found.pk


def sent_to(alba: Any, campaign: Any, **audience: list[UUID]) -> tuple[list[str], Any]:
    with for_organisation(alba.organisation.pk):
        said = {name: [str(one) for one in audience.get(name, [])] for name in ("segments", "minus")}
        change_campaign(campaign=campaign.pk, audience_of=said, by=alba.member, at=MONDAY)
        schedule(campaign=campaign.pk, by=alba.member, at=MONDAY)
    done = walked(alba, campaign)
    with for_organisation(alba.organisation.pk):
        return sorted(one.to_address for one in all_messages() if one.frame_id), report_of(done)


def test_who_is_in_two_segments_gets_it_once_and_who_is_taken_out_gets_nothing(alba) -> None:
    people = [reader(alba, f"r{number}@example.com") for number in range(6)]
    first, second = a_list(alba, "Uno", *people[:3]), a_list(alba, "Dos", *people[2:])
    out = a_list(alba, "Fuera", people[5])
    reached, report = sent_to(alba, written(alba), segments=[first, second], minus=[out])
    assert reached == [f"r{number}@example.com" for number in range(5)]
    assert [(one.name, one.figures.audience) for one in report.parts] == [("Uno", 3), ("Dos", 2)]
    assert report.total.audience == 5


def test_its_size_counts_who_is_in_two_segments_once_and_says_how_it_comes_about(alba) -> None:
    people = [reader(alba, f"r{number}@example.com") for number in range(6)]
    first, second = a_list(alba, "Uno", *people[:4]), a_list(alba, "Dos", *people[2:])
    out, campaign = a_list(alba, "Fuera", people[5]), written(alba)
    shown = alba.desk(f"campanas/{campaign.pk}/envio/")
    for chosen, minus, size, said in (
        ([first], [], 4, None),
        ([first, second], [], 6, "4 en Uno + 4 en Dos − 2 en los dos = 6"),
        ([first, second], [out], 5, "4 en Uno + 4 en Dos − 2 en los dos − 1 excluida = 5"),
    ):
        with for_organisation(alba.organisation.pk):
            audience = {"segments": [str(one) for one in chosen], "minus": [str(one) for one in minus]}
            changed = change_campaign(campaign=campaign.pk, audience_of=audience, by=alba.member, at=MONDAY)
            assert size_of(changed) == size
        page = alba.get(shown).content.decode()
        assert said in page if said else " en Uno" not in page


def test_who_did_not_agree_gets_nothing_though_he_is_in_the_segment_and_the_report_says_so(alba) -> None:
    agreed, other = reader(alba, "si@example.com"), reader(alba, "no@example.com", purpose="offers")
    reached, _report = sent_to(alba, written(alba), segments=[a_list(alba, "Todos", agreed, other)])
    assert reached == ["si@example.com"]


def test_a_batch_and_a_segment_are_walked_side_by_side(alba) -> None:
    people = [reader(alba, f"r{number}@example.com") for number in range(8)]
    chosen = a_list(alba, "Pares", *people[::2])
    with for_organisation(alba.organisation.pk):
        batch = sorted(one.pk for one in people)[2:7]
        assert among(chosen, batch) == {one.pk for one in people[::2]} & set(batch)
        assert among(chosen, []) == set()


def test_text_messages_go_to_those_who_agreed_to_them_on_their_phones(alba) -> None:
    number = addresses.phone("3001234567", "CO")
    assert number
    carmen, nobody = reader(alba, "carmen@example.com", "Carmen Rojas"), reader(alba, "sin@example.com")
    with for_organisation(alba.organisation.pk):
        for one in (carmen, nobody):
            give(contact=one, agreed=Agreed("offers", "sms"), circumstances=FORM, at=SUNDAY)
        Contact.objects.filter(pk=carmen.pk).update(phone=number.key)
    campaign = written(alba, "Hola {{ given_name }}, hay rosas", channel="sms", purpose="offers")
    reached, report = sent_to(alba, campaign)
    assert reached == [number.key]
    assert [one.text for one in all_messages() if one.frame_id] == ["Hola Carmen, hay rosas"]
    assert report.total.audience == 1


def test_a_segment_that_is_gone_is_not_everybody(alba) -> None:
    """It was deleted after the campaign went out, and the campaign is copied: neither saving the copy nor sending it forgets for whom it was."""
    one, two = reader(alba, "una@example.com"), reader(alba, "dos@example.com")
    chosen, out = a_list(alba, "Pocas", one), a_list(alba, "Fuera", two)
    first = written(alba)
    sent_to(alba, first, segments=[chosen], minus=[out])
    with for_organisation(alba.organisation.pk):
        call_off(campaign=first.pk, by=alba.member, at=MONDAY)
        for segment in (chosen, out):
            segments.delete_segment(segment=segment, by=alba.member, at=MONDAY)
        copy = copy_campaign(campaign=first.pk, by=alba.member, at=MONDAY)
    page = alba.desk(f"campanas/{copy.pk}/")
    shown = alba.get(page).content.decode()
    assert shown.count("Un segmento que ya no está") >= 2
    ticked = {name: re.findall(rf'name="{name}" value="([0-9a-f-]+)"[^>]*checked', shown) for name in ("segments", "minus")}
    assert ticked == {"segments": [str(chosen)], "minus": [str(out)]}
    with for_organisation(alba.organisation.pk):
        with pytest.raises(Refusal, match="ya no está"):
            schedule(campaign=copy.pk, by=alba.member, at=MONDAY)
        assert again(alba, copy.pk).audience == {"segments": [str(chosen)], "minus": [str(out)]}


def test_more_than_twenty_segments_are_refused_and_none_is_left_out(alba) -> None:
    with for_organisation(alba.organisation.pk):
        found = written(alba)
        with pytest.raises(Refusal, match="veinte"):
            change_campaign(campaign=found.pk, audience_of={"minus": [str(new_id()) for _ in range(21)]}, by=alba.member, at=MONDAY)
        assert again(alba, found.pk).audience["minus"] == []


def test_it_waits_while_the_people_of_its_segment_are_gathered(alba) -> None:
    """Somebody made it narrower a moment ago: who is not meant any more gets nothing."""
    reader(alba, "una@example.com", "Ana")
    reader(alba, "dos@example.com", "Luz")
    segment = make_segment(alba, {"what": "email", "op": "filled"})
    with for_organisation(alba.organisation.pk):
        tree = {"version": 1, "match": "all", "of": [{"what": "email", "op": "begins", "value": "una@"}]}
        segments.save_segment(segment=segment.pk, name="Una", tree=tree, by=alba.member, at=MONDAY)
    found = written(alba)
    reached, _report = sent_to(alba, found, segments=[segment.pk])
    assert (reached, again(alba, found.pk).state) == ([], "scheduled")
    with for_organisation(alba.organisation.pk):
        segments.build(segment=segment.pk, at=MONDAY)
    walked(alba, found)
    assert [one.to_address for one in all_messages() if one.frame_id] == ["una@example.com"]


def test_a_part_for_who_is_in_a_segment_that_is_gone_or_has_a_retired_field_is_told(alba) -> None:
    """“Not for who is in it” would be for everybody."""
    one = reader(alba, "una@example.com")
    gone = a_list(alba, "Ida", one)
    found = written(
        alba,
        {"type": "for_whom", "whom": f"-segment:{gone}"},
        "No para ellos",
        {"type": "for_whom", "whom": "-field:field_nunca"},
        "Ni para estos",
    )
    with for_organisation(alba.organisation.pk):
        segments.delete_segment(segment=gone, by=alba.member, at=MONDAY)
        said = " ".join(what_blocks(found))
    assert "un segmento que ya no está" in said
    assert "field_nunca" in said


def test_who_is_in_two_segments_is_counted_once_though_he_gets_nothing(alba) -> None:
    """Neither who cannot be written to nor who waits for the winner is counted twice."""
    people = [reader(alba, f"r{number}@example.com") for number in range(40)]
    other = reader(alba, "no@example.com", purpose="offers")
    first, second = a_list(alba, "Uno", *people, other), a_list(alba, "Dos", *people, other)
    found = written(alba)
    with for_organisation(alba.organisation.pk):
        key = add_version(campaign=found.pk, by=alba.member, at=MONDAY).key
        write_version(campaign=found.pk, key=key, subject="Otra cosa", by=alba.member, at=MONDAY)
    _reached, report = sent_to(alba, found, segments=[first, second])
    held = again(alba, found.pk)
    assert (held.phase, held.unreached, held.gathered + held.held, report.total.audience) == ("held", 1, 40, 40)
    with for_organisation(alba.organisation.pk):
        Campaign.objects.update(phase="rest", winner="a", walk_part=0, walk_after=None, decides_at=None)
    done = walked(alba, found)
    assert (done.phase, done.unreached, done.gathered, done.held) == ("done", 1, 40, 0)
