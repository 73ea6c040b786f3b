"""Every graded search has an answer in the demo, and none of them leads to a seller who was not vetted."""

from __future__ import annotations

import pytest

from oportuno.kernel.packs import Pack, load
from oportuno.kernel.packs.demo import Demo, DemoQuery, demo_of, graded_queries, relevance


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load("flores")


@pytest.fixture(scope="module")
def demo(pack: Pack) -> Demo:
    return demo_of(pack)


@pytest.fixture(scope="module")
def graded(pack: Pack, demo: Demo) -> tuple[DemoQuery, ...]:
    return graded_queries(pack, demo)


def test_there_are_enough_and_each_once(graded: tuple[DemoQuery, ...]) -> None:
    assert len(graded) >= 60
    assert len({one.words for one in graded}) == len(graded)


def test_each_has_something_that_answers_it_exactly(graded: tuple[DemoQuery, ...]) -> None:
    assert [one.words for one in graded if 3 not in one.grades.values()] == []


def test_none_is_answered_by_everything(demo: Demo, graded: tuple[DemoQuery, ...]) -> None:
    best = {one.words: sum(grade == 3 for grade in one.grades.values()) for one in graded}
    assert max(best.values()) < len(demo.products) / 8, max(best, key=lambda words: best[words])


def test_grades_name_documents_of_the_demo(demo: Demo, graded: tuple[DemoQuery, ...]) -> None:
    known = {f"product:{one.key}" for one in demo.products} | {f"seller:{one.slug}" for one in demo.sellers}
    known |= {f"content:{one.slug}" for one in demo.articles}
    assert {key for one in graded for key in one.grades} <= known


def test_an_unvetted_seller_answers_nothing(demo: Demo, graded: tuple[DemoQuery, ...]) -> None:
    unseen = {one.slug for one in demo.sellers if one.vetting != "approved"}
    own = tuple(f"product:{slug}-" for slug in unseen)
    for one in graded:
        assert not any(key.startswith(own) or key.removeprefix("seller:") in unseen for key in one.grades)


def test_red_roses_of_sixty_centimetres_come_before_others(pack: Pack, demo: Demo) -> None:
    grades = relevance(pack, demo)["rosas rojas 60 cm"]
    titles = {f"product:{one.key}": one.title.es for one in demo.products}
    assert all("roja" in titles[key] for key, grade in grades.items() if grade == 3)
