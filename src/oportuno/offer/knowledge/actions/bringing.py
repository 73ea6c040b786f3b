"""Articles that come whole: with a vertical's pack, or from a program that has the market's trust."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from oportuno.kernel.content import Document, write
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_market
from oportuno.offer.directory import api as directory
from oportuno.offer.knowledge.actions.publishing import make_version
from oportuno.offer.knowledge.models import Article, Category, Draft, Kind, Reference, Version
from oportuno.offer.knowledge.rules import texts as rules
from oportuno.offer.knowledge.rules.sources import clean, key_for
from oportuno.people.organisations.api import Organisation

WHY = "what comes with the vertical is read already"


@dataclass(frozen=True)
class Subject:
    """A subject of the knowledge centre, as a pack names it."""

    slug: str
    title: Mapping[str, str]
    line: Mapping[str, str] = field(default_factory=dict)
    icon: str = "book"


@dataclass(frozen=True)
class Brought:
    """One article. `slug` is also the address it had before, by which it is found again. `texts`: by language, "document" a Document.

    `references`: CSL-JSON with ids. `news`: what a newer version changed; None for a first one.
    """

    slug: str
    kind: str
    texts: Mapping[str, Mapping[str, Any]]
    bylines: Sequence[Mapping[str, Any]] = ()
    categories: Sequence[str] = ()
    tags: Sequence[str] = ()
    figures: Sequence[Mapping[str, Any]] = ()
    references: Sequence[Mapping[str, Any]] = ()
    sector: str = ""
    about_seller: str = ""
    news: str = ""
    news_en: str = ""


def name_subjects(subjects: Sequence[Subject]) -> None:
    """The subjects of the vertical, in this order; those that it does not name stay, behind."""
    rows = [
        Category(
            slug=one.slug, title_es=one.title["es"], title_en=one.title["en"], line_es=one.line.get("es", ""),
            line_en=one.line.get("en", ""), icon=one.icon, position=place,
        )
        for place, one in enumerate(subjects, 1)
    ]  # fmt: skip
    fields = ["title_es", "title_en", "line_es", "line_en", "icon", "position"]
    Category.objects.bulk_create(rows, update_conflicts=True, unique_fields=["slug"], update_fields=fields)


@transaction.atomic
def bring_article(*, organisation: Organisation, article: Brought, by: Any = None, at: datetime) -> Version:
    """Put it on show; again with the same slug makes the next version, unless nothing changed. Raises NotFound for a seller not on show."""
    if not organisation.is_operator:
        directory.hold_standing([organisation.pk])
        directory.published_seller(organisation.slug)
    signer = _Signer(organisation, by)
    with for_market(WHY, organisation=organisation.pk):
        found = Article.objects.filter(organisation_id=organisation.pk, slug_before=article.slug).select_for_update().first()
        if found is None:
            found = Article.objects.create(
                kind=Kind(article.kind), of_market=organisation.is_operator, slug_before=article.slug, created_by_id=signer.id,
                created_at=at, changed_at=at,
            )  # fmt: skip
        draft = _draft(found, article, signer, at)
        last = Version.objects.filter(article=found, number=found.live).first()
        if last and (last.texts, last.bylines, last.figures) == (draft.texts, draft.bylines, draft.figures):
            return last
        return make_version(found, draft, by=signer, approved_by=signer.id, at=at)  # type: ignore[arg-type]


@dataclass(frozen=True)
class _Signer:
    """Whoever brings: nobody in person, unless somebody is named."""

    organisation: Organisation
    by: Any

    @property
    def id(self) -> UUID | None:
        return self.by.id if self.by else None


def _draft(found: Article, article: Brought, signer: _Signer, at: datetime) -> Draft:
    draft = Draft.objects.filter(article=found).first() or Draft(article=found)
    texts = {language: _text(given) for language, given in article.texts.items() if language in rules.LANGUAGES}
    draft.texts = {language: text for language, text in texts.items() if rules.is_written(text)}
    draft.bylines = rules.clean_bylines(article.bylines) or rules.clean_bylines([{"family": signer.organisation.name}])
    draft.figures = rules.clean_figures(article.figures)
    draft.filing = {
        "categories": _subjects(article.categories),
        "tags": list(article.tags),
        "sector": article.sector,
        "slug": article.slug,
        "about_seller": directory.published_seller(article.about_seller).organisation_id if article.about_seller else None,
    }
    draft.news = article.news or ("-" if found.live else "")
    draft.news_en = article.news_en
    draft.by_id, draft.by_name, draft.at = signer.id, signer.by.person.name if signer.by else "", at
    draft.save()
    Reference.objects.filter(article=found).delete()
    keys: set[str] = set()
    for place, given in enumerate(article.references):
        item = clean(given)
        key = key_for(item, keys, str(given.get("id", "")))
        keys.add(key)
        Reference.objects.create(article=found, key=key, csl=item, position=place)
    return draft


def _text(given: Mapping[str, Any]) -> dict[str, Any]:
    document = given.get("document")
    return rules.clean_text({**given, "document": write(document) if isinstance(document, Document) else document}, {})


def _subjects(wanted: Sequence[str]) -> list[str]:
    there = set(Category.objects.filter(slug__in=list(wanted)).values_list("slug", flat=True))
    if missing := set(wanted) - there:
        raise Refusal(f"no subject is called {sorted(missing)}")
    return list(wanted)
