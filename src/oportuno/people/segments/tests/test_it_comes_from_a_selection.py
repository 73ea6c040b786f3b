"""What the list of contacts shows becomes a segment that means the same people."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience import api as people
from oportuno.people.audience.testing import FORM, make_contact, retire
from oportuno.people.organisations.testing import Actor
from oportuno.people.segments import api
from oportuno.people.segments.models import Segment

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(alba: Actor) -> None:
    """Three who differ in all that the list filters by."""
    here = alba.member.organisation.pk
    with for_organisation(here):
        for label, kind, choices in (
            ("Talla", "choice", ["S", "M"]),
            ("Sedes", "number", []),
            ("Boda", "date", []),
            ("Socio", "yesno", []),
            ("Lema", "text", []),
        ):
            people.make_field(label=label, kind=kind, choices=choices, by=alba.member, at=now())
    for number, name in enumerate(("Ana Gómez", "Eva Ruiz", "Luz Díaz")):
        one = make_contact(alba.organisation, f"{name[:3].lower()}@example.com", name)
        with for_organisation(here):
            if number == 0:
                people.tag(contact=one, add=["vip"], by=alba.member, at=now())
                people.set_stage(contact=one, stage="customer", reason="bought", by=alba.member, at=now())
                people.give(contact=one, agreed=people.Agreed("bulletin", words="yes"), circumstances=FORM, at=now())
                values = {"talla": "M", "sedes": "3", "boda": "31/05/2026", "socio": "sí", "lema": "Rosas para todos"}
                people.fill_in_fields(contact=one.pk, values=values, by=alba.member, at=now())


@pytest.mark.parametrize(
    "filters",
    [
        {"q": "ana"}, {"q": "ana@"}, {"stage": "customer"}, {"tag": "vip"}, {"consent": "bulletin"}, {"field": "talla", "value": "m"},
        {"field": "sedes", "value": "3"}, {"field": "boda", "value": "2026-05-31"}, {"field": "socio", "value": "yes"}, {"field": "lema", "value": "rosas"},
        {"stage": "customer", "tag": "vip", "q": "gómez"},
    ],
)  # fmt: skip
def test_it_means_whom_the_list_shows(alba: Actor, known: None, filters: dict[str, Any]) -> None:
    answer = alba.post(alba.desk(f"contactos/selecciones/?{urlencode(filters)}"), {"name": "Elegidos", "do": "segment"})
    assert answer.status_code == 302
    assert "/segmentos/" in answer.headers["Location"]
    with for_organisation(alba.member.organisation.pk):
        segment = Segment.objects.get()
        api.build(segment=segment.pk, at=now())
        listed = people.contacts_of(alba.member, people.Filters(**filters)).contacts
        assert api.contacts_in(segment.pk) == [one.pk for one in listed]
        assert [one.display_name for one in listed] == ["Ana Gómez"]


def test_since_a_day_is_from_its_beginning(alba: Actor, known: None) -> None:
    for day, count in ((timezone.localdate(now()).isoformat(), 3), ("2200-01-01", 0)):
        alba.post(alba.desk(f"contactos/selecciones/?since={day}"), {"name": f"Desde {day}", "do": "segment"})
        with for_organisation(alba.member.organisation.pk):
            segment = Segment.objects.get(name=f"Desde {day}")
            api.build(segment=segment.pk, at=now())
            assert len(api.contacts_in(segment.pk)) == count


def test_a_name_that_is_taken_makes_none(alba: Actor, beto: Actor, known: None) -> None:
    for _twice in range(2):
        answer = alba.post(
            alba.desk("contactos/selecciones/?tag=vip"), {"name": "Elegidos", "do": "segment", "idempotency_key": str(_twice)}
        )
    assert answer.status_code == 409
    with for_organisation(alba.member.organisation.pk):
        assert Segment.objects.count() == 1


@pytest.mark.parametrize(
    "asked", [{"field": "antes", "value": "M"}, {"field": "nunca_hubo", "value": "M"}, {"since": "ayer"}, {"since": "0001-01-01"}]
)
def test_what_is_no_condition_any_more_is_nobody_in_the_list_and_no_segment(alba: Actor, known: None, asked: dict[str, str]) -> None:
    """Left out, it would be everybody: the next bulletin would go to all of them."""
    with for_organisation(alba.member.organisation.pk):
        retire(people.make_field(label="Antes", kind="text", by=alba.member, at=now()))
        assert people.contacts_of(alba.member, people.Filters(**asked)).contacts == []
    page = alba.get(alba.desk(f"contactos/?{urlencode(asked)}"))
    assert page.status_code == 200
    assert "ana@example.com" not in page.content.decode()
    answer = alba.post(alba.desk(f"contactos/selecciones/?{urlencode(asked)}"), {"name": "Elegidos", "do": "segment"})
    assert answer.status_code == 422
    with for_organisation(alba.member.organisation.pk):
        assert Segment.objects.count() == 0
