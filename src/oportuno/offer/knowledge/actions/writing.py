"""Writing: an article begins, what is typed is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from oportuno.kernel.content import read, write
from oportuno.kernel.errors import Conflict, Forbidden, NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.offer.directory import api as directory
from oportuno.offer.knowledge.facts import ArticleBegun
from oportuno.offer.knowledge.models import Article, Category, Draft, Kind
from oportuno.offer.knowledge.queries.articles import article_for, draft_of
from oportuno.offer.knowledge.rules import texts as rules
from oportuno.offer.knowledge.rules.states import may_be
from oportuno.offer.media.api import Picture, for_whom
from oportuno.offer.sites import api as sites
from oportuno.people.organisations.api import Member

MOST_TAGS, LONGEST_SLUG = 12, 100


@transaction.atomic
def begin_article(
    *, kind: str, title: str = "", language: str = "es", persona: str = "", stage: str = "", by: Member, at: datetime
) -> Article:
    """A new draft, signed by whoever begins it, for a persona at a stage of her way, if any. Raises Refusal for a kind that is none."""
    if kind not in Kind.values:
        raise Refusal(_("Choose whether it is an article or a case."), field="kind")
    article = Article.objects.create(
        kind=kind, of_market=by.organisation.is_operator, created_by_id=by.id, created_at=at, changed_at=at,
    )  # fmt: skip
    draft = Draft(article=article, bylines=[own_byline(by, at)], by_id=by.id, by_name=by.person.name, at=at)
    draft.texts = {language: rules.clean_text({"title": title}, {})} if title.strip() else {}
    draft.filing = for_whom(persona, stage) if persona or stage else {}
    draft.save()
    _follow(article, draft, at)
    record(ArticleBegun(article=article.pk, article_kind=kind, by=by.id, at=at))
    return article


@transaction.atomic
def keep_draft(
    *,
    article: UUID,
    texts: Mapping[str, Mapping[str, Any]] | None = None,
    bylines: Sequence[Mapping[str, Any]] | None = None,
    figures: Sequence[Mapping[str, Any]] | None = None,
    filing: Mapping[str, Any] | None = None,
    news: str | None = None,
    news_en: str | None = None,
    seen: int | None = None,
    by: Member,
    at: datetime,
) -> Draft:
    """Keep what is typed; what is on show stays as it is. None: as it was.

    `texts` has the parts that were typed, by language, `document` as JSON of blocks. `seen` is the stroke that the writer had before her:
    raises Conflict when somebody else kept something since. Raises NotFound, Forbidden, Refusal, ValueError for what is no document.
    """
    found, draft = locked(article, by)
    if seen is not None and draft.stroke > seen and draft.by_id != by.id:
        raise Conflict(
            _("%(who)s has written here in the meantime. Copy what you typed, load the page again and put it in.")
            % {"who": draft.by_name or _("Somebody")}
        )
    for language, given in (texts or {}).items():
        if language in rules.LANGUAGES:
            document = given.get("document")
            cleaned = {**given, "document": None if document is None else write(read(document))}
            draft.texts = {**draft.texts, language: rules.clean_text(cleaned, draft.texts.get(language, {}))}
    if bylines is not None:
        draft.bylines = _signed(bylines, by)
    if figures is not None:
        draft.figures = rules.clean_figures(figures)
    if filing is not None:
        draft.filing = {**draft.filing, **_filed(filing, by)}
    if news is not None:
        draft.news = " ".join(news.split())[:300]
    if news_en is not None:
        draft.news_en = " ".join(news_en.split())[:300]
    draft.stroke += 1
    draft.by_id, draft.by_name, draft.at = by.id, by.person.name, at
    draft.save()
    _follow(found, draft, at)
    return draft


def locked(article: UUID, by: Member, *, verb: str = "write") -> tuple[Article, Draft]:
    """An article of one's own organisation that may be written in now, locked until the transaction ends.

    Raises NotFound, Forbidden for another writer's piece, Conflict while the market's staff reads it.
    """
    found = article_for(by.organisation.pk, article, lock=True)
    if not by.may("publish content") and found.created_by_id != by.id:
        raise Forbidden(_("Only whoever began this piece, or an editor, writes in it."))
    if not found.of_market and not may_be(verb, found.review):
        raise Conflict(
            _("The market's staff is reading it. Take it back if you want to change it.") if found.review == "waiting"
            else _("It was not handed in, or was decided already.")
        )  # fmt: skip
    return found, draft_of(found)


def own_byline(by: Member, at: datetime) -> dict[str, str]:
    """How a member signs: her author's page, her name in two parts as well as one can tell, her organisation."""
    author = sites.own_author(by=by, at=at)
    given, _space, family = author.name.strip().partition(" ")
    one = {"given": given if family else "", "family": family or given, "affiliation": by.organisation.name, "author": str(author.pk)}
    return rules.clean_bylines([one])[0]


