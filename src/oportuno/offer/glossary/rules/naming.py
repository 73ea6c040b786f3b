"""Whether a text names a term: quick, for whole texts of which one only wants to know that."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from .said import Language
from .wording import forms, is_abbreviation

GAP = r"(?:[ \u00a0\n\t-]{1,3}|/)"


def naming(names: Iterable[str], language: Language) -> re.Pattern[str]:
    """Finds any of the names, in any form in which a text may say it. Give it texts in NFC."""
    said = []
    for name in names:
        case = "" if is_abbreviation(name) else "i"
        said += [f"(?{case}:{GAP.join(map(re.escape, form))})" for form in forms(name, language)]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(said)})(?![^\W_])" if said else r"(?!)")


def names(text: str, wanted: re.Pattern[str]) -> bool:
    return bool(wanted.search(unicodedata.normalize("NFC", text)))
