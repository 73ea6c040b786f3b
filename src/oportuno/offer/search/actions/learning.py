"""Learning the words of the index: how common each is, and how people write it.

Putting a document does not wait for this: hot words would make everybody who publishes stand in one line. A job does it by
the clock; until then a new word is found all the same, and counts as a rare one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from oportuno.offer.search.rules.words import LINKS, LONGEST_WORD, fold, split, stem

GROWN = 1.1  # so much larger, and the counts are taken anew
TEXTS = """to_tsvector('simple', concat_ws(' ', title_es, title_en, subtitle_es, subtitle_en, keywords, seller_name, city,
    left(body_es, 6000), left(body_en, 6000)))"""
UPSERT = """
INSERT INTO search_word (word, shown, lexeme, documents, lexeme_documents)
SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::int[], %s::int[])
"""


@dataclass
class Word:
    """`shown` is the commonest way to write it."""

    shown: str
    most: int = 0
    documents: int = 0


@transaction.atomic
def learn(*, anew: bool = False) -> int:
    """Learn what is new since the last time, or everything `anew` (also when the index has grown by a tenth); words written.

    Reads every document when anew: about 10 s per 100,000.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT documents, learned FROM search_measure WHERE id = 1 FOR UPDATE")
        documents, learned = cursor.fetchone()
        cursor.execute("SELECT fact_horizon(), (SELECT count(*) FROM search_document)")
        horizon, now = cursor.fetchone()
    if anew or now > documents * GROWN or now < documents / GROWN:
        return _learn_all(horizon)
    return _learn_new(learned, horizon)


def _learn_all(horizon: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_word")
        written = _write(_words(f"SELECT {TEXTS} FROM search_document"), "")
        cursor.execute(
            """UPDATE search_measure SET (documents, title_length, length, learned) = (
                   SELECT count(*), COALESCE(avg(title_length), 8), COALESCE(avg(length), 40), %s FROM search_document) WHERE id = 1""",
            [horizon],
        )
    return written


def _learn_new(learned: int, horizon: int) -> int:
    """Words that nobody wrote before; the counts of known ones wait for the night."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM search_document WHERE entered >= %s LIMIT 1", [learned])
        written = 0
        if cursor.fetchone():
            written = _write(
                _words(f"SELECT {TEXTS} FROM search_document WHERE entered >= {int(learned)}"), "ON CONFLICT (word) DO NOTHING"
            )
        cursor.execute("UPDATE search_measure SET learned = %s WHERE id = 1", [horizon])
    return written


def _words(vectors: str) -> dict[str, Word]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, ndoc FROM ts_stat(%s)", [vectors])
        return _gathered(cursor.fetchall())


def _gathered(rows: Iterable[tuple[str, int]]) -> dict[str, Word]:
    """PostgreSQL's words cut again as ours, folded, with the commonest spelling of each."""
    found: dict[str, Word] = {}
    for text, documents in rows:
        for word in split(text):
            if len(word) > LONGEST_WORD or word in LINKS:
                continue
            shown = text if fold(text) == word else word
            one = found.setdefault(word, Word(shown))
            one.documents += documents
            if documents > one.most:
                one.most, one.shown = documents, shown
    return found


def _write(words: dict[str, Word], conflict: str) -> int:
    lexemes: dict[str, int] = defaultdict(int)
    for word, one in words.items():
        lexemes[stem(word)] += one.documents
    rows = [(word, one.shown, stem(word), one.documents, lexemes[stem(word)]) for word, one in words.items()]
    with connection.cursor() as cursor:
        for start in range(0, len(rows), 20_000):
            columns = [list(column) for column in zip(*rows[start : start + 20_000], strict=True)]
            cursor.execute(UPSERT + conflict, columns)
    return len(rows)
