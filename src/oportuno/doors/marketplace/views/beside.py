"""What the market puts beside an article of the knowledge centre (who wrote it, how to ask, what it offers), and below a word."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from oportuno.doors.marketplace.queries import cards
from oportuno.doors.marketplace.queries.naming import texts_naming
from oportuno.kernel.errors import NotFound
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory
from oportuno.offer.glossary import api as glossary
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


def below_term(request: HttpRequest, term: glossary.Term) -> str:
    """What is written in the market and names this word."""
    spoken: glossary.Language = "en" if (get_language() or "es").startswith("en") else "es"
    written = texts_naming(term, spoken if term.in_language(spoken) else "es" if spoken == "en" else "en")
    return render_to_string("marketplace/parts/below_term.html", {"writings": written}, request=request) if written else ""


def _seller(article: ArticleCard) -> directory.SellerCard | None:
    if article.of_market:
        return None
    try:
        return directory.seller_card(article.owner_slug)
    except NotFound:
        return None
