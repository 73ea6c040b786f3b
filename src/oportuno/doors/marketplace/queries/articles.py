"""Articles of sellers who are on show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from oportuno.doors.marketplace.models import Article
from oportuno.doors.marketplace.queries.addresses import page_of
from oportuno.doors.marketplace.queries.cards import cover
from oportuno.kernel.errors import NotFound
from oportuno.offer.directory import api as directory
from oportuno.offer.search import api as search

PAGE = 11  # one that opens, two beside it, and two rows of four
WORDS_A_MINUTE = 200
TEASER = 200  # characters


@dataclass(frozen=True)
class Writing:
    """An article in the reader's language. `minutes` is how long one reads; `image` a drawing of ours."""

    slug: str
    title: str
    body: tuple[str, ...]
    tags: tuple[str, ...]
    at: datetime
    seller_slug: str
    seller_name: str
    minutes: int
    translated: bool
    href: str
    image: str

    @property
    def teaser(self) -> str:
        first = self.body[0] if self.body else ""
        return first if len(first) <= TEASER else first[:TEASER].rsplit(" ", 1)[0].rstrip(".,;:") + "…"


def newest_articles(*, limit: int = PAGE, before: tuple[datetime, int] | None = None, tag: str = "", seller: str = "") -> list[Article]:
    """Newest first, of sellers on show; one query. Acts for the public."""
    found = _shown()
    if tag:
        found = found.filter(tags__contains=[tag])
    if seller:
        found = found.filter(seller_slug=seller)
    if before:
        found = found.filter(Q(at__lt=before[0]) | Q(at=before[0], pk__lt=before[1]))
    return list(found.order_by("-at", "-pk")[:limit])


def common_tags(*, limit: int = 12) -> list[str]:
    """What is written about most, among the newest 300; one query."""
    newest = _shown().order_by("-at", "-pk").values_list("tags", flat=True)[:300]
    counted = Counter(tag for tags in newest for tag in tags)
    return [tag for tag, _ in counted.most_common(limit)]


def article_for(slug: str) -> Article:
    """Raises NotFound, also when its seller is not on show."""
    found = _shown().filter(slug=slug).first()
    if found is None:
        raise NotFound
    return found


def articles_named(slugs: Iterable[str]) -> list[Article]:
    """Those of these that are shown; one query."""
    return list(_shown().filter(slug__in=list(slugs)))


def related_to(article: Article, *, limit: int = 3) -> list[Article]:
    """Others with a tag in common, or else of the same hand; newest first."""
    near = Q(tags__overlap=article.tags) | Q(seller_slug=article.seller_slug)
    return list(_shown().filter(near).exclude(pk=article.pk).order_by("-at", "-pk")[:limit])


def writing(article: Article) -> Writing:
    english = (get_language() or "es").startswith("en")
    title = article.title_en if english and article.title_en else article.title_es
    body = article.body_en if english and article.body_en else article.body_es
    words = sum(len(one.split()) for one in body)
    return Writing(
        slug=article.slug,
        title=title,
        body=tuple(body),
        tags=tuple(article.tags),
        at=article.at,
        seller_slug=article.seller_slug,
        seller_name=article.seller_name,
        minutes=max(1, round(words / WORDS_A_MINUTE)),
        translated=not english or bool(article.body_en),
        href=page_of("market:article", article.slug),
        image=cover(f"articulo-{article.slug}").src,
    )


def on_show(slugs: Iterable[str]) -> Mapping[str, directory.Seller]:
    """Sellers by slug who are published, in one query."""
    rows = directory.Seller.objects.filter(slug__in=list(slugs), published=True).select_related("home")
    return {one.slug: one for one in rows}


def document(article: Article, author: directory.Seller) -> search.Document:
    """How search knows an article."""
    texts: dict[search.Language, search.Texts] = {"es": _texts(article.title_es, article.body_es, article.tags)}
    if article.title_en and article.body_en:
        texts["en"] = _texts(article.title_en, article.body_en, article.tags)
    return search.Document(
        key=f"content:{article.slug}",
        kind="content",
        organisation=author.organisation_id,
        url=f"/conocimiento/{article.slug}/",
        texts=texts,
        updated_at=article.at,
        published_at=article.at,
        seller_slug=author.slug,
        seller_name=author.trade_name,
        certified=author.certified,
        country=author.country,
    )


def _texts(title: str, body: list[str], tags: list[str]) -> search.Texts:
    return search.Texts(title=title, subtitle=body[0][:TEASER] if body else "", keywords=tuple(tags), body="\n".join(body))


def _shown() -> QuerySet[Article]:
    sellers = directory.Seller.objects.filter(published=True)
    return Article.objects.filter(published=True, seller_slug__in=sellers.values("slug"))
