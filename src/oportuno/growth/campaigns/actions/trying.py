"""A message to oneself, as one reader would get it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.growth.campaigns.models import Campaign, Channel
from oportuno.growth.campaigns.queries.campaigns import campaign_for, version_for
from oportuno.growth.campaigns.queries.previews import merged, seen_by
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ids import new_id
from oportuno.people.messaging import api as messaging
from oportuno.people.organisations.api import Member


@transaction.atomic
def try_out(*, campaign: UUID, key: str = "a", contact: UUID | None = None, to: str = "", by: Member, at: datetime) -> str:
    """Send one version to oneself, with the fields of a contact; where it went. A mail goes to the address one signs in with.

    Nobody else gets it: what is written here may not be finished, and others did not ask for it (threat T20).
    """
    found = campaign_for(campaign)
    words = merged(found, seen_by(found, version_for(found, key), contact))
    if not words.text.strip():
        raise Refusal(_("It says nothing yet."))
    if found.channel == Channel.SMS:
        return _text(found, words.text, to, by, at)
    messaging.send_written(
        subject=_("[Test] %(subject)s") % {"subject": words.subject}, text=words.text, html=words.html, to=by.person.email,
        organisation=found.organisation_id, language=found.language, key=f"campaign test {new_id()}", at=at,
    )  # fmt: skip
    return str(by.person.email)


def _text(campaign: Campaign, text: str, to: str, by: Member, at: datetime) -> str:
    sent = messaging.send_text(
        text=text, to=to, organisation=campaign.organisation_id, key=f"campaign test {new_id()}", at=at, language=campaign.language
    )
    return str(sent.to_address)
