"""What the words in a file mean: stages, languages, countries, yes and no, formulas that were made harmless."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from babel import Locale

from oportuno.kernel.formulas import original
from oportuno.people.audience.rules.addresses import fold

NO = frozenset({"", "no", "n", "0", "false", "falso", "none", "null", "-"})
OUT_WORDS = frozenset({
    "unsubscribed", "unsubscribe", "cleaned", "bounced", "blocklisted", "blacklisted", "disabled", "opted out", "opt out", "dnc", "do not contact",
    "archived", "complained", "spam", "dado de baja", "baja", "cancelado", "no suscrito", "suprimido", "rebotado",
})  # fmt: skip
STAGES = {
    "contact": "contact", "contacto": "contact", "subscriber": "contact", "suscriptor": "contact", "lead": "lead", "marketing qualified lead": "prospect",
    "marketingqualifiedlead": "prospect", "prospect": "prospect", "prospecto": "prospect", "sales qualified lead": "qualified", "salesqualifiedlead": "qualified",
    "qualified": "qualified", "cualificado": "qualified", "calificado": "qualified", "opportunity": "opportunity", "oportunidad": "opportunity",
    "customer": "customer", "cliente": "customer", "evangelist": "promoter", "promoter": "promoter", "promotor": "promoter", "promotora": "promoter",
}  # fmt: skip
LANGUAGES = {
    "es": "es-co", "es co": "es-co", "spanish": "es-co", "espanol": "es-co", "castellano": "es-co", "es mx": "es-mx", "en": "en", "english": "en",
    "ingles": "en", "en us": "en", "en gb": "en", "es es": "es-co", "es 419": "es-co",
}  # fmt: skip
COMPANIES = frozenset({"organisation", "organization", "company", "org", "empresa", "organizacion", "compania"})


def cell(value: Any) -> str:
    """A cell as text; the apostrophe that kept a formula from running (threat T13) is taken off again."""
    if value.__class__ is str:
        text = value.strip()
        return original(text) if text[:1] == "'" else text
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else format(value, "f") if hasattr(value, "as_tuple") else str(value).strip()


def is_yes(text: str) -> bool:
    """Whether a column like "opted out" says so; a date says yes."""
    return fold(text) not in NO


def is_out(text: str) -> bool:
    return fold(text).replace("-", " ").replace("_", " ") in OUT_WORDS


def stage(text: str) -> str:
    return STAGES.get(fold(text).replace("_", " ").replace("-", " "), "")


def language(text: str) -> str:
    return LANGUAGES.get(fold(text).replace("_", " ").replace("-", " "), "")


@lru_cache(maxsize=1024)
def country(text: str) -> str:
    """Two letters of a country that is named in Spanish or English, or by its letters; else empty."""
    word = fold(text).strip(" .")
    return _countries().get(word, "")


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {"usa": "US", "eeuu": "US", "ee. uu": "US", "ee.uu": "US", "uk": "GB", "mejico": "MX"}
    for locale in ("en", "es"):
        for code, name in Locale(locale).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("ZZ", "EU", "UN", "EZ", "XA", "XB"):
                found[fold(name)] = code
                found[code.lower()] = code
    return found
