"""A walk: answers lead on, whatever they are, and every way ends."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from oportuno.kernel import packs
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory
from oportuno.offer.guides.queries.vertical import Vertical
from oportuno.offer.guides.rules.checking import remarks
from oportuno.offer.guides.rules.document import Condition, Content, Unreadable, read
from oportuno.offer.guides.rules.meeting import Known, all_met, meets
from oportuno.offer.guides.rules.walking import SKIPPED, kept, walk
from oportuno.offer.guides.testing import ROSES, asks, option, question
from oportuno.people.organisations.testing import Actor


class Everything:
    """A vertical that knows all there is."""

    def has(self, condition: Condition) -> bool:
        return condition.key != "unknown"


def test_it_leads_as_the_answer_says_and_else_in_order() -> None:
    content = read(ROSES)
    assert [one.question.key for one in walk(content, {"flor": ["rosas"], "color": ["rojo"]}).steps] == ["flor", "color"]
    leads = walk(content, {"flor": ["claveles"]})
    assert leads.now is not None
    assert leads.now.key == "precio"


def test_it_stops_where_somebody_goes_back_and_knows_his_later_answers_still() -> None:
    answers = {"flor": ["rosas"], "color": ["rojo"], "precio": ["poco"]}
    back = walk(read(ROSES), answers, until="color")
    assert back.now is not None
    assert back.now.key == "color"
    assert walk(read(ROSES), answers).now is None


def test_it_takes_no_answer_that_is_none_and_lets_a_question_go() -> None:
    content = read(ROSES)
    assert walk(content, {"flor": ["tulipanes"], "nada": ["x"]}).steps == ()
    let_go = walk(content, {"flor": ["rosas"], "color": [SKIPPED], "precio": ["igual"]})
    assert let_go.now is None
    assert kept(let_go) == [("flor", "rosas"), ("color", "_"), ("precio", "igual")]
    assert [step.question.key for step in let_go.asks] == ["flor"]


def ways(content: Content, answers: dict[str, list[str]], left: int = 30) -> Iterator[int]:
    """The length of every way through a guide."""
    walked = walk(content, answers)
    assert left, "this way does not end"
    if walked.now is None:
        yield len(walked.steps)
        return
    for one in (*(each.key for each in walked.now.options), SKIPPED):
        yield from ways(content, {**answers, walked.now.key: [one]}, left - 1)


@pytest.mark.django_db
def test_it_ends_on_every_way_of_the_guides_that_come_with_the_verticals(dario: Actor) -> None:
    for name in packs.available():
        pack = packs.load(name)
        with for_market("a test"):
            directory.install_pack(pack, now())
            catalogue.install_pack(pack, at=now())
        assert pack.guides.guides
        for one in pack.guides.guides:
            content = read(one.content)
            assert [(remark.problem, remark.question, remark.what) for remark in remarks(content, Vertical())] == [], one.slug
            assert max(ways(content, {})) <= len(content.questions)


@pytest.mark.parametrize(
    ("questions", "problem"),
    [
        ([], "no_questions"),
        ([question("a", option("x", asks("colour", "rojo")))], "few_options"),
        ([question("a", option("x"), option("y"))], "asks_nothing"),
        ([question("a", option("x", asks("unknown", "1")), option("y"))], "unknown"),
        ([question("a", option("x", asks("c", "1"), leads="z"), option("y"))], "leads_nowhere"),
        ([question("a", option("x"), option("y")), question("b", option("x", asks("c", "1"), leads="a"), option("y"))], "leads_back"),
        (
            [question("a", option("x", asks("c", "1"), leads="-"), option("y", leads="-")), question("b", option("x"), option("y"))],
            "unreached",
        ),
        ([question("a", option("x", {"kind": "category", "key": "k"}), option("y"), several=True)], "several_narrow"),
        ([question("a", option("x", {"kind": "delivery", "key": "unknown"}), option("y"), several=True)], "unknown"),
    ],
)
def test_it_says_what_is_not_whole(questions: list[dict[str, Any]], problem: str) -> None:
    found = remarks(read({"questions": questions}), Everything())
    assert problem in [one.problem for one in found if one.must]


@pytest.mark.parametrize(
    "given",
    [
        {"questions": [{"key": "A B", "ask": {"es": "x"}}]},
        {"questions": [{"key": "a", "ask": {"es": "x"}}, {"key": "a", "ask": {"es": "y"}}]},
        {"questions": [{"key": "a", "ask": {"es": "x"}, "script": "x"}]},
        {"questions": [question("a", {**option("x"), "source": {"title": "x", "address": "javascript:alert(1)"}})]},
        {"questions": [question("a", option("x", {"kind": "range", "key": "k", "least": "9", "most": "1"}))]},
        {"questions": [question("a", option("x", {"kind": "price", "most": "NaN", "currency": "COP"}))]},
        "not a guide",
    ],
)
def test_it_reads_nothing_that_is_no_guide(given: Any) -> None:
    with pytest.raises(Unreadable):
        read(given)


ROSE = Known(
    categories=("flores-cortadas", "rosas"), attributes={"colour": ["rojo", "blanco"], "stem": [60, "40.5"], "safe": [True]},
    price=Decimal(45_000), currency="COP", city="Bogotá", country="CO", certifications=frozenset({"cold_chain"}),
    serves=frozenset({"CO-05", "CO-11-001"}), in_stock=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        ({"kind": "category", "key": "rosas"}, True),
        ({"kind": "category", "key": "claveles"}, False),
        (asks("colour", "blanco", "azul"), True),
        (asks("colour", "azul"), False),
        (asks("scent", "suave"), None),
        (asks("safe", "yes"), True),
        ({"kind": "range", "key": "stem", "least": "50"}, True),
        ({"kind": "range", "key": "stem", "least": "70"}, False),
        ({"kind": "range", "key": "height", "least": "70"}, None),
        ({"kind": "price", "most": "45000", "currency": "COP"}, True),
        ({"kind": "price", "most": "45000", "currency": "USD"}, None),
        ({"kind": "place", "key": "bogota"}, True),
        ({"kind": "country", "key": "MX"}, False),
        ({"kind": "delivery", "key": "CO-05"}, True),
        ({"kind": "delivery", "key": "CO-05-001"}, True),
        ({"kind": "delivery", "key": "CO-11-001"}, True),
        ({"kind": "delivery", "key": "CO-11"}, False),
        ({"kind": "delivery", "key": "CO"}, False),
        ({"kind": "certification", "key": "cold_chain"}, True),
        ({"kind": "certification", "key": "visited"}, False),
        ({"kind": "certified"}, True),
        ({"kind": "in_stock"}, True),
    ],
)
def test_it_knows_what_a_product_meets_and_what_nobody_says(condition: dict[str, Any], met: bool | None) -> None:
    assert meets(Condition.model_validate(condition), ROSE) is met


def test_it_takes_values_of_one_attribute_as_alternatives_and_all_else_together() -> None:
    red, blue, scent = (Condition.model_validate(asks(*one)) for one in (("colour", "rojo"), ("colour", "azul"), ("scent", "x")))
    assert all_met([red, blue], ROSE) is True
    assert all_met([blue], ROSE) is False
    assert all_met([red, scent], ROSE) is None
    assert all_met([blue, scent], ROSE) is False
    there, elsewhere = (Condition(kind="delivery", key=one) for one in ("CO-05-001", "CO-76-001"))
    assert all_met([elsewhere, there], ROSE) is True
    assert all_met([elsewhere], ROSE) is False
    assert all_met([elsewhere], Known()) is None


@pytest.mark.django_db
def test_it_says_where_to_in_words_and_knows_no_place_that_is_none() -> None:
    known = Vertical()
    medellin, nowhere = (Condition(kind="delivery", key=one) for one in ("CO-05-001", "CO-05-zzz"))
    assert known.has(medellin)
    assert not known.has(nowhere)
    assert (known.label(medellin), known.words(medellin)) == ("Entrega", "A Medellín")
    regions = dict(known.places("CO"))
    assert ("CO", "Colombia") in regions["Colombia"]
    assert {"CO-05", "CO-05-001"} <= {code for code, _name in regions["Antioquia"]}
