"""Front door: put documents in, ask, be told what is asked and not found."""

from oportuno.offer.search.actions.demand import searched
from oportuno.offer.search.actions.feeding import add_feeder, feed_anew, feed_next, feeders
from oportuno.offer.search.actions.learning import learn
from oportuno.offer.search.actions.putting import count, put, remove, remove_of
from oportuno.offer.search.actions.saved import end_search, end_searches_of, save_search
from oportuno.offer.search.actions.synonyms import install_synonyms
from oportuno.offer.search.models import KINDS, Document, Feeder, Kind, Language, Place, SavedSearch, Texts
from oportuno.offer.search.queries.addresses import from_address, to_address
from oportuno.offer.search.queries.answers import Band, Count, Facets, Hit, Piece, Results, Suggestion
from oportuno.offer.search.queries.asking import MOST_RESULTS, SORTS, Near, Query, Sort
from oportuno.offer.search.queries.counting import how_many
from oportuno.offer.search.queries.demand import Demand, popular_searches, unmet_count, unmet_questions
from oportuno.offer.search.queries.invariants import counted_otherwise, found_of_others
from oportuno.offer.search.queries.saved import saved_searches
from oportuno.offer.search.queries.searching import search
from oportuno.offer.search.queries.showing import texts_of
from oportuno.offer.search.queries.suggesting import suggest
from oportuno.offer.search.rules.packing import SERVES

__all__ = [
    "KINDS",
    "MOST_RESULTS",
    "SERVES",
    "SORTS",
    "Band",
    "Count",
    "Demand",
    "Document",
    "Facets",
    "Feeder",
    "Hit",
    "Kind",
    "Language",
    "Near",
    "Piece",
    "Place",
    "Query",
    "Results",
    "SavedSearch",
    "Sort",
    "Suggestion",
    "Texts",
    "add_feeder",
    "count",
    "counted_otherwise",
    "end_search",
    "end_searches_of",
    "feed_anew",
    "feed_next",
    "feeders",
    "found_of_others",
    "from_address",
    "how_many",
    "install_synonyms",
    "learn",
    "popular_searches",
    "put",
    "remove",
    "remove_of",
    "save_search",
    "saved_searches",
    "search",
    "searched",
    "suggest",
    "texts_of",
    "to_address",
    "unmet_count",
    "unmet_questions",
]
