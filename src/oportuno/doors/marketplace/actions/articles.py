"""Publishing what experts write, and letting search follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from oportuno.doors.marketplace.models import Article
from oportuno.doors.marketplace.queries.articles import document, on_show
from oportuno.offer.directory import api as directory
from oportuno.offer.search import api as search


@transaction.atomic
def publish_article(
    *, slug: str, seller: str, title: Mapping[str, str], body: Mapping[str, str | Sequence[str]], tags: Sequence[str] = (), at: datetime
) -> Article:
    """Show an article of a seller (its slug) in the market, and let search find it. The same slug again replaces it.

    `title` and `body` have "es" and perhaps "en"; a body is paragraphs, or one text with blank lines between them.
    Raises NotFound for a seller who is not on show.
    """
    directory.hold_standing(directory.Seller.objects.filter(slug=seller).values_list("organisation_id", flat=True))
    author = directory.published_seller(seller)
    article, _ = Article.objects.update_or_create(
        slug=slug,
        defaults={
            "seller_slug": author.slug,
            "seller_name": author.trade_name,
            "title_es": title["es"],
            "title_en": title.get("en", ""),
            "body_es": paragraphs(body["es"]),
            "body_en": paragraphs(body.get("en", ())),
            "tags": list(tags),
            "published": True,
            "at": at,
        },
    )
    search.put([document(article, author)])
    return article


@transaction.atomic
def follow_sellers(slugs: Iterable[str]) -> int:
    """Put into search the articles of those of these sellers who are on show, and take out the others'; how many were put."""
    wanted = set(slugs)
    directory.hold_standing(directory.Seller.objects.filter(slug__in=wanted).values_list("organisation_id", flat=True))
    articles = list(Article.objects.filter(seller_slug__in=wanted))
    authors = on_show(wanted)
    shown = [one for one in articles if one.published and one.seller_slug in authors]
    search.remove(f"content:{one.slug}" for one in articles if one not in shown)
    return search.put(document(one, authors[one.seller_slug]) for one in shown)


def paragraphs(text: str | Sequence[str]) -> list[str]:
    """Paragraphs as given, or cut at blank lines; one long text without any is cut every few sentences, so that it can be read."""
    if not isinstance(text, str):
        return [one.strip() for one in text if one.strip()]
    found = [" ".join(one.split()) for one in text.replace("\r", "").split("\n\n") if one.strip()]
    return found if len(found) > 1 else _cut(found[0]) if found else []


SENTENCES = 4  # of a paragraph that nobody divided


def _cut(text: str) -> list[str]:
    parts = text.replace(". ", ".\n").replace("? ", "?\n").split("\n")
    return [" ".join(parts[start : start + SENTENCES]) for start in range(0, len(parts), SENTENCES)]
