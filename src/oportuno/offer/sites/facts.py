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
