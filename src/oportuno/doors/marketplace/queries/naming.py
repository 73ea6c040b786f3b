"""Which texts of the market name a word of the glossary."""

from __future__ import annotations

from oportuno.doors.marketplace.queries import asking
from oportuno.doors.marketplace.queries.writings import Writing
from oportuno.offer.glossary import api as glossary
from oportuno.offer.search import api as search

MOST_NAMES, LOOKED_AT, SHOWN = 3, 40, 8


def texts_naming(term: glossary.Term, language: glossary.Language) -> list[Writing]:
    """The likest first. The index says which may, their words which do: a name of three words is not three words of a text.

    A query of the index for each of its first names, and those of `asking.shown`, however many texts there are. Acts for the public.
    """
    hits: dict[str, search.Hit] = {}
    for name in term.said.names(language)[:MOST_NAMES]:
        asked = search.Query(text=name, kind="content", language=language, limit=LOOKED_AT, exact=True)
        found = search.search(asked, snippets=False)
        hits |= {hit.key: hit for hit in found.items if found.relaxed != "nearest" and not glossary.is_term(hit.id)}
    said, wanted = search.texts_of(hits, language), glossary.naming(term, language)
    those = [hit for key, hit in hits.items() if glossary.names(said.get(key, ""), wanted)]
    return [one.card for one in asking.shown(those[:LOOKED_AT])][:SHOWN]
