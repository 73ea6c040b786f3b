"""Search without pages around it, as the index grows: questions, lists, slips and suggestions, and what the index costs.

    python bench/search_steps.py [--quick] [--json FILE]

Data and measures are those of search_speed.py, each asked several times over. At most: plain SQL that matches and ranks one word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import search_speed as speed
from frame import Size, Workload, main, several

from oportuno.offer.search.api import suggest

THREADS = 8
LIMIT = "plain SQL: match one word, rank, twenty rows"


def measure(size: Size) -> Iterator[Workload]:
    try:
        for documents in size.steps:
            speed.scratch.as_owner("TRUNCATE search_document, search_place, search_word")
            yield searched(documents, size)
    finally:
        speed.scratch.drop()


def searched(documents: int, size: Size) -> Workload:
    short = documents > 100_000
    workload = Workload(
        f"search alone, {documents:,} documents",
        f"Spanish products of made-up words by Zipf's law, bodies of {8 if short else 60} words, 40 categories, 60 cities; 300 questions of 1 to 3 words",
        "each question once",
    )
    built = speed.build(documents, short=short)
    asked = speed.questions()
    alone, slipped = asked[:200], [speed.slipped(one) for one in asked[:60]]
    for one in asked:
        speed.ask(one)
    runs = [speed.timed(speed.ask, alone) for _ in range(size.runs)]
    plain = [speed.timed(speed.plain, alone) for _ in range(size.runs)]
    most = {"limit": sorted(one["p95_ms"] for one in plain)[len(plain) // 2], "limit_is": LIMIT}
    workload.add("a question, alone: p50", "ms", [one["p50_ms"] for one in runs], less=True)
    workload.add("a question, alone: p95", "ms", [one["p95_ms"] for one in runs], less=True, goal=300, **most)
    rates = several(size.runs, together(speed.ask, asked, size))
    limit = sorted(several(size.runs, together(speed.plain, asked, size)))[size.runs // 2]
    workload.add(f"questions of {THREADS} at once", "a second", rates, limit=limit, limit_is=LIMIT)
    lists = [speed.timed(speed.browse, [speed.STEMS[number] for number in range(40)]) for _ in range(size.runs)]
    workload.add("a category with facets, alone: p95", "ms", [one["p95_ms"] for one in lists], less=True, goal=300)
    slips = [speed.timed(speed.ask, slipped) for _ in range(size.runs)]
    workload.add("a typing error, alone: p95", "ms", [one["p95_ms"] for one in slips], less=True, goal=300, peer="Odoo 10 s at 100,000")
    typed = [speed.timed(lambda text: suggest(text[: max(3, len(text) - 2)]), alone) for _ in range(size.runs)]
    workload.add("suggestions while typing: p95", "ms", [one["p95_ms"] for one in typed], less=True)
    workload.add("into the index", "documents/s", [built["put_per_second"]])
    workload.add("learning all words anew", "s", [built["learn_seconds"]], less=True)
    workload.add("index with its documents", "bytes/document", [built["bytes_per_document"]], less=True)
    return workload


def together(work: Callable[[Any], object], asked: list[Any], size: Size) -> Callable[[], float]:
    return lambda: speed.together(work, asked, threads=THREADS, seconds=size.seconds)


if __name__ == "__main__":
    main(measure, __doc__)
