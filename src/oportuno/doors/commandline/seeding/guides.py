"""Guides of the demo: those with which the vertical begins, put on show by the operator, and walked by some."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from oportuno.doors.commandline.seeding.cast import Cast
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.kernel.packs import Pack
from oportuno.offer.guides import api as guides

OLD = timedelta(days=60)
WALKED, GOES_ON = 60, 0.85  # times a guide was begun, and how often a question is answered


@transaction.atomic
def lead(pack: Pack, cast: Cast, at: datetime) -> None:
    """All guides of the pack."""
    by = cast.owners["operator"]
    for number, one in enumerate(pack.guides.guides):
        content = guides.read(one.content)
        cover = guides.Cover(
            guides.Said(es=one.title.es, en=one.title.en), guides.Said(es=one.summary.es, en=one.summary.en), one.sector, content.advice
        )
        moment = at - OLD + timedelta(days=number)
        with for_organisation(by.organisation.pk):
            version = guides.begin_guide(cover=cover, content=content, by=by, at=moment)
            published = guides.publish_guide(guide=version.guide, news="", by=by, at=moment)
        with for_public():
            shown = guides.shown_guide(published.guide.slug)
        _walk(shown, Random(one.slug), at)  # noqa: S311


def _walk(shown: guides.Shown, chance: Random, at: datetime) -> None:
    """Some walk it to its end, some leave on the way."""
    for _ in range(WALKED):
        moment = at - timedelta(days=chance.randrange(50), minutes=chance.randrange(600))
        guides.begin_walk(shown, at=moment)
        answers: dict[str, list[str]] = {}
        walked = guides.walk(shown.content, answers)
        while walked.now is not None and chance.random() < GOES_ON:
            answers[walked.now.key] = [chance.choice(walked.now.options).key]
            walked = guides.answer(shown, answers=answers, question=walked.now.key, at=moment)
