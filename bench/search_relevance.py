"""Is what people look for found: the two judged cases, beside the BM25 they are measured against.

    python bench/search_relevance.py [--json FILE]

Products: 19,406 of Icecat, 33 shoppers' queries, nDCG@10 with gain 2^rating - 1, unjudged 0, mean over the queries that have a
good answer at all (`over_all`: over all, the others as 0). Questions: 298 in Spanish over 240 pages, MRR@10, as typed and
without accents. Everything lies in one index, as in a market.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from scratch import Scratch

scratch = Scratch("search_relevance")

from oportuno.offer.search.api import learn, put  # noqa: E402
from oportuno.offer.search.rules.words import fold  # noqa: E402
from oportuno.offer.search.testing import CASES, ids_for, judge_pages, judge_products, real_pages, real_products  # noqa: E402

BM25 = {"products": 0.710, "questions": 0.952}


def measure() -> dict[str, Any]:
    put(real_products(1))
    put(real_pages(1))
    learn(anew=True)
    start = time.perf_counter()
    products = judge_products(ids_for("product", "en"))
    return {
        "products": {
            **asdict(products),
            "bm25_ndcg": BM25["products"],
            "ms_each": (time.perf_counter() - start) * 1000 / products.questions,
        },
        "products_among_all_kinds": asdict(judge_products(ids_for(None, "es"))),
        "questions": {**asdict(judge_pages(ids_for("content", "es"))), "bm25_mrr": BM25["questions"]},
        "questions_without_accents": asdict(judge_pages(ids_for("content", "es"), fold)),
        "questions_among_all_kinds": asdict(judge_pages(ids_for(None, "es"))),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    try:
        if not CASES.is_dir():
            sys.exit(f"The judged cases are not here: {CASES} is missing.")
        found = measure()
    finally:
        scratch.drop()
    for name, values in found.items():
        print(f"{name:>26}  " + "  ".join(f"{key} {value:.4g}" for key, value in values.items() if value or key == "unanswered"))
    if options.json:
        options.json.write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
