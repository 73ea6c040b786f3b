"""Segments that the vertical has ready: its sectors, its personas, and a few that everybody needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, NotFound
from oportuno.people.organisations.api import Member
from oportuno.people.segments.actions.saving import make_segment
from oportuno.people.segments.models import Segment
from oportuno.people.segments.queries.vertical import personas, topics


@dataclass(frozen=True)
class Ready:
    """`key` is kept as the segment's origin; `made` is the segment, once there is one."""

    key: str
    name: str
    why: str
    conditions: tuple[dict[str, Any], ...]
    made: Segment | None = None


def offered(member: Member, language: str) -> list[Ready]:
    """All that there are, those that were made with their segment."""
    made = {
        one.origin: one
        for one in Segment.objects.filter(organisation_id=member.organisation.pk, deleted_at__isnull=True).exclude(origin="")
    }
    return [Ready(one.key, one.name, one.why, one.conditions, made.get(one.key)) for one in _all(language)]


def make_ready(*, key: str, by: Member, language: str, at: datetime) -> Segment:
    """Make one of them. Raises NotFound for what is not offered, Conflict when it was made already or its name is taken."""
    found = next((one for one in offered(by, language) if one.key == key), None)
    if found is None:
        raise NotFound
    if found.made:
        raise Conflict(_("You have this segment already: %(segment)s.") % {"segment": found.made})
    return make_segment(name=found.name, tree={"version": 1, "match": "all", "of": list(found.conditions)}, by=by, at=at, origin=key)


def _all(language: str) -> list[Ready]:
    sector_why, persona_why = _("Who asked for the bulletin about this sector."), _("Whom you marked as this persona.")
    return [
        *(Ready(f"sector:{key}", words, sector_why, ({"what": "topic", "op": "is", "value": [key]},)) for key, words in topics(language)),
        *(Ready(f"persona:{key}", words, persona_why, ({"what": "persona", "op": "is", "value": [key]},)) for key, words in personas(language)),
        Ready(
            "readers", _("Faithful readers"), _("Who opened at least three of his last five bulletins."),
            ({"what": "share:opened", "op": "at_least", "value": 3, "of": 5},),
        ),
        Ready(
            "asleep", _("Asleep"), _("Who got bulletins and opened none of them in ninety days."),
            ({"what": "deed:received", "op": "at_least", "value": 1, "days": 90}, {"what": "deed:opened", "op": "never", "days": 90}),
        ),
        Ready(
            "new", _("New this month"), _("Whom you know since thirty days or less."),
            ({"what": "created", "op": "past", "value": 30},),
        ),
    ]  # fmt: skip
