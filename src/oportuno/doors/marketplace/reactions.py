"""What the market does when something happened below."""

from __future__ import annotations

from collections.abc import Sequence

from oportuno.doors.marketplace.actions.entries import follow_entries, follow_site
from oportuno.kernel.facts import Recorded, reader
from oportuno.offer.sites.facts import EntriesBrought, EntryMoved, EntryPublished, EntryWithdrawn, SiteClosed, SiteOpened


@reader("marketplace.follow_entries", EntryPublished, EntryWithdrawn, EntryMoved)
def find_entries(batch: Sequence[Recorded]) -> None:
    """Pages and posts are found while they are shown."""
    follow_entries({fact.subject for fact in batch if fact.subject})


@reader("marketplace.follow_sites", SiteOpened, SiteClosed, EntriesBrought)
def find_sites(batch: Sequence[Recorded]) -> None:
    """A site that opens is found whole; one that closes is not found any more."""
    for organisation in sorted({fact.organisation for fact in batch}):
        follow_site(organisation)
