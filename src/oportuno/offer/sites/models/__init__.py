"""Sites, entries, who wrote them and how they are filed."""

from oportuno.offer.sites.models.comments import Comment, CommentState
from oportuno.offer.sites.models.entries import Entry, EntryKind, Revision, State
from oportuno.offer.sites.models.people import Author, Term, TermKind
from oportuno.offer.sites.models.site import Domain, DomainState, Redirect, Site
from oportuno.offer.sites.models.themes import LookKept, Theme, ThemeState, ThemeUse, ThemeVersion

__all__ = [
    "Author",
    "Comment",
    "CommentState",
    "Domain",
    "DomainState",
    "Entry",
    "EntryKind",
    "LookKept",
    "Redirect",
    "Revision",
    "Site",
    "State",
    "Term",
    "TermKind",
    "Theme",
    "ThemeState",
    "ThemeUse",
    "ThemeVersion",
]
