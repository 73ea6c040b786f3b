"""What a stranger finds in the directory."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oportuno.kernel.clock import stopped_at
from oportuno.kernel.errors import Broken
from oportuno.kernel.isolation import for_market, for_organisation, for_public
from oportuno.offer.directory import api
from oportuno.offer.directory.models import Certification
from oportuno.offer.directory.queries import counts
from oportuno.offer.directory.rules import places
from oportuno.offer.directory.testing import make_seller
from oportuno.offer.search.api import count
from oportuno.people.organisations.testing import Actor

AT = datetime(2026, 11, 23, 15, tzinfo=UTC)
RIONEGRO, MEDELLIN, BOGOTA = api.Point(6.1551, -75.3737), api.Point(6.2442, -75.5812), api.Point(4.711, -74.0721)
pytestmark = pytest.mark.usefixtures("market")


def open_at(actor: Actor, point: api.Point, name: str = "Centro", **more: object) -> api.PointOfSale:
    said = api.SaidPoint(name=name, latitude=str(point.latitude), longitude=str(point.longitude), **more)
    with for_organisation(actor.member.organisation.pk):
        return api.open_point(said=said, by=actor.member, at=AT)


def names(criteria: api.Criteria) -> list[str]:
    return [one.name for one in api.sellers_page(criteria).cards]


@pytest.fixture
def two(alba: Actor, gala: Actor, dario: Actor) -> None:
    """Alba in Rionegro sells all over Colombia, Gala in Jalisco all over Mexico."""
    make_seller(alba, dario, AT)
    make_seller(gala, dario, AT + timedelta(hours=1), sectors=["viveros"])
    open_at(alba, RIONEGRO)


def test_it_finds_by_sector_place_words_and_certification(two: None) -> None:
    assert names(api.Criteria()) == ["Flores de Alba", "Viveros Gala"]
    assert names(api.Criteria(sort="new")) == ["Viveros Gala", "Flores de Alba"]
    assert names(api.Criteria(sector="viveros")) == ["Viveros Gala"]
    assert names(api.Criteria(place="CO-05-001")) == ["Flores de Alba"]  # who serves the country serves its towns
    assert names(api.Criteria(place="MX")) == ["Viveros Gala"]
    assert names(api.Criteria(place="EC")) == []
    assert names(api.Criteria(text="FLÓRES alba")) == ["Flores de Alba"]
    assert names(api.Criteria(certification="verified_company", certified=True)) == ["Flores de Alba", "Viveros Gala"]
    assert names(api.Criteria(certification="cold_chain")) == []
    assert names(api.Criteria(text="%")) == []


def test_a_certification_shows_until_its_moment_even_before_the_clock_has_ended_it(two: None, alba: Actor) -> None:
    with for_organisation(alba.member.organisation.pk):
        Certification.objects.update(expires_at=AT + timedelta(hours=2))
    vouched = api.Criteria(certified=True), api.Criteria(certification="verified_company")
    with stopped_at(AT + timedelta(minutes=119)):
        assert [names(one) for one in vouched] == [["Flores de Alba", "Viveros Gala"]] * 2
    with stopped_at(AT + timedelta(hours=2)):
        assert [names(one) for one in vouched] == [["Viveros Gala"]] * 2
        assert names(api.Criteria()) == ["Flores de Alba", "Viveros Gala"]
        counted, card = api.directory_counts(), api.seller_card("flores-de-alba")
        assert (counted.certified, {one.count for one in counted.certifications}) == (1, {1})
        assert (card.certified, list(card.certifications)) == (False, [])


def test_it_finds_who_serves_a_town_when_asked_for_its_region(two: None, alba: Actor) -> None:
    with for_organisation(alba.member.organisation.pk):
        api.choose_scope(sectors=["floristerias"], places=["CO-05-615"], by=alba.member, at=AT)
    assert names(api.Criteria(place="CO-05")) == ["Flores de Alba"]
    assert names(api.Criteria(place="CO-25")) == []
    assert names(api.Criteria(place="CO-05-001")) == []


def test_it_finds_what_is_near_with_its_distance(two: None, alba: Actor) -> None:
    open_at(alba, BOGOTA, "Bogotá")
    card = api.sellers_near(MEDELLIN, 40)[0]
    assert card.km == pytest.approx(places.distance_km(MEDELLIN, RIONEGRO), rel=1e-9)
    assert names(api.Criteria(near=MEDELLIN, km=20)) == []
    assert names(api.Criteria(near=BOGOTA, km=1)) == ["Flores de Alba"]


@pytest.mark.parametrize(
    ("one", "km"), [(api.Point(0, 179.9), 50), (api.Point(89.9, 0), 50), (api.Point(-60, 10), 500), (api.Point(6, -75), 20_000)]
)
def test_it_draws_a_box_that_leaves_nothing_near_out(one: api.Point, km: float) -> None:
    box = places.around(one, km)
    for other in (api.Point(one.latitude * 0.999, one.longitude), api.Point(one.latitude, one.longitude * 0.999)):
        if places.distance_km(one, other) <= km:
            assert box.south <= other.latitude <= box.north
            assert box.west <= other.longitude <= box.east


def test_it_turns_pages_without_losing_or_repeating_anybody(two: None) -> None:
    for criteria in (api.Criteria(), api.Criteria(sort="new")):
        first = api.sellers_page(criteria, limit=1)
        second = api.sellers_page(criteria, after=first.after, limit=1)
        assert [one.name for one in (*first.cards, *second.cards)] == names(criteria)
        assert second.after == ""
    assert names(api.Criteria()) == [one.name for one in api.sellers_page(api.Criteria(), after="a made-up mark").cards]


def test_it_counts_what_each_choice_leaves(two: None) -> None:
    counts = api.directory_counts()
    assert (counts.total, counts.certified) == (2, 2)
    assert {one.value: one.count for one in counts.sectors} == {"floristerias": 1, "viveros": 1}
    assert {one.value: one.count for one in counts.regions} == {"CO": 1, "MX": 1}
    for one in (*counts.sectors, *api.directory_counts(api.Criteria(sector="viveros")).sectors):
        assert len(names(api.Criteria(sector=one.value))) == one.count


def test_it_asks_no_more_of_the_database_for_more_sellers(two: None) -> None:
    with for_public():
        with CaptureQueriesContext(
            connection,
        ) as one:
            api.sellers_page(api.Criteria(), limit=1)
        with CaptureQueriesContext(connection) as both:
            api.sellers_page(api.Criteria(), limit=2)
    assert len(both) <= len(one) <= 5


def test_it_shows_points_with_hours_and_plain_links_to_a_route(two: None, alba: Actor) -> None:
    open_at(alba, MEDELLIN, "Medellín", hours={"0": "8-18"}, phone="300 123 4567")
    shown = {one.name: one for one in api.seller_page_data("flores-de-alba", AT).points}["Medellín"]
    assert shown.now.is_open  # Monday, ten in the morning in Bogotá
    assert shown.phone_written == "+57 300 1234567"
    assert shown.directions["geo"] == "geo:6.244200,-75.581200"
    assert shown.directions["google"].startswith("https://www.google.com/maps/dir/?api=1&destination=6.244200")
    assert {one.name: one.is_open for one in api.map_points(api.Criteria(), AT)} == {"Centro": False, "Medellín": True}


def test_it_hides_a_point_that_its_seller_does_not_show_or_closed(two: None, alba: Actor) -> None:
    hidden = open_at(alba, MEDELLIN, "Bodega", shown=False)
    closed = open_at(alba, MEDELLIN, "Viejo")
    with for_organisation(alba.member.organisation.pk):
        api.close_point(point=closed.pk, by=alba.member, at=AT)
        assert {one.pk for one in api.points_of(api.own_seller(alba.member.organisation.pk))} >= {hidden.pk}
    assert [one.name for one in api.seller_page_data("flores-de-alba", AT).points] == ["Centro"]


def test_it_is_found_by_search_while_it_is_seen_and_not_a_moment_longer(two: None, alba: Actor, dario: Actor) -> None:
    seller = api.published_seller("flores-de-alba")
    with for_market("test"):
        assert api.index_sellers([seller.pk]) == 1
        assert count(organisation=seller.organisation_id, kind="seller") == 1
    api.suspend_seller(seller=seller.pk, reason="Tres quejas.", by=dario.member, at=AT)
    with for_market("test"):
        assert count(organisation=seller.organisation_id) == 0
        assert api.index_sellers([seller.pk]) == 0  # a fact read late brings nothing back


def test_it_lets_nobody_say_where_it_stands(two: None, alba: Actor) -> None:
    with for_organisation(alba.member.organisation.pk), pytest.raises(Broken):
        api.change_profile(by=alba.member, at=AT, standing="approved")


def test_a_large_market_counts_once_a_minute_and_a_small_one_every_time(two: None, monkeypatch: pytest.MonkeyPatch) -> None:
    criteria = api.Criteria(sector="viveros")
    with CaptureQueriesContext(connection) as small:
        assert [api.directory_counts(criteria).total for _twice in range(2)] == [1, 1]
    monkeypatch.setattr(counts, "MANY", -2)  # a table nobody looked at yet has -1 rows
    with CaptureQueriesContext(connection) as large:
        assert [api.directory_counts(criteria).total for _twice in range(2)] == [1, 1]
    counted = [sum("count(" in one["sql"].lower() for one in queries) for queries in (small, large)]
    assert counted[0] == 2 * counted[1] > 0
