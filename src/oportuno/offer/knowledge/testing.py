"""Articles and cases for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from oportuno.kernel.clock import now
from oportuno.kernel.content import Document, read, write
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.knowledge.actions.bringing import Brought, bring_article
from oportuno.offer.knowledge.actions.contributing import approve, hand_in
from oportuno.offer.knowledge.actions.sources import keep_source
from oportuno.offer.knowledge.actions.writing import begin_article, keep_draft
from oportuno.offer.knowledge.models import Article, Category
from oportuno.offer.knowledge.queries.articles import draft_of
from oportuno.people.organisations.api import Organisation
from oportuno.people.organisations.testing import Actor

FAO: Mapping[str, Any] = {
    "id": "fao2009",
    "type": "report",
    "title": "How to feed the world in 2050",
    "author": [{"literal": "FAO"}],
    "issued": {"date-parts": [[2009]]},
    "publisher": "FAO",
}
DOORN: Mapping[str, Any] = {
    "id": "doorn2012",
    "type": "chapter",
    "title": "Water relations of cut flowers: an update",
    "container-title": "Horticultural Reviews",
    "author": [{"family": "van Doorn", "given": "Wouter G."}],
    "issued": {"date-parts": [[2012]]},
    "page": "55–106",
    "publisher": "Wiley",
}


def said(*paragraphs: str) -> Document:
    """A document of plain paragraphs."""
    return read({"blocks": [{"type": "text", "text": one} for one in paragraphs]})


def subject(slug: str = "poscosecha", *, es: str = "Poscosecha", en: str = "Postharvest") -> Category:
    return Category.objects.get_or_create(slug=slug, defaults={"title_es": es, "title_en": en})[0]


def show_article(
    *, slug: str, seller: str, title: Mapping[str, str], body: Mapping[str, str | Sequence[str]], tags: Sequence[str] = (), at: datetime,
    kind: str = "article", **more: Any,
) -> Article:  # fmt: skip
    """An article of an organisation (its slug) that anybody may read. `title` and `body` have "es" and perhaps "en"."""
    subject()
    texts = {
        language: {
            "title": title[language],
            "summary": title[language],
            "document": said(*([body[language]] if isinstance(body[language], str) else body[language])),
            **(dict.fromkeys(("who", "problem", "done", "result"), title[language]) if kind == "case" else {}),
        }
        for language in title
    }
    figures = [{"es": "Días", "en": "Days", "before": "7", "after": "15", "unit": "d"}] if kind == "case" else []
    brought = Brought(slug=slug, kind=kind, texts=texts, tags=tags, **{"categories": ["poscosecha"], "figures": figures, **more})
    organisation = Organisation.objects.get(slug=seller)
    shown: Article = bring_article(organisation=organisation, article=brought, at=at).article
    return shown


def draft_in_full(by: Actor, at: datetime, *, kind: str = "article", title: str = "El agua de las rosas") -> Article:
    """A draft that lacks nothing, with two sources of which one is cited."""
    subject()
    article = begin_article(kind=kind, title=title, by=by.member, at=at)
    text = {"summary": "Cuánta agua bebe una rosa.", "document": write(said("La rosa bebe mucho [@doorn2012, p. 60].", "Y más con calor."))}
    if kind == "case":
        text |= {"who": "Una finca", "problem": "Se secaban", "done": "Agua fresca", "result": "Duran más"}
    figures = [{"es": "Días en florero", "en": "", "before": "7", "after": "15", "unit": "días"}] if kind == "case" else []
    keep_draft(article=article.pk, texts={"es": text}, figures=figures, filing={"categories": ["poscosecha"]}, by=by.member, at=at)
    for source in (DOORN, FAO):
        keep_source(article=article.pk, source=None, key=source["id"], csl=source, by=by.member, at=at)
    article.refresh_from_db()
    return article


def approved_article(by: Actor, operator: Actor) -> Article:
    """What a seller handed in and the operator's staff approved a moment ago."""
    at = now()
    with for_organisation(by.member.organisation.pk):
        article = draft_in_full(by, at)
        hand_in(article=article.pk, by=by.member, at=at)
        stroke = draft_of(article).stroke
    with for_organisation(operator.member.organisation.pk):
        approve(article=article.pk, stroke=stroke, by=operator.member, at=at)
    return article
