"""What people type, and what they find."""

from __future__ import annotations

import pytest

from oportuno.offer.search.api import learn, put, remove
from oportuno.offer.search.models import SearchSynonym
from oportuno.offer.search.tests.cast import ask, found, product

pytestmark = pytest.mark.usefixtures("shelf")


@pytest.mark.parametrize("typed", ["peonías", "peonias", "PEONÍAS", "peonía", "peonia"])
def test_it_does_not_mind_accents_capitals_or_plurals(typed: str) -> None:
    assert found(typed)[0] == "peonias"


@pytest.mark.parametrize(("typed", "meant"), [("caña", "arandano"), ("cana", "arandano"), ("piñon", "arandano"), ("vinedo", "arandano")])
def test_it_finds_words_with_enye_however_they_are_typed(typed: str, meant: str) -> None:
    assert found(typed) == [meant]


@pytest.mark.parametrize(
    ("typed", "meant"), [("girasoll", "girasol"), ("gisarol", "girasol"), ("peonais", "peonias"), ("floreor", "florero")]
)
def test_it_forgives_a_slip_and_says_what_it_read(typed: str, meant: str) -> None:
    answer = ask(typed)
    assert answer.items[0].id == meant
    assert answer.corrected
    assert answer.correction


def test_it_shows_the_correction_as_people_write_it() -> None:
    assert ask("orqudea").correction == "orquídea"


def test_it_takes_words_as_typed_when_asked_to() -> None:
    assert ask("girasoll", exact=True).corrected is False


def test_it_corrects_nothing_that_somebody_wrote() -> None:
    assert ask("cala").correction == ""


def test_it_shows_the_thing_before_what_is_for_it() -> None:
    answer = found("rosas")
    assert answer.index("rosas") < answer.index("florero")


def test_it_puts_all_the_words_before_some_of_them() -> None:
    answer = ask("rosas rojas")
    assert answer.items[0].id == "rosas"
    assert answer.full == 1


def test_it_answers_a_whole_question() -> None:
    answer = ask("¿Cada cuánto se debe regar una orquídea?")
    assert answer.items[0].id == "riego"
    assert not answer.unmet


@pytest.mark.parametrize("typed", ["TN-2110", "tn2110", "TN 2110", "7701234567897"])
def test_it_finds_a_code_however_it_is_punctuated(typed: str) -> None:
    assert found(typed)[0] == "abono"


def test_it_knows_the_other_words_of_the_vertical() -> None:
    SearchSynonym.objects.create(
        pack="t", key="cartucho", words=["cala", "cartucho", "lirio de agua"], stems=["cal", "cartuch", "liri agu"]
    )
    answer = ask("cartucho")
    assert [hit.id for hit in answer.items] == ["cala"]
    assert any("cala" in reason and "cartucho" in reason for reason in answer.items[0].why)
    assert found("lirio de agua") == ["cala"]


def test_it_finds_a_title_of_one_word_written_as_two() -> None:
    put([product("ps5", "Consola PS5")])
    learn(anew=True)
    assert found("ps 5")[0] == "ps5"


def test_it_finds_a_word_before_it_has_learned_it() -> None:
    put([product("nueva", "Zantedeschia")])
    assert found("zantedeschia") == ["nueva"]


def test_it_forgets_at_once_what_is_unpublished() -> None:
    assert remove(["product:peonias"]) == 1
    assert ask("peonias").unmet
    assert "peonias" not in found("peonias")


def test_it_shows_what_was_put_again_as_it_is_now() -> None:
    put([product("peonias", "Tulipanes holandeses")])
    assert found("tulipanes") == ["peonias"]
    assert ask("peonias", exact=True).unmet


def test_it_says_why() -> None:
    why = ask("rosas").items[0].why
    assert any("rosas" in reason for reason in why)


def test_it_gives_the_same_answer_twice() -> None:
    assert found("flores rosas") == found("flores rosas")


def test_what_it_is_for_may_be_missing_but_counts() -> None:
    put([product("nube", "Nube blanca, manojo"), product("nube-ramo", "Nube teñida", body="Da aire a ramos de novia.")])
    learn(anew=True)
    answer = ask("nube para ramos")
    assert (answer.relaxed, [hit.id for hit in answer.items]) == ("", ["nube-ramo", "nube"])


def test_a_category_asked_by_its_name_comes_before_titles_that_mention_it() -> None:
    put(
        [
            product("curso", "Curso de flores secas", categories=("cursos",)),
            product("lagurus", "Lagurus, manojo", keywords=("Flores secas",), categories=("flores", "flores-secas")),
        ]
    )
    learn(anew=True)
    assert found("flores secas")[:2] == ["lagurus", "curso"]


def test_a_thing_is_known_by_its_keywords_before_its_story() -> None:
    put([product("suculenta", "Suculenta", body="No es planta de sombra."), product("helecho", "Helecho", keywords=("Sombra",))])
    learn(anew=True)
    assert found("sombra")[:2] == ["helecho", "suculenta"]
