"""Articles and cases, what is written of them, what they cite, and what was said about them before they were shown."""

from .articles import Article, Category, Kind, Review, State
from .counts import ShownCount
from .reviews import Turn, Verb
from .writing import Draft, Reference, Version

__all__ = ["Article", "Category", "Draft", "Kind", "Reference", "Review", "ShownCount", "State", "Turn", "Verb", "Version"]
