"""Search follows a new version of the program: what an older one put in otherwise goes in again, by itself and part by part."""

from __future__ import annotations

import pytest
from django.db import connection

from oportuno.doors.marketplace.testing import SmallMarket, small_market
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Broken
from oportuno.kernel.isolation import for_market
from oportuno.kernel.jobs import JOBS, Lease
from oportuno.offer.directory import api as directory
from oportuno.offer.search import api as search

__all__ = ["small_market"]
pytestmark = pytest.mark.django_db
DELIVERS = search.Query(facets={search.SERVES: ("CO",)}, limit=100)
LEFT_BY_OLDER = (
    f"UPDATE search_document SET tags = array(SELECT one FROM unnest(tags) one WHERE one NOT LIKE '{search.SERVES}=%')",
    "UPDATE search_fed SET edition = 0",
)


def brought_in_line() -> None:
    JOBS["search.bring_in_line"].run(Lease(0, 0, None, "search.bring_in_line"))


def done(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def found() -> set[str]:
    return {one.key for one in search.search(DELIVERS).items}


def products() -> search.Feeder:
    return next(one for one in search.feeders() if one.name == "products")


def test_what_an_older_version_put_in_is_found_as_the_new_one_finds_it(small_market: SmallMarket) -> None:
    before = found()
    assert before
    brought_in_line()
    done(LEFT_BY_OLDER[0])
    brought_in_line()
    assert found() == set(), "nothing says that the program has changed"
    done(LEFT_BY_OLDER[1])
    brought_in_line()
    assert found() == before


def test_it_goes_on_where_it_was_stopped(small_market: SmallMarket) -> None:
    brought_in_line()
    before = found()
    done(*LEFT_BY_OLDER)
    with for_market("a test"):
        first = search.feed_next(products(), at=now(), most=1)
        second = search.feed_next(products(), at=now(), most=1)
    assert (first, second) == (1, 1)
    done(LEFT_BY_OLDER[0])
    brought_in_line()
    left = before - found()
    assert len(left) <= 2, "those two are not looked at again"
    assert len(found()) == len(before) - len(left) < len(before)


def test_what_is_not_on_show_goes_out(small_market: SmallMarket) -> None:
    with for_market("a test"):
        directory.Seller.objects.filter(slug="flores-de-alba").update(published=False)
    assert "flores-de-alba" in {one.seller_slug for one in search.search(DELIVERS).items}
    brought_in_line()
    assert "flores-de-alba" not in {one.seller_slug for one in search.search(DELIVERS).items}


def test_two_of_one_name_are_a_defect() -> None:
    one = products()
    search.add_feeder(one)
    with pytest.raises(Broken):
        search.add_feeder(search.Feeder(one.name, one.edition + 1, one.rows, one.feed))
