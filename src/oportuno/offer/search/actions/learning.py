"""Learning the words of the index: how common each is, and how people write it.

Putting a document does not wait for this: hot words would make everybody who publishes stand in one line. A job does it by
the clock; until then a new word is found all the same, and counts as a rare one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from oportuno.offer.search.models import KINDS, Kind
from oportuno.offer.search.rules.words import LINKS, LONGEST_WORD, fold, place_tag, split, stem

GROWN = 1.1  # so much larger, and the counts are taken anew
TEXTS = """to_tsvector('simple', concat_ws(' ', title_es, title_en, subtitle_es, subtitle_en, keywords, seller_name, city,
    left(body_es, 6000), left(body_en, 6000)))"""
UPSERT = """
INSERT INTO search_word (word, shown, lexeme, documents, by_kind)
SELECT word, shown, lexeme, documents, by_kind::int[]
FROM unnest(%s::text[], %s::text[], %s::text[], %s::int[], %s::text[]) AS given(word, shown, lexeme, documents, by_kind)
"""


@dataclass
class Word:
    """`shown` is the commonest way to write it."""

    shown: str
    most: int = 0
    documents: int = 0

    def join(self, other: Word) -> None:
        self.documents += other.documents
        if other.most > self.most:
            self.most, self.shown = other.most, other.shown


@transaction.atomic
def learn(*, anew: bool = False) -> int:
    """Learn what is new since the last time, or everything `anew` (also when the index has grown by a tenth); words written.

    Reads every document when anew: about 10 s per 100,000. Writes only after all reading, because from its first write on a
    transaction holds back the readers of facts.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT documents, learned FROM search_measure")
        rows = cursor.fetchall()
        documents, learned = sum(row[0] for row in rows), min(row[1] for row in rows)
        cursor.execute("SELECT fact_horizon(), (SELECT count(*) FROM search_document)")
        horizon, now = cursor.fetchone()
        anew = anew or now > documents * GROWN or now < documents / GROWN
        written = _learn_all() if anew else _learn_new(learned)
        _learn_places(0 if anew else learned)
        cursor.execute("UPDATE search_measure SET learned = %s", [horizon])
    return written


def _learn_all() -> int:
    found = {kind: _words(f"SELECT {TEXTS} FROM search_document WHERE kind = '{kind}'") for kind in KINDS}
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_word")
        written = _write(found, "")
        cursor.execute(
            """UPDATE search_measure m SET documents = d.n, title_length = d.title_length, length = d.length FROM (
                   SELECT m.kind, count(d.id) AS n, COALESCE(avg(d.title_length), 8) AS title_length, COALESCE(avg(d.length), 40) AS length
                   FROM search_measure m LEFT JOIN search_document d ON d.kind = m.kind GROUP BY m.kind) d WHERE d.kind = m.kind"""
        )
    return written


def _learn_new(learned: int) -> int:
    """Words that nobody wrote before; the counts of known ones wait for the night."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT kind FROM search_document WHERE entered >= %s", [learned])
        kinds = [kind for (kind,) in cursor.fetchall()]
    new = f"SELECT {TEXTS} FROM search_document WHERE entered >= {int(learned)} AND kind = "
    return _write({kind: _words(f"{new}'{kind}'") for kind in KINDS if kind in kinds}, "ON CONFLICT (word) DO NOTHING")


def _learn_places(since: int) -> None:
    """How new places are written."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT city, count(*) FROM (
                   SELECT city FROM search_document WHERE entered >= %s
                   UNION ALL SELECT p.city FROM search_place p JOIN search_document d ON d.id = p.document_id WHERE d.entered >= %s
               ) written WHERE city <> '' GROUP BY city ORDER BY 2 DESC, 1""",
            [since, since],
        )
        names: dict[str, str] = {}
        for city, _ in cursor.fetchall():
            names.setdefault(place_tag(city), city)
        cursor.execute(
            """UPDATE search_tag t SET shown = given.shown FROM unnest(%s::text[], %s::text[]) AS given(tag, shown)
               WHERE t.tag = given.tag AND t.shown = ''""",
            [list(names), list(names.values())],
        )


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
            one.join(Word(shown, documents, documents))
    return found


def _write(found: dict[Kind, dict[str, Word]], conflict: str) -> int:
    lexemes: dict[str, list[int]] = defaultdict(lambda: [0] * len(KINDS))
    words: dict[str, Word] = {}
    for kind, of_kind in found.items():
        for word, one in of_kind.items():
            lexemes[stem(word)][KINDS.index(kind)] += one.documents
            words.setdefault(word, Word(one.shown)).join(one)
    rows = [
        (word, one.shown, stem(word), one.documents, "{{{}}}".format(",".join(map(str, lexemes[stem(word)]))))
        for word, one in words.items()
    ]
    with connection.cursor() as cursor:
        for start in range(0, len(rows), 20_000):
            columns = [list(column) for column in zip(*rows[start : start + 20_000], strict=True)]
            cursor.execute(UPSERT + conflict, columns)
    return len(rows)
