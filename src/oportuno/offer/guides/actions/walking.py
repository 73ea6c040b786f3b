"""What buyers do with a guide: begin, answer, leave an address. Told without saying who, but for who says it himself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from oportuno.kernel.facts import Recorded, record
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.offer.guides.facts import GuideAnswered, GuideBegun, GuideLed
from oportuno.offer.guides.queries.shown import Shown
from oportuno.offer.guides.rules.document import END
from oportuno.offer.guides.rules.walking import Answers, Walk, walk
from oportuno.people.audience import api as audience
from oportuno.people.organisations.api import market_operator

COUNT = """
INSERT INTO guide_figure AS f (id, organisation_id, guide_id, day, question, option, times)
SELECT gen_random_uuid(), g.organisation_id, g.id, given.day, given.question, given.option, given.times
FROM unnest(%s::uuid[], %s::date[], %s::text[], %s::text[], %s::int[]) AS given(guide, day, question, option, times)
    JOIN guide g ON g.id = given.guide ORDER BY g.id, given.day, given.question, given.option
ON CONFLICT (organisation_id, guide_id, day, question, option) DO UPDATE SET times = f.times + excluded.times
"""


def begin_walk(shown: Shown, *, at: datetime) -> None:
    """Somebody begins."""
    guide = shown.row
    first = shown.content.questions[0].key if shown.content.questions else END
    with for_organisation(guide.organisation_id):
        record(GuideBegun(guide=guide.pk, version=guide.version, leads=first, at=at))


def answer(shown: Shown, *, answers: Answers, question: str, at: datetime) -> Walk:
    """A question was answered: the way as it goes on. What the guide does not ask is not told."""
    walked, guide = walk(shown.content, answers), shown.row
    step = next((one for one in walked.steps if one.question.key == question), None)
    if step is not None:
        leads = walked.now.key if walked.now else END
        with for_organisation(guide.organisation_id):
            record(
                GuideAnswered(
                    guide=guide.pk, version=guide.version, question=question, options=[one.key for one in step.options], leads=leads, at=at
                )
            )
    return walked


def keep_result(shown: Shown, *, email: audience.Given, name: str, circumstances: audience.Circumstances, at: datetime) -> None:
    """Who walked it asks for the market's news on what it is about: known to the operator, and asked by mail to confirm.

    The fact names the contact, so that an order finds the guide that led to it.
    """
    operator, guide = market_operator(), shown.row
    topics = [guide.sector] if guide.sector else []
    captured = audience.subscribe(organisation=operator, email=email, name=name, topics=topics, circumstances=circumstances, at=at)
    with for_organisation(operator.pk):
        record(GuideLed(guide=guide.pk, version=guide.version, contact=captured.contact.pk, at=at))


def count_walks(batch: Sequence[Recorded]) -> int:
    """Add a batch of facts to the figures, in one statement; how many different ones it had."""
    found: Counter[tuple[UUID, date, str, str]] = Counter()
    for fact in batch:
        if fact.subject:
            for question, option in _told(fact.data):
                found[fact.subject, fact.at.date(), question, option] += 1
    if found:
        columns = [list(column) for column in zip(*found, strict=True)]
        with for_market("figures of guides are counted together"), connection.cursor() as cursor:
            cursor.execute(COUNT, [*columns, list(found.values())])
    return len(found)


def _told(data: Mapping[str, object]) -> list[tuple[str, str]]:
    """To which question somebody came, and what he said to the one before."""
    came = [(str(data.get("leads") or END), "")]
    options = data.get("options")
    return [*came, *((str(data["question"]), str(one)) for one in options)] if isinstance(options, list) else came
