"""Shape of the index, of demand and of saved searches."""

from oportuno.offer.search.models.demand import SearchDemand
from oportuno.offer.search.models.documents import KINDS, Document, Kind, Language, Place, Texts
from oportuno.offer.search.models.feeders import Feeder, SearchFed
from oportuno.offer.search.models.saved import SavedSearch
from oportuno.offer.search.models.tables import SearchDocument, SearchMeasure, SearchPlace, SearchSynonym, SearchTag, SearchWord

__all__ = [
    "KINDS",
    "Document",
    "Feeder",
    "Kind",
    "Language",
    "Place",
    "SavedSearch",
    "SearchDemand",
    "SearchDocument",
    "SearchFed",
    "SearchMeasure",
    "SearchPlace",
    "SearchSynonym",
    "SearchTag",
    "SearchWord",
    "Texts",
]
