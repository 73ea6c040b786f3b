"""Front door: sites, and what is written in them."""

from oportuno.offer.sites.actions.domains import bring_domain, give_back_domain, make_main, prove_domain, recheck_domains
from oportuno.offer.sites.actions.filing import (
    change_author,
    change_term,
    file_entry,
    move_entry,
    name_terms,
    own_author,
    remove_term,
    shift_page,
)
from oportuno.offer.sites.actions.founding import change_menus, change_site, close_site, connect_judge, found_site, open_site
from oportuno.offer.sites.actions.publishing import (
    ask_review,
    hide_entry,
    publish_all_due,
    publish_due,
    publish_entry,
    send_back,
    trash_entry,
    untrash_entry,
    withdraw_entry,
)
from oportuno.offer.sites.actions.showing import allow_site, hold_site, is_shown
from oportuno.offer.sites.actions.templates import Draft, Template, begin_site, connect_templates, outlined, site_templates
from oportuno.offer.sites.actions.writing import begin_entry, keep_draft, restore_revision
from oportuno.offer.sites.api.places import BELOW_AUTHOR, BESIDE_EDITOR
from oportuno.offer.sites.models import Author, Domain, Entry, EntryKind, Redirect, Revision, Site, State, Term, TermKind
from oportuno.offer.sites.queries.entries import entry_for, newest_revision, posts_for_personas, revision_for, revisions_of
from oportuno.offer.sites.queries.gathering import Gathered, ids_of_site, newest_posts, owners_of, posts_of_authors, shown_entries, voice_of
from oportuno.offer.sites.queries.pictured import where_pictured
from oportuno.offer.sites.queries.sites import Place, Where, main_domain, own_origin, own_site, shown_site, site_of, where
from oportuno.offer.sites.queries.themes.invariants import counted_otherwise as themes_counted_otherwise
from oportuno.offer.sites.queries.themes.reviewing import tasks as theme_tasks
from oportuno.offer.sites.queries.themes.reviewing import waiting_count as themes_waiting

__all__ = [
    "BELOW_AUTHOR",
    "BESIDE_EDITOR",
    "Author",
    "Domain",
    "Draft",
    "Entry",
    "EntryKind",
    "Gathered",
    "Place",
    "Redirect",
    "Revision",
    "Site",
    "State",
    "Template",
    "Term",
    "TermKind",
    "Where",
    "allow_site",
    "ask_review",
    "begin_entry",
    "begin_site",
    "bring_domain",
    "change_author",
    "change_menus",
    "change_site",
    "change_term",
    "close_site",
    "connect_judge",
    "connect_templates",
    "entry_for",
    "file_entry",
    "found_site",
    "give_back_domain",
    "hide_entry",
    "hold_site",
    "ids_of_site",
    "is_shown",
    "keep_draft",
    "main_domain",
    "make_main",
    "move_entry",
    "name_terms",
    "newest_posts",
    "newest_revision",
    "open_site",
    "outlined",
    "own_author",
    "own_origin",
    "own_site",
    "owners_of",
    "posts_for_personas",
    "posts_of_authors",
    "prove_domain",
    "publish_all_due",
    "publish_due",
    "publish_entry",
    "recheck_domains",
    "remove_term",
    "restore_revision",
    "revision_for",
    "revisions_of",
    "send_back",
    "shift_page",
    "shown_entries",
    "shown_site",
    "site_of",
    "site_templates",
    "theme_tasks",
    "themes_counted_otherwise",
    "themes_waiting",
    "trash_entry",
    "untrash_entry",
    "voice_of",
    "where",
    "where_pictured",
    "withdraw_entry",
]
