"""Whatever is typed, it answers, and quickly enough not to be a weapon."""

from __future__ import annotations

import pytest

from oportuno.kernel.errors import Refusal
from oportuno.offer.search.api import Query, count, put, search, suggest
from oportuno.offer.search.tests.cast import ask, product

pytestmark = pytest.mark.usefixtures("shelf")

HOSTILE = [
    "\"' OR 1=1 --",
    "'; DROP TABLE search_document; --",
    "rosa & | ! <-> :* ( ) \\",
    "a" * 10_000,
    "rosa " * 2_000,
    "🌹🌹🌹",
    "de la el los",
    "¿?",
    "%%%_\\",
    "\x00rosa\x00",
    "{{ 7*7 }}",
    "<script>alert(1)</script>",
    "ﬁ ﷽ Ａ１",
    '-rosa +clavel "ramo"',
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_it_answers_something_to_anything(typed: str) -> None:
    answer = ask(typed)
    assert answer.items
    assert count() == 11


@pytest.mark.parametrize("typed", HOSTILE)
def test_it_suggests_without_falling(typed: str) -> None:
    assert len(suggest(typed)) <= 8


@pytest.mark.parametrize("typed", ["de la el los", "🌹🌹🌹", "zzzzqqqq"])
def test_it_offers_the_nearest_when_nothing_matches_and_says_so(typed: str) -> None:
    answer = ask(typed)
    assert (answer.total, answer.relaxed, answer.unmet) == (0, "nearest", True)
    assert answer.items


def test_it_shows_words_of_others_as_text_and_never_as_markup() -> None:
    put([product("malo", "<b>Rosa</b> <script>alert(1)</script>", body="<img src=x onerror=alert(1)> rosa")])
    hit = next(hit for hit in ask("alert rosa").items if hit.id == "malo")
    assert "".join(piece.text for piece in hit.title_pieces) == "<b>Rosa</b> <script>alert(1)</script>"
    assert {piece.text for piece in hit.title_pieces if piece.hit} <= {"Rosa", "alert"}


def test_no_owner_can_forge_a_tag_of_ours() -> None:
    put([product("falso", "Falso sello", facets=("is:certified", "is:certified=1", "color=azul"))])
    assert ask("falso", certified=True).total == 0
    assert ask("falso").facets.certified == 0


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": 101}, {"after": -1}, {"after": 2_001}])
def test_it_refuses_pages_that_nobody_reads(wrong: dict[str, int]) -> None:
    with pytest.raises(Refusal):
        search(Query(text="rosas", **wrong))
