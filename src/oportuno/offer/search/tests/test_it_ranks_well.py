"""Relevance on real cases with human judgements. The floors lie a little below what is reached (bench/search_relevance.py)."""

from __future__ import annotations

import pytest

from oportuno.offer.search.api import learn, put
from oportuno.offer.search.rules.words import fold
from oportuno.offer.search.testing import CASES, ids_for, judge_pages, judge_products, real_pages, real_products

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not (CASES / "search-es").is_dir(), reason="the judged cases are not beside this checkout (../shared/cases)"),
]


def test_it_answers_spanish_questions_better_than_bm25_with_and_without_accents() -> None:
    put(real_pages(1))
    learn(anew=True)
    typed = judge_pages(ids_for("content", "es"))
    assert typed.mrr >= 0.955
    assert typed.unanswered == 0
    assert judge_pages(ids_for("content", "es"), fold).mrr >= 0.955


@pytest.mark.slow
def test_it_orders_products_as_shoppers_do() -> None:
    put(real_products(1))
    learn(anew=True)
    judged = judge_products(ids_for("product", "en"))
    assert judged.ndcg >= 0.84
    assert judged.ndcg_over_all >= 0.74
    assert judged.unanswered == 0
