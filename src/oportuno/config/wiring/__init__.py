"""Who fills which slot and port. The only place that knows everyone.

Each application has one function here: its pages of the workbench, what it puts into lower slots.
"""

from __future__ import annotations

from oportuno.config.wiring import doors, growth, knowing, offer, people, places, segments


def connect() -> None:
    """Called once at start, after every application has loaded."""
    people.organisations()
    people.audience()
    people.messaging()
    segments.segments()
    places.sites()
    offer.directory()
    offer.catalogue()
    knowing.knowledge()
    knowing.glossary()
    knowing.ebooks()
    knowing.experts()
    knowing.guides()
    offer.media()
    offer.search()
    growth.campaigns()
    doors.backoffice()
    doors.marketplace()
    doors.promises()
