"""How fast is search: a question, a list and a slip of typing, beside the plain SQL of the same work, and what the index costs.

    python bench/search_speed.py [--documents 100000] [--short] [--seconds 8] [--threads 8] [--json FILE]

Data: synthetic Spanish products, words drawn by Zipf's law from 30,000 made-up words over 300 real stems; title of 5 to 9 words,
a body of 60 (with --short: 8), 40 categories, 60 cities, 5 attributes. Questions: 300 of 1 to 3 words, common and rare.
Nothing is cached but what PostgreSQL keeps. Warm-up: each question once.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from scratch import Scratch

scratch = Scratch("search_speed")

from django.db import connection, transaction

from oportuno.kernel.money import Money
from oportuno.offer.search.api import Document, Place, Query, Texts, learn, put, search, suggest
from oportuno.offer.search.rules.words import stem

STEMS = [
    "rosa",
    "clavel",
    "girasol",
    "orquidea",
    "tulipan",
    "lirio",
    "peonia",
    "hortensia",
    "margarita",
    "ramo",
    "arreglo",
    "corona",
    "florero",
    "maceta",
    "abono",
    "semilla",
    "tierra",
    "planta",
    "cactus",
    "suculenta",
    "helecho",
    "palma",
    "bonsai",
    "follaje",
    "cinta",
    "canasta",
    "caja",
    "globo",
    "peluche",
    "chocolate",
    "vino",
    "tarjeta",
    "boda",
    "novia",
    "funeral",
    "aniversario",
    "cumpleanos",
    "amor",
    "madre",
    "padre",
    "amistad",
    "jardin",
    "riego",
    "tijera",
    "guante",
    "sustrato",
    "fertilizante",
    "vivero",
    "cultivo",
    "exportacion",
    "docena",
]
ENDINGS = ["", "s", "ito", "ita", "al", "ero", "era", "oso", "ado", "ancia", "ismo", "ista", "able", "mente", "eza", "ura"]
COLOURS = ["rojo", "blanco", "rosado", "amarillo", "morado", "azul", "naranja", "verde"]
WHEN = datetime(2026, 11, 1, tzinfo=UTC)


def vocabulary(size: int = 30_000) -> list[str]:
    random.seed(7)
    syllables = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo", "tra", "ple", "cri", "blo", "gru"]
    made = {"".join(random.choices(syllables, k=random.randint(2, 4))) + random.choice(ENDINGS) for _ in range(size * 2)}
    real = [stem + ending for ending in ENDINGS[:6] for stem in STEMS]
    return [*real, *sorted(made)][:size]


class Zipf:
    """Words as often as people write them."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        total = 0.0
        self.edges = [total := total + 1 / (rank + 50) for rank in range(len(words))]

    def take(self, count: int) -> list[str]:
        return random.choices(self.words, cum_weights=self.edges, k=count)


def documents(count: int, *, short: bool) -> Iterator[Document]:
    random.seed(11)
    zipf = Zipf(vocabulary())
    cities = [f"Ciudad {word}" for word in zipf.words[-60:]]
    for number in range(count):
        city = random.randrange(60)
        category = random.randrange(40)
        texts = Texts(
            title=" ".join(zipf.take(random.randint(5, 9))).capitalize(),
            subtitle=" ".join(zipf.take(4)),
            keywords=(STEMS[category], "Marca " + zipf.words[number % 500]),
            body=" ".join(zipf.take(8 if short else 60)),
        )
        yield Document(
            key=f"product:{number}",
            kind="product",
            organisation=1,
            url=f"/productos/{number}/",
            texts={"es": texts},
            sku=f"SKU-{number}",
            seller_slug=f"v-{number % 400}",
            seller_name=f"Vendedor {number % 400}",
            categories=(f"raiz-{category % 5}", f"{STEMS[category]}"),
            facets=(f"color={random.choice(COLOURS)}", f"tallos={random.choice([6, 12, 24, 50])}", f"uso={random.randrange(9)}"),
            price=Money(random.randint(5, 900) * 100_000, "COP"),
            in_stock=random.random() < 0.8,
            certified=random.random() < 0.3,
            country="CO",
            city=cities[city],
            places=(Place(4.6 + city / 20, -74.1 + city / 30, cities[city]),),
            published_at=WHEN - timedelta(minutes=number),
            updated_at=WHEN,
            popularity=random.random(),
        )


