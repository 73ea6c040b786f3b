"""A unit is read in the reader's language, in whichever of the two it was written."""

from __future__ import annotations

import pytest

from oportuno.offer.catalogue.rules.attributes import Asked, Choice
from oportuno.offer.catalogue.rules.units import PAIRS, unit_in_both

PACKING = Asked("packing", "choice", "Empaque", "Packing", choices=(Choice("p10", "Paquete de 10 tallos", "Bunch of 10 stems"),))


@pytest.mark.parametrize(
    ("written", "both"),
    [
        ("docena", ("docena", "dozen")),
        (" Docena ", ("Docena", "Dozen")),
        ("dozen", ("docena", "dozen")),
        ("DÍA", ("Día", "Day")),
        ("Paquete de 10 tallos", ("Paquete de 10 tallos", "Bunch of 10 stems")),
        ("bunch of 10 stems", ("paquete de 10 tallos", "bunch of 10 stems")),
        ("tonelada de claveles", ("tonelada de claveles", "tonelada de claveles")),
        ("", ("", "")),
    ],
)
def test_it_knows_the_common_ones_and_the_choices_of_the_category(written: str, both: tuple[str, str]) -> None:
    assert unit_in_both(written, [PACKING]) == both


def test_no_word_means_two_things() -> None:
    words = [word for pair in PAIRS for word in set(pair)]
    assert len(words) == len(set(words))
