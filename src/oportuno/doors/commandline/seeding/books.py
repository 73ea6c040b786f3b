"""Books of the demo, made of what its sellers wrote, and words that one of them proposes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from oportuno.doors.commandline.seeding.cast import Cast
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.kernel.packs import Pack
from oportuno.offer.ebooks import api as ebooks
from oportuno.offer.glossary import api as glossary
from oportuno.offer.knowledge import api as knowledge

MOST, LEAST = 6, 2  # texts of a book
TITLES = {"es": "Lo que sabe este mercado", "en": "What this market knows"}
LINES = {
    "es": "Los textos y casos que más ayudan a comprar y vender mejor, con todas sus fuentes.",
    "en": "The texts and cases that help most to buy and sell better, with all their sources.",
}
INTRODUCTION = {
    "es": "Cada texto lo firmó quien lo vivió, y lo leyó antes la gente del mercado. Las fuentes están al final: ábrelas y compruébalas.",
    "en": "Each text was signed by whoever lived it, and read before by the market's people. The sources are at the end: open and check them.",
}


def bind(pack: Pack, cast: Cast, at: datetime) -> None:
    """A book in each language in which enough was written, made and put on show."""
    by = cast.owners["operator"]
    organisation = by.organisation.pk
    for language in ("es", "en"):
        with for_public():
            found = knowledge.newest(limit=60)
        written = [one for one in found if (one.words_en if language == "en" else one.words_es)]
        best = sorted(written, key=lambda one: -one.cited)[:MOST]
        if len(best) < LEAST:
            continue
        introduction = {"blocks": [{"type": "text", "text": INTRODUCTION[language]}]}
        choice = ebooks.Choice(
            TITLES[language],
            language,
            pack.identity.short_title.in_(language),
            LINES[language],
            introduction,
            [one.number or 0 for one in best],
        )
        with transaction.atomic(), for_organisation(organisation):
            book = ebooks.keep_book(choice=choice, by=by, at=at - timedelta(days=3))
            edition = ebooks.ask_edition(slug=book.slug, by=by, at=at - timedelta(days=3))
        ebooks.make_edition(edition=edition.pk, step=lambda: for_organisation(organisation), now=lambda: at - timedelta(days=3))
        with transaction.atomic(), for_organisation(organisation):
            ebooks.show_book(slug=book.slug, shown=True, by=by, at=at - timedelta(days=3))


@transaction.atomic
def propose(pack: Pack, cast: Cast, at: datetime) -> None:
    """The first seller of the demo waits for the market's word on two."""
    if pack.name != "flores" or "rosales-de-alba" not in cast.owners:
        return
    by = cast.owners["rosales-de-alba"]
    words = (
        glossary.Said("cabeza de rosa", "rose head", line_es="El ancho de la rosa abierta, en centímetros.", line_en="How wide an open rose is, in centimetres."),
        glossary.Said("deshoje", "leaf stripping", line_es="Quitar las hojas que quedarían bajo el agua, para que no la ensucien."),
    )  # fmt: skip
    with for_organisation(by.organisation.pk):
        for days, said in enumerate(words, 1):
            glossary.propose(said=said, by=by, at=at - timedelta(days=days), note="Nos lo preguntan en cada visita.")
