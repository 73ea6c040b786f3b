"""Words of the trade with which the vertical begins, and a few that sellers of the demo propose."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from oportuno.doors.commandline.seeding.cast import Cast
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.packs import Pack
from oportuno.kernel.packs.glossary import WordOfTrade
from oportuno.kernel.packs.words import Text
from oportuno.offer.glossary import api as glossary

OLD = timedelta(days=80)


@transaction.atomic
def explain(pack: Pack, cast: Cast, at: datetime) -> None:
    """All terms of the pack, put on show by the operator; what each sees also, once all are there."""
    by = cast.owners["operator"]
    with for_organisation(by.organisation.pk):
        made = {}
        for word in pack.glossary.terms:
            term = glossary.keep_term(said=_said(word), by=by, at=at - OLD, published=True)
            made[word.slug] = term.slug
        for word in pack.glossary.terms:
            if word.see:
                see = tuple(made[one] for one in word.see)
                glossary.keep_term(said=_said(word, see), by=by, at=at - OLD, slug=made[word.slug])


def _said(word: WordOfTrade, see: tuple[str, ...] = ()) -> glossary.Said:
    return glossary.Said(
        name_es=word.name.es, name_en=word.name.en, others_es=word.others.es, others_en=word.others.en, line_es=word.line.es,
        line_en=word.line.en, body_es=_body(word.more, "es"), body_en=_body(word.more, "en"), see=see,
        references=tuple(glossary.Reference(one.text, one.address) for one in word.sources), sector=word.sector, linked=word.linked,
    )  # fmt: skip


def _body(more: Text | None, language: str) -> dict[str, object]:
    return {"blocks": [{"type": "text", "text": more.in_(language)}]} if more else {}
