"""While somebody types: what begins like it."""

from __future__ import annotations

from typing import Any

from django.db import connection

from oportuno.offer.search.queries.answers import Suggestion
from oportuno.offer.search.rules.words import LINKS, fold, split, stem

SHORTEST = 2
CANDIDATES = 400
WORDS_TRIED = 12
TITLES = """
WITH begun AS (
    SELECT id, key, kind, url, title_es, title_en, seller_name, popularity FROM search_document d
    WHERE d.head @@ %(wanted)s::tsquery {kind} LIMIT %(candidates)s)
SELECT kind, COALESCE(NULLIF(title_{mine}, ''), title_{other}) AS title, url, seller_name FROM begun
ORDER BY kind = 'seller' DESC, starts_with(lower(title_{mine} || title_{other}), %(text)s) DESC, popularity DESC, id DESC LIMIT %(limit)s
"""


def suggest(text: str, limit: int = 8, *, language: str = "es") -> tuple[Suggestion, ...]:
    """Searches of others first, then words, then things whose title has the words, the last of them as a beginning."""
    text = text[:80].replace("\x00", " ")
    words = split(text)
    if not words or (len(words[-1]) < SHORTEST and len(words) == 1):
        return ()
    found = [*_asked_before(fold(text).strip(), limit=3), *_titles(words, text, limit, language)]
    if len(found) < limit:
        found += _completed(words, limit - len(found))
    once = {fold(one.text): one for one in reversed(found)}
    return tuple(one for one in found if once.get(fold(one.text)) is one)[:limit]


def _asked_before(beginning: str, limit: int) -> list[Suggestion]:
    """Searches that found something, and were asked more than once: nobody's private words become a suggestion."""
    rows = _rows(
        """SELECT shown FROM search_demand WHERE text LIKE %s AND unmet < times AND askers > 2 AND text <> '' ORDER BY recent DESC, times DESC LIMIT %s""",
        [_like(beginning), limit],
    )
    return [Suggestion("search", shown) for (shown,) in rows]


def _titles(words: list[str], text: str, limit: int, language: str) -> list[Suggestion]:
    whole = [f"'{stem(word)}'" for word in words[:-1] if word not in LINKS]
    last = words[-1]
    begun = f"'{_root(last)}':*" if len(last) >= SHORTEST else ""
    wanted = " & ".join([*whole, *([begun] if begun else [])])
    if not wanted:
        return []
    mine, other = ("en", "es") if language.startswith("en") else ("es", "en")
    parameters: dict[str, Any] = {"wanted": wanted, "candidates": CANDIDATES, "limit": limit, "text": text.strip().lower()}
    rows = _rows(TITLES.format(kind="", mine=mine, other=other), parameters)
    return [Suggestion(kind, title, url, seller) for kind, title, url, seller in rows]


def _completed(words: list[str], limit: int) -> list[Suggestion]:
    """The question with its last word completed to the commonest words that begin so."""
    rows = _rows("SELECT shown FROM search_word WHERE word LIKE %s ORDER BY documents DESC LIMIT %s", [_like(words[-1]), limit])
    return [Suggestion("search", " ".join([*words[:-1], shown])) for (shown,) in rows]


def _root(beginning: str) -> str:
    """How lexemes of words that begin so begin: the stemmer may have taken the last letter typed."""
    return stem(beginning) if len(stem(beginning)) >= 3 else beginning


def _like(beginning: str) -> str:
    return beginning.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def _rows(sql: str, parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