def questions(count: int = 300) -> list[str]:
    random.seed(13)
    zipf = Zipf(vocabulary())
    return [" ".join(zipf.take(random.choice([1, 1, 2, 2, 3]))) for _ in range(count)]


def timed(work: Callable[[Any], object], inputs: list[Any]) -> dict[str, float]:
    """Milliseconds of each, one after the other."""
    taken = []
    for one in inputs:
        start = time.perf_counter()
        work(one)
        taken.append((time.perf_counter() - start) * 1000)
    taken.sort()
    return {"p50_ms": statistics.median(taken), "p95_ms": taken[int(len(taken) * 0.95)], "max_ms": taken[-1]}


def together(work: Callable[[Any], object], inputs: list[Any], *, threads: int, seconds: float) -> float:
    """How many a second, asked by several threads at once."""
    done = [0] * threads
    until = time.perf_counter() + seconds

    def ask(worker: int) -> None:
        own = inputs[worker::threads] or inputs
        while time.perf_counter() < until:
            work(own[done[worker] % len(own)])
            done[worker] += 1
        connection.close()

    workers = [threading.Thread(target=ask, args=(number,)) for number in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sum(done) / seconds


def ask(text: str) -> object:
    with transaction.atomic():
        return search(Query(text=text, kind="product", limit=24))


def browse(category: str) -> object:
    with transaction.atomic():
        return search(Query(kind="product", category=category, limit=24))


def plain(text: str) -> object:
    """What the database alone needs for one page of the first word: match, rank, twenty rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT key, title_es FROM search_document WHERE words @@ %s::tsquery
               ORDER BY ts_rank(words, %s::tsquery) DESC LIMIT 20""",
            [f"'{stem(text.split()[0])}'"] * 2,
        )
        return cursor.fetchall()


def slipped(text: str) -> str:
    word = max(text.split(), key=len)
    return word[:2] + word[3] + word[2] + word[4:] if len(word) > 5 else word + "xq"


def size() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_total_relation_size('search_document') + pg_total_relation_size('search_place') + pg_total_relation_size('search_word')"
        )
        return int(cursor.fetchone()[0])


def build(count: int, *, short: bool) -> dict[str, float]:
    made = list(documents(count, short=short)) if count <= 100_000 else documents(count, short=short)
    start = time.perf_counter()
    put(made)
    taken = time.perf_counter() - start
    start = time.perf_counter()
    words = learn(anew=True)
    learned = time.perf_counter() - start
    scratch.as_owner("VACUUM ANALYZE search_document", "VACUUM ANALYZE search_word", "VACUUM ANALYZE search_place")
    return {"put_per_second": count / taken, "learn_seconds": learned, "words": words, "bytes_per_document": size() / count}


def measure(count: int, *, short: bool, threads: int, seconds: float) -> dict[str, Any]:
    found: dict[str, Any] = {"documents": count, **build(count, short=short)}
    asked = questions()
    categories = [STEMS[number] for number in range(40)]
    for one in asked:
        ask(one)
    found["search"] = timed(ask, asked)
    found["search_per_second"] = together(ask, asked, threads=threads, seconds=seconds)
    found["list"] = timed(browse, categories)
    found["list_per_second"] = together(browse, categories, threads=threads, seconds=seconds)
    found["slip"] = timed(ask, [slipped(one) for one in asked[:60]])
    found["suggest"] = timed(lambda text: suggest(text[: max(3, len(text) - 2)]), asked[:200])
    found["plain_sql"] = timed(plain, asked)
    found["plain_sql_per_second"] = together(plain, asked, threads=threads, seconds=seconds)
    found["fraction_of_plain_sql"] = found["search_per_second"] / found["plain_sql_per_second"]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    try:
        found = measure(options.documents, short=options.short, threads=options.threads, seconds=options.seconds)
    finally:
        scratch.drop()
    for name, value in found.items():
        shown = " ".join(f"{key} {one:,.1f}" for key, one in value.items()) if isinstance(value, dict) else f"{value:,.2f}"
        print(f"{name:>24}  {shown}")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