def slug_of(title: str) -> str:
    return slugify(title)[:LONGEST_SLUG].strip("-") or pgettext("address of an article", "article")


def _signed(bylines: Sequence[Mapping[str, Any]], by: Member) -> list[dict[str, str]]:
    """Raises Refusal for an ORCID that is none, and for an author's page that is not the organisation's own."""
    signed = rules.clean_bylines(bylines)
    for one in signed:
        if one["orcid"] and not rules.is_orcid(one["orcid"]):
            raise Refusal(_("“%(orcid)s” is no ORCID: it has four groups of four, 0000-0002-1825-0097.") % {"orcid": one["orcid"]}, field="authors")  # fmt: skip
    pages = (
        {str(pk) for pk in sites.Author.objects.filter(organisation_id=by.organisation.pk).values_list("pk", flat=True)}
        if any(one["author"] for one in signed)
        else set()
    )
    if any(one["author"] and one["author"] not in pages for one in signed):
        raise Refusal(_("Choose an author of the list."), field="authors")
    return signed


def _filed(given: Mapping[str, Any], by: Member) -> dict[str, Any]:
    """What lists will follow. Raises Refusal for a subject, a sector, a seller or a picture that is not there."""
    kept: dict[str, Any] = {}
    if "categories" in given:
        wanted = list(dict.fromkeys(given["categories"]))
        if len(wanted) != Category.objects.filter(slug__in=wanted).count():
            raise Refusal(_("Choose subjects of the list."), field="categories")
        kept["categories"] = wanted
    if "tags" in given:
        kept["tags"] = list(dict.fromkeys(" ".join(one.split()).lower()[:50] for one in given["tags"] if one.strip()))[:MOST_TAGS]
    if "sector" in given:
        if given["sector"] and given["sector"] not in {one.slug for one in directory.sectors()}:
            raise Refusal(_("Choose a sector of the list."), field="sector")
        kept["sector"] = given["sector"]
    if "slug" in given:
        kept["slug"] = slugify(given["slug"])[:LONGEST_SLUG].strip("-")
    if "about_seller" in given:
        kept["about_seller"] = _seller(given["about_seller"])
    if "persona" in given or "stage" in given:
        kept |= for_whom(str(given.get("persona", "")), str(given.get("stage", "")))
    if "picture" in given:
        kept["picture"] = _picture(given["picture"], by)
    return kept


def _seller(slug: str) -> int | None:
    if not slug:
        return None
    try:
        return int(directory.published_seller(slug).organisation_id)
    except NotFound:
        raise Refusal(_("No seller on show has that address."), field="about_seller") from None


def _picture(picture: UUID | None, by: Member) -> str | None:
    if picture is None:
        return None
    if not Picture.objects.filter(organisation_id=by.organisation.pk, pk=picture).exists():
        raise NotFound
    return str(picture)


def _follow(article: Article, draft: Draft, at: datetime) -> None:
    """Before the first publication lists show what the draft says."""
    article.changed_at = at
    article.persona, article.stage = draft.filing.get("persona", ""), draft.filing.get("stage", "")
    if not article.live:
        for language in rules.LANGUAGES:
            text = draft.texts.get(language, {})
            setattr(article, f"title_{language}", text.get("title", ""))
            setattr(article, f"summary_{language}", text.get("summary", ""))
    article.save(update_fields=["changed_at", "persona", "stage", "title_es", "title_en", "summary_es", "summary_en"])
