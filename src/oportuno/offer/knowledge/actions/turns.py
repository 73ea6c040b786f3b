"""One step of the conversation between a seller and the market's staff."""

from __future__ import annotations

from datetime import datetime

from oportuno.offer.knowledge.models import Article, Draft, Turn, Verb
from oportuno.people.organisations.api import Member

LONGEST = 4_000


def take_turn(article: Article, verb: Verb, text: str, *, by: Member, at: datetime, of_market: bool) -> Turn:
    """Part of a larger action, which acts for the article's organisation."""
    stroke = Draft.objects.filter(organisation_id=article.organisation_id, article=article).values_list("stroke", flat=True).first()
    return Turn.objects.create(
        organisation_id=article.organisation_id, article=article, verb=verb, of_market=of_market, text=text.strip()[:LONGEST],
        stroke=stroke or 0, by_id=by.id, by_name=by.person.name, at=at,
    )  # fmt: skip
