"""Articles as their own team sees them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from oportuno.kernel.content import read, render_text
from oportuno.kernel.errors import NotFound
from oportuno.offer.knowledge.models import Article, Draft, Reference, Turn
from oportuno.offer.knowledge.rules import texts as rules
from oportuno.offer.knowledge.rules.citing import keys_in

PAGE = 50


def article_for(organisation: int, article: UUID, *, lock: bool = False) -> Article:
    """One of the organisation's own. Raises NotFound."""
    found = Article.objects.filter(organisation_id=organisation, pk=article)
    one = (found.select_for_update(of=("self",)) if lock else found.select_related("picture")).first()
    if one is None:
        raise NotFound
    return one


def draft_of(article: Article) -> Draft:
    """Raises NotFound."""
    found = Draft.objects.filter(organisation_id=article.organisation_id, article=article).first()
    if found is None:
        raise NotFound
    return found


def references_of(article: Article) -> list[Reference]:
    """Of the draft, in their order."""
    return list(Reference.objects.filter(organisation_id=article.organisation_id, article=article).order_by("position", "pk"))


def story_of(article: Article) -> list[Turn]:
    """What was said about it, the oldest first."""
    return list(Turn.objects.filter(organisation_id=article.organisation_id, article=article).order_by("at", "pk")[:500])


def listed(organisation: int, *, kind: str = "", standing: str = "", words: str = "") -> QuerySet[Article]:
    """The organisation's own. `standing`: one of State's or Review's values; ordering is the caller's."""
    found = Article.objects.filter(organisation_id=organisation)
    if kind:
        found = found.filter(kind=kind)
    if standing:
        found = found.filter(Q(state=standing) if standing in ("draft", "published", "withdrawn") else Q(review=standing))
    if words:
        found = found.filter(Q(title_es__icontains=words) | Q(title_en__icontains=words))
    return found


def own_articles(organisation: int, *, before: tuple[datetime, UUID] | None = None, limit: int = PAGE) -> list[Article]:
    """The latest changed first; a page of keyset."""
    found = listed(organisation)
    if before:
        found = found.filter(Q(changed_at__lt=before[0]) | Q(changed_at=before[0], pk__lt=before[1]))
    return list(found.order_by("-changed_at", "-pk")[:limit])


def articles_for_personas(organisation: int, limit: int = 1_000) -> list[Article]:
    """Those that say for whom they are, the latest changed first; drafts too."""
    found = Article.objects.filter(organisation_id=organisation).exclude(persona="").exclude(state="withdrawn")
    return list(found.order_by("-changed_at", "-pk")[:limit])


def cited_in(draft: Draft) -> dict[str, list[str]]:
    """Keys that each language's text cites, in order."""
    return {language: keys_in(plain_parts(draft.texts[language], language)) for language in rules.written_in(draft.texts)}


def plain_parts(text: dict[str, object], language: str) -> list[str]:
    """All that an article says in one language, part by part, plain."""
    document = text.get("document")
    body = render_text(read(document), language=language) if document else ""
    return [str(one) for one in (*(text.get(part, "") for part in rules.PARTS_OF_A_CASE), body) if one]


def lacking(article: Article, draft: Draft, references: list[Reference]) -> list[rules.Lack]:
    """What has to be mended before it can be published."""
    return rules.lacking(
        kind=article.kind,
        texts=draft.texts,
        bylines=draft.bylines,
        figures=draft.figures,
        categories=draft.filing.get("categories", []),
        cited=cited_in(draft),
        known=[one.key for one in references],
        news=draft.news,
        live=article.live,
    )
