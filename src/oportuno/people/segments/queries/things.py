"""What conditions of an organisation may be about: what everybody has, and what it made for itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from oportuno.people.audience.api import IdentityKind, Purpose, Stage, fields_of
from oportuno.people.organisations.api import Organisation
from oportuno.people.segments.queries.deeds import deeds
from oportuno.people.segments.rules.asked import Among
from oportuno.people.segments.rules.meaning import Circumstances, meaning_of
from oportuno.people.segments.rules.things import Thing, Things, Type
from oportuno.people.segments.rules.tree import Group

TEXTS = ("name", "given_name", "family_name", "company", "job_title", "email", "phone", "place")
CHANNELS = ("email", "sms", "phone")
OWN: Mapping[str, Type] = {"text": "text", "number": "number", "date": "day", "choice": "choice", "yesno": "yesno"}
PERSONA = "persona"


def things_of(organisation: int) -> Things:
    """By key, in the order in which a person chooses among them."""
    found = [
        *(Thing(key, "text") for key in TEXTS),
        Thing("country", "choice"),
        Thing("language", "choice"),
        Thing("kind", "choice", ("person", "organisation")),
        Thing("stage", "choice", tuple(Stage.values)),
        Thing(PERSONA, "choice"),
        Thing("tags", "tags"),
        Thing("source", "choice"),
        Thing("created", "moment"),
        Thing("seen", "moment"),
        Thing("account", "yesno"),
        *(Thing(f"identity:{kind}", "identity") for kind in IdentityKind.values),
        *(Thing(f"consent:{channel}:{purpose}", "consent") for channel in CHANNELS for purpose in Purpose.values),
        Thing("topic", "topic"),
        *(Thing(f"field:{one.key}", OWN[one.kind], tuple(one.choices)) for one in fields_of(organisation)),
        Thing("segment", "segment"),
    ]
    for deed in deeds().values():
        if deed.listed:
            found.append(Thing(f"deed:{deed.key}", "deed", narrows=deed.narrows))
            found.append(Thing(f"rhythm:{deed.key}", "rhythm"))
        if deed.of:
            found.append(Thing(f"share:{deed.key}", "share"))
    return {one.key: one for one in found}


def circumstances(organisation: int, at: datetime) -> Circumstances:
    zone = Organisation.objects.filter(pk=organisation).values_list("time_zone", flat=True).first()
    return Circumstances(at, ZoneInfo(zone or "UTC"), deeds())


def meant(organisation: int, root: Group, at: datetime) -> Among:
    """What a tree means for this organisation now. Raises KeyError for what it knows no more: a retired field, an app that is gone."""
    return meaning_of(root, things_of(organisation), circumstances(organisation, at))


def in_zone(organisation: int, at: datetime) -> datetime:
    return at.astimezone(circumstances(organisation, at).zone)
