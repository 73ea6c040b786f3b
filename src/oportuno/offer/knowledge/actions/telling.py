"""Letters about contributions: the market's staff hears who handed in, sellers hear what was said and decided."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from oportuno.offer.knowledge.models import Review, Turn, Verb
from oportuno.people.messaging.api import send
from oportuno.people.organisations.api import Organisation, Person, editors_and, market_operator, people_who_may


def tell_of_turn(*, turn: UUID, to: int, at: datetime) -> int:
    """Mail the people of `to` (an organisation) whom this step concerns; how many. Acts for the article's organisation; twice is once.

    What was taken back meanwhile is no news for the market's staff.
    """
    found = Turn.objects.filter(pk=turn).select_related("article").first()
    if found is None or (found.verb == Verb.SENT and found.article.review != Review.WAITING):
        return 0
    owner, market = Organisation.objects.get(pk=found.organisation_id), market_operator()
    readers = people_who_may(market, "publish content") if to == market.pk else editors_and(owner, found.article.created_by_id)
    for person in readers:
        _write(person, found, owner, market, to_market=to == market.pk, at=at)
    return len(readers)


def _write(person: Person, turn: Turn, owner: Organisation, market: Organisation, *, to_market: bool, at: datetime) -> None:
    with translation.override(person.language):
        link = (
            reverse("knowledge-desk:review", args=[market.slug, turn.article_id]) if to_market
            else reverse("knowledge-desk:article", args=[owner.slug, turn.article_id])
        )  # fmt: skip
        context = {
            "title": turn.article.title_es or turn.article.title_en,
            "name": turn.by_name,
            "organisation": owner.name,
            "market": market.name,
            f"is_{turn.verb}": True,
            "text": turn.text,
            "link": settings.ORIGIN + link,
        }
    send(
        template=f"knowledge/mail/{'to_market' if to_market else 'to_seller'}.txt", to=person.email, to_name=person.name,
        organisation=market.pk, context=context, language=person.language, key=f"knowledge:{turn.pk}:{person.pk}", at=at, purpose="service",
    )  # fmt: skip
