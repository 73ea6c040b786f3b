"""An address says a whole search: read and written again it is the same, and no address whatever breaks the page."""

from __future__ import annotations

from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as some

from oportuno.doors.marketplace.rules.asking import KINDS, SORTS, VIEWS, Asked, read

NAMES = [
    "q",
    "for",
    "kind",
    "category",
    "place",
    "country",
    "seller",
    "certified",
    "in_stock",
    "least",
    "most",
    "currency",
    "lat",
    "lon",
    "km",
    "sort",
    "view",
    "page",
    "exact",
    "a.colour",
    "a.",
]
words = some.text(alphabet="abc ñé-1", max_size=12).map(str.strip)


@given(
    q=words,
    purpose=words,
    kind=some.sampled_from(("", *KINDS)),
    place=words,
    certified=some.booleans(),
    least=some.integers(0, 10**9).map(str),
    view=some.sampled_from(VIEWS),
    sort=some.sampled_from([one for one in SORTS if one != "distance"]),
    page=some.integers(1, 80),
    colours=some.lists(some.sampled_from(["rojo", "azul", "blanco"]), unique=True),
)
def test_it_reads_what_it_wrote(colours: list[str], **said: object) -> None:
    facets = {"colour": tuple(colours)} if colours else {}
    asked = Asked(**said, currency="COP", facets=facets)
    assert read(parse_qs(asked.query().lstrip("?"))) == asked


@given(some.dictionaries(some.sampled_from(NAMES), some.lists(some.text(max_size=40), max_size=3)))
def test_it_makes_sense_of_any_address(given_: dict[str, list[str]]) -> None:
    asked = read(given_)
    again = read(parse_qs(asked.query().lstrip("?")))
    assert again.but(page=asked.page, currency=asked.currency) == asked.but(page=asked.page)


def test_choosing_twice_takes_away() -> None:
    chosen = Asked(q="rosa", page=4).toggled("colour", "rojo")
    assert (chosen.facets, chosen.page) == ({"colour": ("rojo",)}, 1)
    assert chosen.toggled("colour", "rojo").facets == {}
