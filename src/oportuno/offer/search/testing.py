"""Real cases with human judgements, and the measures that compare with them. For tests and benchmarks."""

from __future__ import annotations

import json
import lzma
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import log2
from pathlib import Path
from typing import Any

from oportuno.kernel.money import Money
from oportuno.offer.search.models import Document, Texts
from oportuno.offer.search.queries.asking import Query
from oportuno.offer.search.queries.searching import search
from oportuno.offer.search.queries.tallies import TALLIED as TALLIED

CASES = Path(__file__).resolve().parents[5] / "shared" / "cases"
"""Beside the checkout; whoever has none skips what needs them."""
WHEN = datetime(2026, 11, 1, tzinfo=UTC)
Ranked = Callable[[str], list[str]]


@dataclass(frozen=True)
class Judged:
    """What a ranking is worth. `unanswered` counts questions without any result."""

    ndcg: float = 0.0
    ndcg_over_all: float = 0.0
    mrr: float = 0.0
    first: float = 0.0
    first_five: float = 0.0
    unanswered: int = 0
    questions: int = 0


def lines(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]


def real_products(organisation: int) -> Iterator[Document]:
    """19,406 products of Icecat (Open Content), as an importer would put them."""
    with lzma.open(CASES / "search-products" / "products.jsonl.xz", "rt", encoding="utf-8") as file:
        for line in file:
            yield _product(json.loads(line), organisation)


def _product(row: dict[str, Any], organisation: int) -> Document:
    words = tuple(value for name, value in row.items() if name.startswith("attr_t_") and isinstance(value, str))
    return Document(
        key=f"product:{row['id']}",
        kind="product",
        organisation=organisation,
        url=f"/productos/{row['id']}/",
        texts={"en": Texts(title=row["title"], subtitle=row.get("short_description", ""), keywords=(row["supplier"], *words))},
        sku=row["name"],
        codes=tuple(row["ean"]),
        price=Money(int(row["price"]), "USD"),
        updated_at=WHEN,
    )


def real_pages(organisation: int) -> Iterator[Document]:
    """240 paragraphs of Spanish pages (XQuAD, CC BY-SA 4.0), their subject as the title."""
    with lzma.open(CASES / "search-es" / "pages.json.xz", "rt", encoding="utf-8") as file:
        for page in json.load(file):
            texts = Texts(title=page["article"].replace("_", " "), body=page["text"])
            yield Document(
                key=f"content:{page['id']}",
                kind="content",
                organisation=organisation,
                url=f"/{page['id']}/",
                texts={"es": texts},
                updated_at=WHEN,
            )


def ids_for(kind: Any, language: str) -> Ranked:
    """The first ten identities that search answers."""
    return lambda text: [hit.id for hit in search(Query(text=text, kind=kind, language=language, limit=10)).items]


def judge_products(ranked: Ranked) -> Judged:
    """nDCG@10 with gain 2^rating - 1, unjudged 0, over the queries that have a good answer at all; `ndcg_over_all` counts the others as 0."""
    folder = CASES / "search-products" / "dev"
    ratings: dict[str, dict[str, int]] = defaultdict(dict)
    for query, product, rating in lines(folder / "qrels.tsv"):
        ratings[query][product] = int(rating)
    answers = {query: ranked(text) for query, text in lines(folder / "queries.tsv")}
    values = [value for query, found in answers.items() if (value := ndcg(found, ratings[query])) is not None]
    return Judged(
        ndcg=sum(values) / len(values),
        ndcg_over_all=sum(values) / len(answers),
        unanswered=sum(1 for found in answers.values() if not found),
        questions=len(answers),
    )


def judge_pages(ranked: Ranked, change: Callable[[str], str] = str) -> Judged:
    """MRR@10, R@1 and R@5 of the page that answers each question; `change` is done to the question first."""
    places = []
    unanswered = 0
    for _, question, page, _ in lines(CASES / "search-es" / "dev" / "questions.tsv"):
        found = ranked(change(question))
        unanswered += not found
        places.append(found.index(page) + 1 if page in found else 0)
    size = len(places)
    return Judged(
        mrr=sum(1 / place for place in places if place) / size,
        first=places.count(1) / size,
        first_five=sum(1 for place in places if 0 < place <= 5) / size,
        unanswered=unanswered,
        questions=size,
    )


def ndcg(found: Sequence[str], ratings: Mapping[str, int], depth: int = 10) -> float | None:
    """Normalised discounted cumulative gain; None when nothing could be gained."""
    ideal = _gain(sorted(ratings.values(), reverse=True)[:depth])
    return _gain([ratings.get(one, 0) for one in found[:depth]]) / ideal if ideal else None


def _gain(ratings: Sequence[int]) -> float:
    return float(sum((2**rating - 1) / log2(place + 2) for place, rating in enumerate(ratings)))
