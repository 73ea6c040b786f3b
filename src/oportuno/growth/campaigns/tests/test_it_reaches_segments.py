"""To segments, less others: each once, counted in the first that holds him; and by text message the same way."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from oportuno.growth.campaigns.actions.scheduling import schedule
from oportuno.growth.campaigns.actions.writing import change_campaign
from oportuno.growth.campaigns.queries.audiences import size_of
from oportuno.growth.campaigns.queries.figures import report_of
from oportuno.growth.campaigns.queries.parts import among
from oportuno.growth.campaigns.testing import MONDAY, SUNDAY, reader, walked, written
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience.api import Agreed, addresses, give
from oportuno.people.audience.testing import FORM, Contact
from oportuno.people.messaging.testing import all_messages
from oportuno.people.segments import api as segments

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
