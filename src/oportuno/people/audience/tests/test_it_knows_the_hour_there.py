"""In which zone somebody may be: by country, and by place where a country has more than one."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import chain
from zoneinfo import ZoneInfo

import pytest

from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience import api
from oportuno.people.audience.rules.zones import NAMES, zones_at
from oportuno.people.audience.testing import FORM, make_contact
from oportuno.people.organisations.testing import Actor


@pytest.mark.parametrize(
    ("country", "place", "zones"),
    [
        ("MX", "Tijuana, B.C.", ["America/Tijuana"]),
        ("MX", "Hermosillo", ["America/Hermosillo"]),
        ("mx", "CANCÚN (Quintana Roo)", ["America/Cancun"]),
        ("MX", "Monterrey, Nuevo León", ["America/Mexico_City"]),
        ("MX", "Nuevo León", ["America/Mexico_City", "America/Matamoros"]),
        ("MX", "Ciudad Juárez, Chihuahua", ["America/Ciudad_Juarez"]),
        ("MX", "Bahía de Banderas, Nayarit", ["America/Bahia_Banderas"]),
        ("US", "Miami, FL", ["America/New_York"]),
        ("US", "Texas", ["America/Chicago", "America/Denver"]),
        ("ES", "Las Palmas de Gran Canaria", ["Atlantic/Canary"]),
        ("ES", "Sevilla", ["Europe/Madrid"]),
        ("EC", "Puerto Ayora, Galápagos", ["Pacific/Galapagos"]),
        ("MX", "Macondo", []),
        ("CO", "Bogotá", []),
        ("", "", []),
    ],
)
def test_a_place_tells_the_zone(country: str, place: str, zones: list[str]) -> None:
    assert list(zones_at(country, place)) == zones


def test_every_zone_is_one_and_no_name_stands_twice() -> None:
    for country, names in NAMES.items():
        told = [name.strip() for said in names.values() for name in said.split(",")]
        assert sorted(told) == sorted(set(told)), country
        for zone in chain.from_iterable(names):
            assert ZoneInfo(zone).utcoffset(datetime(2026, 7, 1, tzinfo=UTC)) is not None


@pytest.mark.django_db
def test_who_is_reached_has_the_zone_of_his_place(alba: Actor) -> None:
    for number, (country, place) in enumerate((("MX", "Tijuana"), ("CO", "Pasto"), ("MX", ""))):
        one = make_contact(alba.organisation, f"c{number}@example.com", country=country, place=place)
        with for_organisation(alba.member.organisation.pk):
            api.give(contact=one, agreed=api.Agreed("bulletin", words="yes"), circumstances=FORM, at=one.created_at)
            [found] = api.reach([one.pk], channel="email", purpose="bulletin")
        assert found.zones == (("America/Tijuana",), ("America/Bogota",), ())[number]
