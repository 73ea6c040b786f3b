"""Places are called as people write them, and numbers are asked by ranges."""

from __future__ import annotations

import threading
import time
from collections import Counter
from functools import partial

import pytest
from django.db import connection, transaction

from oportuno.kernel.testing.together import together as at_once
from oportuno.offer.search.api import counted_otherwise, learn, put
from oportuno.offer.search.models import SearchDocument, SearchTag
from oportuno.offer.search.rules.packing import apart, together
from oportuno.offer.search.rules.ranges import bounds
from oportuno.offer.search.tests.cast import MEDELLIN, ask, found, product

pytestmark = pytest.mark.usefixtures("shelf")


def test_places_are_called_as_people_write_them() -> None:
    put([product("otra", "Otra matera", city="MEDELLIN"), product("mas", "Una matera más", city="Medellín", places=(MEDELLIN,))])
    learn()
    assert {one.value: one.shown for one in ask(kind="product").facets.places} == {"bogota": "Bogotá", "medellin": "Medellín"}


@pytest.fixture
def stems(shelf: None) -> None:
    put([product(f"rosa-{cm}", f"Rosa de {cm}", facets=(f"stem={cm}",)) for cm in ("40", "50", "62.5", "70", "nn")])
    learn()


@pytest.mark.usefixtures("stems")
@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("40..50", {"rosa-40", "rosa-50"}),
        ("60..", {"rosa-62.5", "rosa-70"}),
        ("..40", {"rosa-40"}),
        ("62.5", {"rosa-62.5"}),
        ("41..49", set()),
        ("..", set()),
        ("nn..", set()),
        ("40..50'); --", set()),
    ],
)
def test_numbers_are_asked_by_ranges_with_both_ends(asked: str, ids: set[str]) -> None:
    answer = ask(kind="product", facets={"stem": (asked,)})
    assert (set() if answer.unmet else {hit.id for hit in answer.items}) == ids


@pytest.mark.usefixtures("stems")
def test_ranges_and_numbers_are_asked_together() -> None:
    assert set(found(facets={"stem": ("40", "60..80")})) == {"rosa-40", "rosa-62.5", "rosa-70"}


def test_only_numbers_make_a_range() -> None:
    assert [bounds(one) for one in ("3..8", "-2.5..", "..7", "..", "3", "a..b", "1...2")] == [
        (3, 8),
        (-2.5, None),
        (None, 7),
        None,
        None,
        None,
        None,
    ]


def test_what_a_shelf_has_in_common_has_one_number_and_is_counted_tag_by_tag() -> None:
    tags = ["kind:product", "category:flores", "category:rosas", "place:bogota", "seller:alba", "is:certified", "colour=rojo"]
    packed = together(tags)
    assert len(packed) == 3
    assert apart(Counter(packed * 2)) == dict.fromkeys(tags, 2)
    deep = [*tags, *(f"category:{'c' * 60}-{number}" for number in range(20))]  # more than the index of tags takes
    assert together(deep) == deep


def test_it_notices_a_document_that_is_counted_by_anothers_tags() -> None:
    put([product("a", "Cinta", facets=("largo=1",)), product("b", "Lazo", facets=("largo=2",))])
    assert counted_otherwise() == 0
    other = SearchDocument.objects.get(key="product:b").counted
    SearchDocument.objects.filter(key="product:a").update(counted=other)
    assert counted_otherwise() == 1


def wait_for_waiting(many: int) -> None:
    """Until so many wait for a lock of another; half a minute at most."""
    deadline = time.monotonic() + 30
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # or a transaction sees the same answer for ever
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
            if cursor.fetchone()[0] >= many:
                return


@pytest.mark.django_db(transaction=True)
def test_many_who_bring_the_same_new_values_at_once_share_their_numbers() -> None:
    held = threading.Event()

    def bring(number: int) -> int:
        assert held.wait(30)
        return put([product(f"{number}-{turn}", "Cinta", facets=tuple(f"largo={turn}-{one}" for one in range(20))) for turn in range(30)])

    def hold() -> int:
        """One value in the middle of all is being brought already, so that the four wait where they are."""
        with transaction.atomic():
            done = put([product("first", "Cinta", facets=("largo=15-10",))])
            held.set()
            wait_for_waiting(4)
        return done

    assert at_once([hold, *(partial(bring, number) for number in range(4))]) == [1, 30, 30, 30, 30]
    assert {one.count for one in ask("cinta").facets.values["largo"]} == {4, 5}
    assert counted_otherwise() == 0
    tags = SearchTag.objects.filter(tag__startswith="largo=").values_list("tag", flat=True)
    assert (len(tags), len(set(tags))) == (600, 600)
