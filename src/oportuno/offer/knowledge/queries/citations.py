"""How a version of an article is cited, in the forms that people and reference managers take."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from oportuno.kernel.ui.public import absolute
from oportuno.offer.knowledge.models import Article, Version
from oportuno.offer.knowledge.queries.cards import reader_language
from oportuno.offer.knowledge.rules import texts as rules
from oportuno.offer.knowledge.rules.citation import as_csl, item_of
from oportuno.offer.knowledge.rules.sources import Item, apa_text, write_bibtex, write_ris
from oportuno.people.organisations.api import market_operator

FORMATS = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
    "txt": "text/plain",
}


def citation_of(article: Article, version: Version) -> Item:
    """With its id. In the reader's language where it is written in it; the day is the operator's."""
    language = rules.language_of(version.texts, reader_language())
    operator = market_operator()
    return item_of(
        title=version.texts.get(language, {}).get("title", ""),
        bylines=version.bylines,
        on=version.at.astimezone(ZoneInfo(operator.time_zone)).date(),
        version=version.number,
        version_words=_("Version %(number)s") % {"number": version.number},
        market=operator.name,
        address=absolute(reverse("knowledge:version", args=[article.number, article.slug, version.number])),
        language=language,
    )


def cited_as(ending: str, item: Item) -> str:
    """As FORMATS names it."""
    return WRITERS[ending](item)


def _json(item: Mapping[str, object]) -> str:
    return json.dumps([as_csl(item)], ensure_ascii=False, indent=2) + "\n"


WRITERS: dict[str, Callable[[Item], str]] = {
    "bib": lambda item: write_bibtex(item["id"], item),
    "ris": lambda item: write_ris(item["id"], item),
    "json": _json,
    "txt": lambda item: apa_text(item, item["language"]) + "\n",
}
