"""What anybody reads. All act for the public, and show nothing of a seller who is not on show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from oportuno.kernel.errors import NotFound
from oportuno.kernel.statements import Statement
from oportuno.offer.directory import api as directory
from oportuno.offer.knowledge.models import Article, Category, ShownCount, State, Version

PAGE = 11  # one that opens, two beside it, and two rows of four
NEWEST = ("-first_published_at", "-pk")
Mark = tuple[datetime, UUID]


def standing(found: QuerySet[Article]) -> QuerySet[Article]:
    """Those whose owner may be seen: the market itself, and sellers on show."""
    sellers = directory.Seller.objects.filter(published=True).values("organisation_id")
    return found.filter(Q(of_market=True) | Q(organisation_id__in=sellers))


def shown() -> QuerySet[Article]:
    """All that is on show; ordering is the caller's."""
    return standing(Article.objects.filter(published=True, state=State.PUBLISHED)).select_related("picture")


def newest(
    *,
    limit: int = PAGE,
    before: Mark | None = None,
    kind: str = "",
    category: str = "",
    tag: str = "",
    organisation: int | None = None,
    authors: Sequence[UUID] = (),
    words: str = "",
    sector: str = "",
) -> list[Article]:
    """Newest first; one query."""
    found = shown()
    if kind:
        found = found.filter(kind=kind)
    if category:
        found = found.filter(categories__contains=[category])
    if tag:
        found = found.filter(tags__contains=[tag])
    if sector:
        found = found.filter(sector=sector)
    if organisation is not None:
        found = found.filter(organisation_id=organisation)
    if authors:
        found = found.filter(authors__overlap=list(authors))
    for word in words.split()[:6]:
        said = [f"{field}__icontains" for field in ("title_es", "title_en", "summary_es", "summary_en", "byline")]
        anywhere = Q(tags__contains=[word.lower()])
        for field in said:
            anywhere |= Q(**{field: word})
        found = found.filter(anywhere)
    if before:
        found = found.filter(Q(first_published_at__lt=before[0]) | Q(first_published_at=before[0], pk__lt=before[1]))
    return list(found.order_by(*NEWEST)[:limit])


def newest_of(organisation: int, *, limit: int) -> list[Article]:
    """One organisation's, newest first; one query."""
    return _of_one(limit).all(own=organisation)


@lru_cache(maxsize=8)
def _of_one(limit: int) -> Statement[Article]:
    return Statement(lambda own: shown().filter(organisation_id=own).order_by(*NEWEST)[:limit])


def articles_with(ids: Iterable[UUID]) -> list[Article]:
    """Those of these that are on show; one query."""
    return list(shown().filter(pk__in=list(ids)))


def articles_numbered(numbers: Iterable[int]) -> list[Article]:
    """Those of these, by their public numbers, that are on show; one query."""
    return list(shown().filter(number__in=list(numbers)))


def numbered_article(number: int) -> Article:
    """On show, or withdrawn: then there is nothing but why. Raises NotFound, also when its seller is not on show."""
    found = standing(Article.objects.filter(published=True, number=number)).select_related("picture").first()
    if found is None:
        raise NotFound
    return found


def article_once_at(slug: str) -> Article | None:
    """The article that had this address before it had a number."""
    return standing(Article.objects.filter(published=True, slug_before=slug)).first()


def version_of(article: Article, number: int | None = None) -> Version:
    """The newest, or one by its number. Raises NotFound, also for all of what is withdrawn."""
    found = Version.objects.filter(article=article, number=number or article.live, published=True).first()
    if found is None:
        raise NotFound
    return found


def versions_of(article: Article) -> list[Version]:
    """The newest first, without what they say."""
    return list(
        Version.objects.filter(article=article, published=True)
        .only("number", "news", "news_en", "at", "article_id")
        .order_by("-number")[:200]
    )


def related_to(article: Article, *, limit: int = 3) -> list[Article]:
    """Others with a tag or a subject in common, or else of the same owner; newest first."""
    near = Q(tags__overlap=article.tags) | Q(categories__overlap=article.categories) | Q(organisation_id=article.organisation_id)
    return list(shown().filter(near).exclude(pk=article.pk).order_by(*NEWEST)[:limit])


def common_tags(*, limit: int = 12) -> list[str]:
    """What is written about most, among the newest 300; one query."""
    counted = Counter(tag for tags in shown().order_by(*NEWEST).values_list("tags", flat=True)[:300] for tag in tags)
    return [tag for tag, _times in counted.most_common(limit)]


def categories() -> list[Category]:
    return list(Category.objects.order_by("position", "pk"))


def counted_categories(kind: str = "") -> dict[str, int]:
    """How many are on show in each subject; one query of numbers that are kept."""
    counted: Counter[str] = Counter()
    for row in _kept():
        if row.category and kind in ("", row.kind):
            counted[row.category] += row.count
    return dict(counted)


def sectors_told_of() -> set[str]:
    """Sectors that have cases on show."""
    return set(shown().filter(kind="case").exclude(sector="").order_by().values_list("sector", flat=True).distinct())


def counts() -> dict[str, int]:
    """How many articles and cases are on show."""
    return {row.kind: row.count for row in _kept() if not row.category}


def _kept() -> list[ShownCount]:
    """A few rows, however much there is; before anybody has counted, there is hardly anything to count."""
    return list(ShownCount.objects.all()) or _counted_now()


def _counted_now() -> list[ShownCount]:
    counted: Counter[tuple[str, str]] = Counter()
    for kind, subjects in shown().order_by().values_list("kind", "categories"):
        counted.update((kind, one) for one in ("", *subjects))
    return [ShownCount(kind=kind, category=one, count=n) for (kind, one), n in counted.items()]


def addresses() -> list[tuple[str, datetime | None]]:
    """Paths of everything on show and when it changed, for the map of search engines; one query."""
    here = reverse("knowledge:home")  # fifty thousand times `reverse` would take a second
    rows = shown().order_by(*NEWEST).values_list("number", "slug", "published_at")[:50_000]
    return [(f"{here}{number}-{slug}/", at) for number, slug, at in rows]
