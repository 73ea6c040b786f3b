"""What messaging's guards halted of a campaign, and why."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from oportuno.growth.campaigns.models import Campaign
from oportuno.growth.campaigns.queries.campaigns import frames_of
from oportuno.growth.campaigns.queries.own import own
from oportuno.people.messaging import api as messaging


def guarded(frames: Sequence[UUID]) -> list[UUID]:
    """Those of these frames that a guard stands before."""
    return list(own(messaging.MailFrame).filter(pk__in=frames).exclude(stopped_why="").values_list("pk", flat=True))


def why_halted(campaign: Campaign) -> str:
    """A guard's word, or nothing."""
    frames = [one.frame_id for one in frames_of(campaign)]
    found = own(messaging.MailFrame).filter(pk__in=frames).exclude(stopped_why="").values_list("stopped_why", flat=True).first()
    return str(found or "")


def halted_words(campaign: Campaign) -> str:
    """For whoever decides whether it goes on."""
    why = why_halted(campaign)
    if not why:
        return ""
    if why.endswith("complaints"):
        return _("Too many of its readers called it spam. Ask yourself whether they remember having asked for it before you let it go on.")
    if why.endswith("bounces"):
        return _("Too many of its addresses do not exist. Look at where they came from before you let it go on.")
    return _("A guard of your sender's reputation halted it.")
