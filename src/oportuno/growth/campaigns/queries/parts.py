"""The parts of an audience: everybody who agreed, or each of its segments; and who is taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from oportuno.growth.campaigns.models import Campaign, Series, State
from oportuno.growth.campaigns.queries.own import own
from oportuno.people.audience import api as audience
from oportuno.people.segments import api as segments

BATCH = 5_000
MOST = 200


@dataclass(frozen=True)
class Part:
    """`segment` None: everybody who agreed to the purpose."""

    number: int
    name: str
    segment: UUID | None = None


def ids_of(audience_of: Mapping[str, Any], name: str) -> list[UUID]:
    return [UUID(one) for one in audience_of.get(name, [])]


def choices_of_segments(chosen: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Those that one may choose from, by name, with how many they are. Those that were chosen are among them, though they may be gone:
    left out of a form they would be taken back by whoever saves it, and nothing chosen is everybody.
    """
    rows = own(segments.Segment).filter(deleted_at__isnull=True).exclude(revision=0).order_by("name")[:MOST]
    offered = {str(one.pk): f"{one} ({one.count or 0})" for one in rows}
    missing = [one for one in chosen if one not in offered]
    names = named_segments(missing)
    return [*offered.items(), *((one, names.get(UUID(one), _("A segment that is gone"))) for one in missing)]


def named_segments(ids: Sequence[str | UUID]) -> dict[UUID, str]:
    """What they are called; without those that are gone."""
    return {one.pk: str(one) for one in own(segments.Segment).filter(pk__in=ids, deleted_at__isnull=True)} if ids else {}


def asked_segments(campaign: Campaign) -> list[UUID]:
    """Those that its audience is made of, and those that are taken out."""
    return [*ids_of(campaign.audience, "segments"), *ids_of(campaign.audience, "minus")]


def is_gathering(campaign: Campaign) -> bool:
    """Whether one of its segments was changed just now, so that its people are not yet those that it means."""
    asked = own(segments.Segment).filter(pk__in=asked_segments(campaign), deleted_at__isnull=True)
    return any(one.is_building for one in asked)


def parts_of(campaign: Campaign) -> list[Part]:
    """In the order in which they are walked: who is in several is counted in the first."""
    chosen = ids_of(campaign.audience, "segments")
    if not chosen:
        return [Part(0, _("Everybody who agreed"))]
    names = named_segments(chosen)
    return [Part(number, names.get(one, _("A segment that is gone")), one) for number, one in enumerate(chosen)]


def batch_of(campaign: Campaign, part: Part, after: UUID | None, size: int = BATCH) -> list[UUID]:
    """The next contacts of a part, by id; those who are taken out are among them."""
    if part.segment:
        return segments.contacts_in(part.segment, after=after, size=size)
    return audience.agreed(channel=campaign.channel, purpose=campaign.purpose, after=after, size=size)


def taken_out(campaign: Campaign, batch: Sequence[UUID]) -> set[UUID]:
    """Who of a batch is in a segment that is taken out."""
    return {one for segment in ids_of(campaign.audience, "minus") for one in among(segment, batch)}


def met_before(campaign: Campaign, part: Part, batch: Sequence[UUID]) -> set[UUID]:
    """Who of a batch is in a part that was walked before this one."""
    earlier = [one.segment for one in parts_of(campaign)[: part.number] if one.segment]
    return {one for segment in earlier for one in among(segment, batch)}


def among(segment: UUID, batch: Sequence[UUID]) -> set[UUID]:
    """Who of a batch (by id) is in a segment: both are walked side by side."""
    found: set[UUID] = set()
    if not batch:
        return found
    wanted, last = set(batch), batch[-1]
    after: UUID | None = UUID(int=max(batch[0].int - 1, 0))
    while page := segments.contacts_in(segment, after=after):
        found.update(wanted.intersection(page))
        after = page[-1]
        if after >= last:
            break
    return found


def uses_segment(segment: segments.Segment) -> list[segments.Use]:
    """Campaigns that are not sent yet, and series, that ask for it."""
    named = str(segment.pk)
    asks = Q(audience__segments__contains=[named]) | Q(audience__minus__contains=[named])
    waiting = own(Campaign).filter(asks, state__in=[State.DRAFT, State.SCHEDULED, State.SENDING, State.PAUSED]).order_by("-created_at")[:10]
    rows = [str(one) for one in [*waiting, *own(Series).filter(asks, active=True)[:10]]]
    return [segments.Use(one) for one in rows]
