"""Where a point of sale is: as people copy it from maps, and as they choose it on ours."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from oportuno.kernel.isolation import for_organisation
from oportuno.offer.directory import api
from oportuno.offer.directory.queries.places import on_map
from oportuno.offer.directory.rules.places import Point, written_point
from oportuno.offer.directory.testing import fill_in
from oportuno.people.organisations.testing import Actor

AT = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "latitude", "longitude"),
    [
        ("4.711, -74.0721", 4.711, -74.0721),
        ("4.711 -74.0721", 4.711, -74.0721),
        ("-0.1807;-78.4678", -0.1807, -78.4678),
        ("geo:6.2442,-75.5812?z=17", 6.2442, -75.5812),
        ("https://www.google.com/maps/@19.4326,-99.1332,15z", 19.4326, -99.1332),
        ("https://maps.google.com/?q=4.6097,-74.0817", 4.6097, -74.0817),
        ("https://maps.google.com/maps?q=4.6097%2C-74.0817&z=17&hl=es", 4.6097, -74.0817),
        ("https://www.google.com/maps/place/Plaza/@4.59,-74.07,17z/data=!3m1!4b1!4m6!8m2!3d4.5981!4d-74.0761", 4.5981, -74.0761),
        ("https://www.openstreetmap.org/?mlat=4.65&mlon=-74.05#map=18/4.60/-74.00", 4.65, -74.05),
        ("https://www.openstreetmap.org/#map=15/4.6097/-74.0817", 4.6097, -74.0817),
        ("https://maps.apple.com/?ll=20.9674,-89.5926", 20.9674, -89.5926),
        ("4°42'39.6\"N 74°04'19.2\"W", 4.711, -74.072),
        ("0°10′50″S, 78°28′04″O", -0.180556, -78.467778),
    ],
)
def test_it_reads_a_point_as_maps_hand_it_out(text: str, latitude: float, longitude: float) -> None:
    found = written_point(text)
    assert (found.latitude, found.longitude) == (pytest.approx(latitude, abs=1e-5), pytest.approx(longitude, abs=1e-5))


@pytest.mark.parametrize(
    "text", ["", "Calle 10 # 4-20", "https://maps.app.goo.gl/abc123", "400, -74", "4.7", "javascript:alert(1)", "nan,nan"]
)
def test_it_takes_nothing_else_for_a_point(text: str) -> None:
    with pytest.raises(ValueError, match=r"point|earth"):
        written_point(text)


@pytest.mark.usefixtures("market")
def test_a_pasted_link_places_a_shop(alba: Actor) -> None:
    fill_in(alba.member, AT)
    said = {"name": "Centro", "latitude": "https://maps.google.com/?q=4.6097,-74.0817", "time_zone": "America/Bogota", "shown": "on"}
    assert alba.at(AT).post(alba.desk("puntos/nuevo/"), said).status_code == 302
    with for_organisation(alba.member.organisation.pk):
        point = api.points_of(api.own_seller(alba.member.organisation.pk))[0]
    assert (point.latitude, point.longitude) == (4.6097, -74.0817)


@pytest.mark.usefixtures("market")
def test_a_link_without_a_point_is_refused_and_kept(alba: Actor) -> None:
    fill_in(alba.member, AT)
    said = {"name": "Centro", "latitude": "https://maps.app.goo.gl/abc123", "time_zone": "America/Bogota"}
    answer = alba.at(AT).post(alba.desk("puntos/nuevo/"), said)
    assert answer.status_code == 422
    assert b"https://maps.app.goo.gl/abc123" in answer.content
    with for_organisation(alba.member.organisation.pk):
        assert api.points_of(api.own_seller(alba.member.organisation.pk)) == []


@pytest.mark.django_db
def test_the_map_shows_the_towns_of_the_country_alone() -> None:
    towns = on_map("CO")
    assert towns["CO-05-001"]["town"]
    assert not towns["CO-05"]["town"]
    assert not [code for code in towns if not code.startswith("CO")]
    assert on_map("MX")["MX-JAL"]["town"]  # no municipalities known: its states


def test_a_point_is_on_earth() -> None:
    with pytest.raises(ValueError, match="earth"):
        Point(91, 0)
