"""What a thing is, against what it is for: who asks for a mouse is not looking for a mouse pad."""

from __future__ import annotations

from oportuno.offer.search.rules.words import stem

FOR = frozenset(["for", "para", "compatible", "compatibles", "with", "con"])
"""After these words a title says what the thing is used with."""

COMPANIONS = frozenset(
    stem(word)
    for word in """
    accessory adapter arm backpack bag base battery belt bracket bracelet cable cap card carrier case caddy charger clip cord
    cover cradle cushion dock drawer film filter foil glove guard holder holster insert kit lens lock mat mount pad pillow pouch
    protector rack refill remote replacement rest shelf sleeve spare spray stand station strap supply sticker tape tray wrap
    accesorio adaptador bateria bolsa bolso cargador correa cubierta estuche filtro forro funda guante lamina maletin mica
    morral pedestal recambio repuesto soporte tapa
    """.split()  # noqa: SIM905
)
"""Things that mostly accompany another thing, whose name stands beside theirs."""


def stands_apart(words: list[str], stems: list[str], lexemes: frozenset[str]) -> tuple[bool, bool]:
    """(is only used with what is asked, is a companion of it), judged by the words of a title and their stems.

    English puts the companion after ("mouse pad"), Spanish before ("funda iPhone"). A companion that is asked for is none.
    """
    places = [place for place, lexeme in enumerate(stems) if lexeme in lexemes]
    if not places:
        return False, False
    used_with = all(any(word in FOR for word in words[:place]) for place in places)
    return used_with, _is_companion(stems, places, lexemes)


def _is_companion(stems: list[str], places: list[int], asked: frozenset[str]) -> bool:
    if stems[0] in COMPANIONS and stems[0] not in asked:
        return True
    found = False
    for place in places:
        beside = stems[place + 1] if place + 1 < len(stems) else ""
        if beside in asked:
            continue
        if beside not in COMPANIONS:
            return False
        found = True
    return found
