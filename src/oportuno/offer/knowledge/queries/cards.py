"""Articles as pages show them: in the reader's language, with whose they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language

from oportuno.kernel.ui.cards import Picture
from oportuno.offer.knowledge.models import Article, Category
from oportuno.offer.knowledge.rules import texts as rules
from oportuno.people.organisations.api import Organisation

WORDS_A_MINUTE = 200
TEASER = 200  # characters
Cover = Callable[[str], Picture]
_ports: dict[str, Cover] = {}


def connect(*, cover: Cover) -> None:
    """`cover`: a drawing of the vertical for what has no picture of its own, by a name. Called in config.wiring."""
    _ports["cover"] = cover


@dataclass(frozen=True)
class ArticleCard:
    """`at` is the day of its first publication; `minutes` is how long one reads; `translated`: it is there in the reader's language."""

    id: UUID
    number: int
    kind: str
    title: str
    summary: str
    byline: str
    tags: tuple[str, ...]
    at: datetime
    changed_at: datetime
    version: int
    minutes: int
    cited: int
    translated: bool
    href: str
    image: Picture
    owner: str
    owner_slug: str
    of_market: bool

    @property
    def teaser(self) -> str:
        return self.summary if len(self.summary) <= TEASER else self.summary[:TEASER].rsplit(" ", 1)[0].rstrip(".,;:") + "…"


def cards(articles: Sequence[Article]) -> list[ArticleCard]:
    """In their order; one query for whose they are."""
    owners = Organisation.objects.in_bulk({one.organisation_id for one in articles})
    return [card(one, owners[one.organisation_id]) for one in articles if one.organisation_id in owners]


def card(article: Article, owner: Organisation) -> ArticleCard:
    language = spoken(article)
    words = getattr(article, f"words_{language}")
    return ArticleCard(
        id=article.pk,
        number=article.number or 0,
        kind=article.kind,
        title=getattr(article, f"title_{language}"),
        summary=getattr(article, f"summary_{language}"),
        byline=article.byline,
        tags=tuple(article.tags),
        at=article.first_published_at or article.created_at,
        changed_at=article.published_at or article.changed_at,
        version=article.live,
        minutes=max(1, round(words / WORDS_A_MINUTE)),
        cited=article.cited,
        translated=reader_language() == language,
        href=address_of(article),
        image=picture_of(article),
        owner=owner.name,
        owner_slug=owner.slug,
        of_market=article.of_market,
    )


def reader_language() -> str:
    return "en" if (get_language() or "es").startswith("en") else "es"


def spoken(article: Article) -> str:
    """The language in which this reader gets it."""
    texts = {language: {"title": getattr(article, f"title_{language}")} for language in rules.LANGUAGES}
    return rules.language_of(texts, reader_language())


def address_of(article: Article) -> str:
    return reverse("knowledge:article", args=[article.number, article.slug])


def picture_of(article: Article) -> Picture:
    """Its own, else a drawing of the vertical."""
    own = article.picture
    if own is not None:
        return Picture(own.url(640), own.alt, own.width, own.height, own.url(320), own.srcset(), own.avif_srcset(), own.focus)
    return _ports["cover"](f"articulo-{article.slug}") if "cover" in _ports else Picture("")


@dataclass(frozen=True)
class SubjectCard:
    slug: str
    title: str
    line: str
    icon: str
    count: int
    href: str


def subjects(found: Iterable[Category], counts: dict[str, int], *, address: str) -> list[SubjectCard]:
    """Subjects in the reader's language, those that have anything. `address`: of the list that `?tema=` narrows."""
    language = reader_language()
    return [
        SubjectCard(
            one.slug, getattr(one, f"title_{language}"), getattr(one, f"line_{language}"), one.icon, counts[one.slug], f"{address}?tema={one.slug}"
        )
        for one in found
        if counts.get(one.slug)
    ]  # fmt: skip
