"""Front door: put documents in, ask, be told what is asked and not found."""

from oportuno.offer.search.actions.learning import learn
from oportuno.offer.search.actions.putting import count, put, remove, remove_of
from oportuno.offer.search.actions.synonyms import install_synonyms
from oportuno.offer.search.models import KINDS, Document, Kind, Language, Place, Texts
from oportuno.offer.search.queries.answers import Band, Count, Facets, Hit, Piece, Results, Suggestion
from oportuno.offer.search.queries.asking import MOST_RESULTS, SORTS, Near, Query, Sort
from oportuno.offer.search.queries.searching import search
from oportuno.offer.search.queries.suggesting import suggest

__all__ = [
    "KINDS",
    "MOST_RESULTS",
    "SORTS",
    "Band",
    "Count",
    "Document",
    "Facets",
    "Hit",
    "Kind",
    "Language",
    "Near",
    "Piece",
    "Place",
    "Query",
    "Results",
    "Sort",
    "Suggestion",
    "Texts",
    "count",
    "install_synonyms",
    "learn",
    "put",
    "remove",
    "remove_of",
    "search",
    "suggest",
]
