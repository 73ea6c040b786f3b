"""What a price is for, in both languages: sellers write it freely, and mostly the same few words."""

from __future__ import annotations

from collections.abc import Iterable

from oportuno.offer.catalogue.rules.attributes import Asked

PAIRS = (
    ("unidad", "unit"),
    ("docena", "dozen"),
    ("media docena", "half a dozen"),
    ("par", "pair"),
    ("caja", "box"),
    ("paquete", "pack"),
    ("bolsa", "bag"),
    ("bandeja", "tray"),
    ("juego", "set"),
    ("rollo", "roll"),
    ("pieza", "piece"),
    ("tallo", "stem"),
    ("ramo", "bunch"),
    ("planta", "plant"),
    ("mesa", "table"),
    ("kilo", "kilo"),
    ("metro", "metre"),
    ("litro", "litre"),
    ("hora", "hour"),
    ("día", "day"),
    ("semana", "week"),
    ("mes", "month"),
    ("año", "year"),
    ("servicio", "service"),
    ("sesión", "session"),
    ("evento", "event"),
    ("cupo", "seat"),
    ("persona", "person"),
    ("usuario", "user"),
)
"""Spanish and English; no word stands on both sides with another meaning."""


def unit_in_both(written: str, asked: Iterable[Asked] = ()) -> tuple[str, str]:
    """(Spanish, English) of a unit as it was written, in either language; what nobody knows stays as it is in both.

    `asked` are the attributes of its category: a unit is often one of their choices ("Docena en papel").
    """
    plain = written.strip().casefold()
    choices = ((choice.label_es, choice.label_en) for one in asked for choice in one.choices if choice.label_es and choice.label_en)
    for pair in (*PAIRS, *choices):
        if plain in (pair[0].casefold(), pair[1].casefold()):
            return _begun_like(written, pair[0]), _begun_like(written, pair[1])
    return written, written


def _begun_like(written: str, word: str) -> str:
    """With a capital, or without, as it was written."""
    first = word[:1].upper() if written.strip()[:1].isupper() else word[:1].lower()
    return first + word[1:]
