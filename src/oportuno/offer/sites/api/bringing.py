"""Front door of those who bring sites from elsewhere, by the thousand, and of those who take them away."""

from oportuno.offer.sites.actions.bringing import (
    NewEntry,
    NewTerm,
    Stands,
    Wanted,
    bring_authors,
    bring_entries,
    bring_menus,
    bring_parents,
    bring_pictures,
    bring_redirects,
    bring_terms,
    bring_tree,
    free_paths,
    open_brought,
    rewrite_entries,
    standing_of,
    take_back_entries,
    untitled,
)
from oportuno.offer.sites.actions.bringing_comments import NewComment, bring_comments
from oportuno.offer.sites.queries.taking import all_authors, all_entries, all_terms, comments_of, emails_of, page_ids
from oportuno.offer.sites.rules.menus import read_menus
from oportuno.offer.sites.rules.paths import path_of, slug_of

__all__ = [
    "NewComment",
    "NewEntry",
    "NewTerm",
    "Stands",
    "Wanted",
    "all_authors",
    "all_entries",
    "all_terms",
    "bring_authors",
    "bring_comments",
    "bring_entries",
    "bring_menus",
    "bring_parents",
    "bring_pictures",
    "bring_redirects",
    "bring_terms",
    "bring_tree",
    "comments_of",
    "emails_of",
    "free_paths",
    "open_brought",
    "page_ids",
    "path_of",
    "read_menus",
    "rewrite_entries",
    "slug_of",
    "standing_of",
    "take_back_entries",
    "untitled",
]
