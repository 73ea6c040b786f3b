"""Is what people look for found: the two judged cases, beside the BM25 they are measured against.

    python bench/search_relevance.py [--quick] [--json FILE]

Products: 19,406 of Icecat, 33 shoppers' queries, nDCG@10 with gain 2^rating - 1, unjudged 0, mean over the queries that have a
good answer at all (`over_all`: over all, the others as 0). Questions: 298 in Spanish over 240 pages, MRR@10, as typed and
without accents. Everything lies in one index, as in a market.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import market
from frame import Size, Workload, main
from scratch import Scratch

scratch = Scratch("search_relevance")

from oportuno.kernel.packs import load
from oportuno.kernel.packs.demo import Demo, DemoQuery, demo_of, graded_queries
from oportuno.offer.search.api import Hit, Query, learn, put, search
from oportuno.offer.search.rules.words import fold
from oportuno.offer.search.testing import CASES, ids_for, judge_pages, judge_products, ndcg, real_pages, real_products

BM25 = {"products": 0.710, "questions": 0.952}
GOOD = 2  # a grade that answers
ARTICLES, NUMBER = "/conocimiento/", re.compile(r"^\d+-")  # an article's address: its number before its name


def measure(size: Size) -> Iterator[Workload]:
    try:
        if CASES.is_dir():
            put(real_products(1))
            put(real_pages(1))
            learn(anew=True)
            yield products()
            yield questions()
        scratch.as_owner("TRUNCATE search_document, search_place, search_word")
        yield of_the_demo()
    finally:
        scratch.drop()


def products() -> Workload:
    workload = Workload(
        "relevance of products", "19,406 products of Icecat, 33 shoppers' queries with human grades, in one index with 240 pages", "none"
    )
    begin = time.perf_counter()
    alone = judge_products(ids_for("product", "en"))
    seconds = time.perf_counter() - begin
    among = judge_products(ids_for(None, "es"))
    workload.add("nDCG@10, products asked", "", [alone.ndcg], goal=BM25["products"], peer=f"BM25 {BM25['products']}")
    workload.add("nDCG@10, everything asked in one box", "", [among.ndcg], peer=f"BM25 {BM25['products']}")
    workload.add("nDCG@10, over all queries", "", [alone.ndcg_over_all])
    workload.add("queries without an answer", f"of {alone.questions}", [alone.unanswered], less=True, goal=0)
    workload.add("a query, first time", "ms", [seconds * 1000 / alone.questions], less=True)
    return workload


def questions() -> Workload:
    workload = Workload(
        "relevance of content", "298 questions in Spanish over 240 pages (XQuAD), in one index with 19,406 products", "none"
    )
    for name, judged in (
        ("as typed", judge_pages(ids_for("content", "es"))),
        ("without accents", judge_pages(ids_for("content", "es"), fold)),
        ("everything asked in one box", judge_pages(ids_for(None, "es"))),
    ):
        workload.add(f"MRR@10, {name}", "", [judged.mrr], goal=BM25["questions"], peer=f"BM25 {BM25['questions']}")
        workload.add("  the right page first", "share", [judged.first])
        workload.add("  among the first five", "share", [judged.first_five])
        workload.add("  questions without an answer", f"of {judged.questions}", [judged.unanswered], less=True, goal=0)
    return workload


def of_the_demo() -> Workload:
    """The demo's own graded searches, each asked of the kind and in the language that it says."""
    pack = load("flores")
    demo = demo_of(pack)
    market.open_demo()
    asked = graded_queries(pack, demo)
    skus = skus_of(demo)
    workload = Workload(
        "relevance in the demo market",
        f"the demo of flores: {len(asked)} searches with grades by rules over its products, sellers and articles",
        "none",
    )
    values, places, unanswered = [], [], 0
    for one in asked:
        found = [key for hit in answer(one) if (key := demo_key(hit, skus))]
        unanswered += not found
        value = ndcg(found, one.grades)
        values += [value] if value is not None else []
        places.append(next((place for place, key in enumerate(found, 1) if one.grades.get(key, 0) >= GOOD), 0))
    workload.add("nDCG@10", "", [sum(values) / len(values)])
    workload.add("MRR@10 of a good answer (grade 2 or 3)", "", [sum(1 / place for place in places if place) / len(places)])
    workload.add("  a good answer first", "share", [places.count(1) / len(places)])
    workload.add("  searches without an answer", f"of {len(asked)}", [unanswered], less=True)
    return workload


def answer(one: DemoQuery) -> tuple[Hit, ...]:
    return search(Query(text=one.words, kind=one.kind, language=one.language, limit=10)).items  # type: ignore[arg-type]


def skus_of(demo: Demo) -> dict[str, str]:
    """The demo's product of each SKU, those of seeding included that stand for all variants."""
    found = {}
    for offer in demo.offers:
        for sku in [*(variant.sku for variant in offer.variants), f"{offer.variants[0].sku}-T"]:
            found[sku] = f"product:{offer.product}"
    return found


def demo_key(hit: Hit, skus: dict[str, str]) -> str:
    """What the demo's grades call a result."""
    if hit.kind == "product":
        return skus.get(hit.sku, hit.key)
    last = hit.url.partition("#")[0].rstrip("/").rpartition("/")[2]
    return f"{hit.kind}:{NUMBER.sub('', last) if hit.url.startswith(ARTICLES) else last}"


if __name__ == "__main__":
    main(measure, __doc__)
