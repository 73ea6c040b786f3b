"""What the market puts beside an article of the knowledge centre: who wrote it, how to ask, what it offers."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from oportuno.doors.marketplace.queries import cards
from oportuno.kernel.errors import NotFound
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory
from oportuno.offer.knowledge.api import ArticleCard

PRODUCTS = 4


def beside_article(request: HttpRequest, article: ArticleCard) -> str:
    """Its seller, and the way to ask it. Nothing for the market's own."""
    author = _seller(article)
    if author is None:
        return ""
    context = {
        "author": cards.seller(author),
        "answer_hours": author.answer_hours,
        "ask": reverse("audience:asking", args=[author.slug]),
        "about": urlencode({"kind": "article", "id": str(article.id), "label": article.title}),
    }
    return render_to_string("marketplace/parts/beside_article.html", context, request=request)


def below_article(request: HttpRequest, article: ArticleCard) -> str:
    """What its seller offers."""
    author = _seller(article)
    products = cards.products(catalogue.products_of_seller(author.slug, limit=PRODUCTS).cards) if author else []
    if not products or author is None:
        return ""
    return render_to_string("marketplace/parts/below_article.html", {"author": cards.seller(author), "products": products}, request=request)


def _seller(article: ArticleCard) -> directory.SellerCard | None:
    if article.of_market:
        return None
    try:
        return directory.seller_card(article.owner_slug)
    except NotFound:
        return None
