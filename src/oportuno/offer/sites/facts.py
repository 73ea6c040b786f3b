"""What happens to sites and to what is written in them."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.facts import Fact


class SiteFounded(Fact):
    """A site was made, from a template of the vertical perhaps."""

    site: UUID
    template: str = ""
    subject = "site"


class SiteOpened(Fact):
    site: UUID
    subject = "site"


class SiteClosed(Fact):
    site: UUID
    subject = "site"


class EntryBegun(Fact):
    """`entry_kind`: page or post."""

    entry: UUID
    entry_kind: str
    subject = "entry"


class EntryPublished(Fact):
    """Shown, or shown anew with a newer `revision`."""

    entry: UUID
    entry_kind: str
    revision: int
    subject = "entry"


class EntryScheduled(Fact):
    """`moment`: when it will be shown, ISO 8601."""

    entry: UUID
    entry_kind: str
    moment: str
    subject = "entry"


class EntryWithdrawn(Fact):
    """Nobody outside sees it any more."""

    entry: UUID
    entry_kind: str
    state: str
    subject = "entry"


class EntrySentForReview(Fact):
    entry: UUID
    subject = "entry"


class EntrySentBack(Fact):
    """To its writer, with a note."""

    entry: UUID
    subject = "entry"


class EntryMoved(Fact):
    """Its address changed from `path`; the old one leads to it."""

    entry: UUID
    path: str
    subject = "entry"


class EntriesBrought(Fact):
    """Many at once, from elsewhere. `run` names the import; `count` is how many are new or changed."""

    run: UUID
    count: int
    subject = "run"


class DomainProved(Fact):
    """A domain of its own leads to the site from now on."""

    domain: UUID
    name: str
    subject = "domain"


class DomainLost(Fact):
    """Its proof was not in DNS for some days: the site is not shown there any more."""

    domain: UUID
    name: str
    subject = "domain"


class LookChanged(Fact):
    """A site wears another theme, or the same one otherwise. `theme` is its key: a name of ours, or the id of a version."""

    site: UUID
    theme: str
    subject = "site"


class ThemeHandedIn(Fact):
    """A version waits for review."""

    theme: UUID
    version: UUID
    subject = "theme"


class ThemeDecided(Fact):
    """`state`: approved, refused or blocked, by a person of the market."""

    theme: UUID
    version: UUID
    state: str
    subject = "theme"


class ThemeWithdrawn(Fact):
    """Its maker offers it no more; who has it keeps it."""

    theme: UUID
    subject = "theme"


class ThemeRated(Fact):
    theme: UUID
    stars: int
    subject = "theme"


class CommentLeft(Fact):
    """Somebody commented on an entry; `state`: waiting for the team, approved (of the team itself), or spam as the guard saw it."""

    comment: UUID
    entry: UUID
    state: str
    subject = "comment"


class CommentApproved(Fact):
    """Everybody may read it."""

    comment: UUID
    entry: UUID
    subject = "comment"


class CommentsDecided(Fact):
    """A member decided of many at once; `state` is what they became."""

    decision: UUID
    state: str
    count: int
    subject = "decision"


class UsefulVoted(Fact):
    """A reader said whether an entry helped."""

    entry: UUID
    useful: bool
    subject = "entry"


class TopicAsked(Fact):
    """Somebody would like to read about it."""

    topic: UUID
    subject = "topic"


class TopicVoted(Fact):
    """One reader more wants it."""

    topic: UUID
    subject = "topic"


class TopicTaken(Fact):
    """Somebody of the team writes about it, in this entry."""

    topic: UUID
    entry: UUID
    subject = "topic"


class TopicWritten(Fact):
    """What was asked for can be read."""

    topic: UUID
    entry: UUID
    subject = "topic"


class BlogFellSilent(Fact):
    """Nothing was published for longer than the blog means to be; `days` since the last post, or since the site opened."""

    site: UUID
    days: int
    subject = "site"


class FormOpened(Fact):
    """Visitors may answer it."""

    form: UUID
    subject = "form"


class FormClosed(Fact):
    """Nobody may answer it any more."""

    form: UUID
    subject = "form"


class FormAnswered(Fact):
    """Somebody answered a form; `title` is how it is called, in its organisation's own words."""

    answer: UUID
    form: UUID
    title: str
    subject = "answer"
