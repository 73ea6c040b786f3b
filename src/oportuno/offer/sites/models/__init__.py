"""Sites, entries, who wrote them and how they are filed."""

from oportuno.offer.sites.models.comments import Comment, CommentSender, CommentState, Decision
from oportuno.offer.sites.models.entries import Entry, EntryKind, Revision, State
from oportuno.offer.sites.models.forms import Form, FormAnswer, FormDay, FormState, Invites
from oportuno.offer.sites.models.people import Author, Term, TermKind
from oportuno.offer.sites.models.site import Domain, DomainState, Redirect, Site
from oportuno.offer.sites.models.themes import LookKept, Theme, ThemeState, ThemeUse, ThemeVersion
from oportuno.offer.sites.models.topics import SHOWN_TOPICS, Topic, TopicAsker, TopicState, TopicVote
from oportuno.offer.sites.models.votes import Tally, UsefulVote

__all__ = [
    "SHOWN_TOPICS",
    "Author",
    "Comment",
    "CommentSender",
    "CommentState",
    "Decision",
    "Domain",
    "DomainState",
    "Entry",
    "EntryKind",
    "Form",
    "FormAnswer",
    "FormDay",
    "FormState",
    "Invites",
    "LookKept",
    "Redirect",
    "Revision",
    "Site",
    "State",
    "Tally",
    "Term",
    "TermKind",
    "Theme",
    "ThemeState",
    "ThemeUse",
    "ThemeVersion",
    "Topic",
    "TopicAsker",
    "TopicState",
    "TopicVote",
    "UsefulVote",
]
