"""What is written in this market, wherever it stands, as the door's lists show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oportuno.kernel.routes import spoken
from oportuno.offer.directory import api as directory
from oportuno.offer.experts import api as experts
from oportuno.offer.glossary import api as glossary
from oportuno.offer.guides import api as guides
from oportuno.offer.knowledge import api as knowledge

WORDS_A_MINUTE = 200
TEASER = 200  # characters


@dataclass(frozen=True)
class Writing:
    """A text in the reader's language. `minutes` is how long one reads; `image` its own picture, or a drawing of ours.

    `sort` says what it is, where it is no article.
    """

    slug: str
    title: str
    teaser: str
    tags: tuple[str, ...]
    at: datetime
    seller_slug: str
    seller_name: str
    minutes: int
    translated: bool
    href: str
    image: str
    sort: str = ""


def articles(*, limit: int, organisation: int | None = None) -> list[Writing]:
    """The newest of the knowledge centre, or of one organisation in it; two queries."""
    found = knowledge.newest(limit=limit) if organisation is None else knowledge.newest_of(organisation, limit=limit)
    return [of_article(one) for one in knowledge.cards(found)]


def of_article(card: knowledge.ArticleCard) -> Writing:
    """An article or a case of the knowledge centre."""
    return Writing(
        slug=str(card.id),
        title=card.title,
        teaser=card.teaser,
        tags=card.tags,
        at=card.at,
        seller_slug=card.owner_slug,
        seller_name=card.owner,
        minutes=card.minutes,
        translated=card.translated,
        href=card.href,
        image=card.image.src,
    )


def of_mark(key: str, one: experts.ExpertMark) -> Writing:
    """A question, an answer or an expert among what was found."""
    translated = (get_language() or "es").startswith(one.language)
    return Writing(key, one.title, one.teaser, (), one.at, "", one.by, 1, translated, one.href, "", one.sort)


def of_term(key: str, one: glossary.Term) -> Writing:
    """A word of the glossary among what was found."""
    language: glossary.Language = "en" if (get_language() or "es").startswith("en") else "es"
    there = one.in_language(language)
    its: glossary.Language = language if there else "es" if language == "en" else "en"
    href = spoken(glossary.address_of(one.slug, "es"))
    return Writing(
        key, one.name_in(its), one.line_in(its), (), one.changed_at, "", _("Glossary"), 1, there, href, "", _("Word of the trade")
    )


def of_guide(key: str, one: guides.Shown) -> Writing:
    """A guide among what was found."""
    row = one.row
    translated = bool(row.title.get("en")) or not (get_language() or "es").startswith("en")
    return Writing(key, one.title, one.summary, (), row.changed_at, "", "", 1, translated, spoken(one.href), "", _("Guide to decide"))


def on_show(slugs: Iterable[str]) -> Mapping[str, directory.Seller]:
    """Sellers by slug who are published, in one query."""
    rows = directory.Seller.objects.filter(slug__in=list(slugs), published=True).select_related("home")
    return {one.slug: one for one in rows}
