"""A draft becomes a version that anybody reads, or an article is withdrawn and says why."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Conflict, Forbidden, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_market
from oportuno.offer.knowledge.actions.finding import find_articles
from oportuno.offer.knowledge.actions.turns import take_turn
from oportuno.offer.knowledge.actions.writing import locked, slug_of
from oportuno.offer.knowledge.facts import ArticlePublished, ArticleWithdrawn
from oportuno.offer.knowledge.models import Article, Draft, State, Verb, Version
from oportuno.offer.knowledge.queries.articles import article_for, cited_in, lacking, plain_parts, references_of
from oportuno.offer.knowledge.queries.lacks import is_missing
from oportuno.offer.knowledge.rules import texts as rules
from oportuno.offer.knowledge.rules.citing import numbered
from oportuno.offer.knowledge.rules.sources import Item
from oportuno.people.organisations.api import Member

WHY = "the market's staff decides about contributions to the knowledge centre"
LEAST_REASON = 10


@transaction.atomic
def publish_article(*, article: UUID, by: Member, at: datetime) -> Version:
    """The operator's own draft becomes the newest version. Raises NotFound, Forbidden, Refusal for what it lacks."""
    if not by.may("publish content"):
        raise Forbidden(_("An editor of your organisation publishes it."))
    found, draft = locked(article, by)
    if not found.of_market:
        raise Forbidden(_("What sellers write is published by the market's staff: hand it in."))
    return make_version(found, draft, by=by, approved_by=by.id, at=at)


@transaction.atomic
def withdraw_article(*, article: UUID, why: str, by: Member, at: datetime) -> Article:
    """Its page says that it was withdrawn, and `why`; nothing of it is read or found any more. Raises NotFound, Forbidden, Refusal."""
    if not by.may("publish content"):
        raise Forbidden(_("An editor of your organisation withdraws it."))
    return withdrawn(article_for(by.organisation.pk, article, lock=True), why, by, at, of_market=False)


@transaction.atomic
def withdraw_for_market(*, article: UUID, why: str, by: Member, at: datetime) -> Article:
    """The same by the market's staff, of anybody's article."""
    with for_market(WHY):
        owner = Article.objects.filter(pk=article).values_list("organisation_id", flat=True).first()
    with for_market(WHY, organisation=owner):
        found = withdrawn(article_for(owner or 0, article, lock=True), why, by, at, of_market=True)
    audit("knowledge.withdrawn", at=at, by=by.id, of=found, reason=why, organisation=by.organisation.pk)
    return found


def withdrawn(found: Article, why: str, by: Member, at: datetime, *, of_market: bool) -> Article:
    why = " ".join(why.split())[:500]
    if found.state != State.PUBLISHED:
        raise Conflict(_("It is not on show."))
    if len(why) < LEAST_REASON:
        raise Refusal(_("Say why in a sentence: whoever comes for it reads that."), field="why")
    found.state, found.withdrawn_at, found.withdrawn_why, found.changed_at = State.WITHDRAWN, at, why, at
    found.save(update_fields=["state", "withdrawn_at", "withdrawn_why", "changed_at"])
    Version.objects.filter(organisation_id=found.organisation_id, article=found).update(published=False)
    take_turn(found, Verb.WITHDRAWN, why, by=by, at=at, of_market=of_market)
    find_articles([found.pk])
    record(ArticleWithdrawn(article=found.pk, number=found.number or 0, by=by.id, at=at))
    return found


def make_version(found: Article, draft: Draft, *, by: Member, approved_by: UUID, at: datetime) -> Version:
    """Part of a larger action, which has locked both and acts for their organisation. Raises Refusal for what is missing."""
    references = references_of(found)
    if missing := lacking(found, draft, references):
        raise is_missing(missing)
    sources = _in_order(draft, {one.key: one.csl for one in references})
    version = Version.objects.create(
        organisation_id=found.organisation_id, article=found, number=found.live + 1, texts=draft.texts, bylines=draft.bylines,
        figures=draft.figures, references=sources, news=draft.news, news_en=draft.news_en, by_id=draft.by_id, by_name=draft.by_name, approved_by_id=approved_by,
        at=at,
    )  # fmt: skip
    if found.state == State.WITHDRAWN:  # it comes back whole, with its older versions
        Version.objects.filter(organisation_id=found.organisation_id, article=found).update(published=True)
    _show(found, draft, version, at)
    Draft.objects.filter(pk=draft.pk).update(news="", news_en="")
    find_articles([found.pk])
    record(ArticlePublished(article=found.pk, number=found.number or 0, version=version.number, article_kind=found.kind, by=by.id, at=at))
    return version


def _in_order(draft: Draft, sources: dict[str, Item]) -> list[Item]:
    """As they are numbered: in the order in which the first language cites them, the rest behind."""
    cited = [key for keys in cited_in(draft).values() for key in keys]
    return [{**sources[key], "id": key} for key in numbered(cited, list(sources))]


def _show(found: Article, draft: Draft, version: Version, at: datetime) -> None:
    """Lists follow what is on show now. Its number and the first day stay for ever; an address that changes is remembered."""
    for language in rules.LANGUAGES:
        text = draft.texts.get(language, {})
        setattr(found, f"title_{language}", text.get("title", ""))
        setattr(found, f"summary_{language}", text.get("summary", ""))
        setattr(found, f"words_{language}", sum(len(one.split()) for one in plain_parts(text, language)))
    filing = draft.filing
    found.number = found.number or _next_number()
    found.slug = filing.get("slug") or found.slug or slug_of(found.title_es or found.title_en)
    found.categories, found.tags = filing.get("categories", []), filing.get("tags", [])
    found.sector, found.about_seller = filing.get("sector", ""), filing.get("about_seller")
    found.picture_id = UUID(filing["picture"]) if filing.get("picture") else None
    found.authors = [UUID(one["author"]) for one in draft.bylines if one.get("author")]
    found.byline = ", ".join(f"{one['given']} {one['family']}".strip() for one in draft.bylines)[:300]
    found.cited = len(version.references)
    found.live, found.state, found.published, found.review = version.number, State.PUBLISHED, True, ""
    found.first_published_at = found.first_published_at or at
    found.published_at = found.changed_at = at
    found.withdrawn_at, found.withdrawn_why = None, ""
    found.save()


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('knowledge_number')")
        return int(cursor.fetchone()[0])
