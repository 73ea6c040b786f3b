"""The rules alone."""

from __future__ import annotations

import pytest

from oportuno.offer.search.queries.hits import _ways
from oportuno.offer.search.rules.accessories import stands_apart
from oportuno.offer.search.rules.passages import marked, snippet
from oportuno.offer.search.rules.prices import EDGES, bands
from oportuno.offer.search.rules.spelling import best, slips
from oportuno.offer.search.rules.terms import SYNONYM_WEIGHT, Term, Variant
from oportuno.offer.search.rules.words import code, fold, split, stem


@pytest.mark.parametrize(
    ("one", "many"),
    [("rosa", "rosas"), ("flor", "flores"), ("luz", "luces"), ("habitacion", "habitaciones"), ("battery", "batteries"), ("keyboard", "keyboards"),
     ("device", "devices"), ("box", "boxes"), ("cable", "cables"), ("rey", "reyes"), ("clavel", "claveles"), ("headphone", "headphones")],
)  # fmt: skip
def test_singular_and_plural_meet(one: str, many: str) -> None:
    assert stem(one) == stem(many)


def test_different_things_stay_apart() -> None:
    assert stem("ramo") != stem("rama2")
    assert stem("glass") == "glass"
    assert stem("2110") == "2110"


def test_accents_and_scripts_fold() -> None:
    assert fold("Peonías, CAÑÓN, Çedilla, ﬁn") == "peonias, canon, cedilla, fin"
    assert split("¿Cuál es el 50% de 12,5?") == ["cual", "es", "el", "50", "de", "12", "5"]
    assert code("TN-2110/b") == "#tn2110b"


@pytest.mark.parametrize(
    ("one", "other", "count"), [("rosa", "rosa", 0), ("iphnoe", "iphone", 1), ("rsa", "rosa", 1), ("rosas", "tulip", 3)]
)
def test_slips_are_counted_with_swaps_as_one(one: str, other: str, count: int) -> None:
    assert slips(one, other, 2) == count


def test_the_commonest_of_equally_near_words_is_meant() -> None:
    assert best("rosax", [("rosas", 90), ("rosal", 3)]) == "rosas"
    assert best("abc", [("abd", 9)]) == ""


@pytest.mark.parametrize(
    ("title", "asked", "apart"),
    [("Mouse pad", "mouse", (False, True)), ("Wireless mouse", "mouse", (False, False)), ("Funda iPhone 11", "iphone", (False, True)),
     ("Florero para rosas", "rosas", (True, False)), ("Laptop case", "laptop case", (False, False))],
)  # fmt: skip
def test_a_companion_is_told_from_the_thing(title: str, asked: str, apart: tuple[bool, bool]) -> None:
    words = split(title)
    assert stands_apart(words, [stem(word) for word in words], frozenset(stem(word) for word in split(asked))) == apart


def test_a_snippet_shows_the_passage_with_the_words() -> None:
    pieces = snippet(
        "Nada aquí. " * 60 + "La orquídea se riega los lunes. " + "Otra cosa. " * 60, frozenset({stem("orquidea"), stem("riega")})
    )
    assert {text for text, hit in pieces if hit} == {"orquídea", "riega"}
    assert pieces[0][0].startswith("…")
    assert "".join(text for text, _ in marked("Rosa & clavel", frozenset({"ros"}))) == "Rosa & clavel"


def test_prices_are_parted_in_at_most_five_round_ranges_that_lose_nobody() -> None:
    parted = bands([(band, band) for band in range(1, 12)])
    assert len(parted) == 5
    assert sum(count for _, _, count in parted) == sum(range(1, 12))
    assert all(least in EDGES for least, _, _ in parted)


@pytest.mark.parametrize(
    ("variants", "found_by"),
    [
        ((Variant(("sustrat",)), Variant(("tierr",)), Variant(("tierr", "negr"), (1,))), "('sustrat' | 'tierr')"),
        ((Variant(("sustrat",)), Variant(("tierr", "negr"), (1,))), "('sustrat' | ('tierr' <1> 'negr'))"),
        ((Variant(("tierr", "negr"), loose=True), Variant(("tierr", "negr"), (1,))), "(('tierr' & 'negr') | ('tierr' <1> 'negr'))"),
        ((Variant(("tierr",), via="prefix"), Variant(("tierr", "negr"), (1,))), "('tierr':* | ('tierr' <1> 'negr'))"),
    ],
)
def test_a_phrase_is_not_looked_for_where_one_of_its_words_is_enough(variants: tuple[Variant, ...], found_by: str) -> None:
    assert Term(("sustrato",), variants).tsquery == found_by


def test_a_phrase_is_ranked_unless_a_word_of_it_is_worth_as_much_alone() -> None:
    word, phrase = Variant(("tierr",), weight=SYNONYM_WEIGHT), Variant(("tierr", "negr"), (1,), weight=SYNONYM_WEIGHT)
    assert _ways(Term(("sustrato",), (word, phrase))) == [(SYNONYM_WEIGHT, "'tierr'")]
    asked = Variant(("tierr", "negr"), (1,))
    assert _ways(Term(("tierra", "negra"), (asked, word))) == [(SYNONYM_WEIGHT, "'tierr'"), (1.0, "('tierr' <1> 'negr')")]
