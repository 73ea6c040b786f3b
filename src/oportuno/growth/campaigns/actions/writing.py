"""Writing a campaign: begun, changed, tried in several versions, copied, given up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.growth.campaigns.actions.moving import must_be_draft
from oportuno.growth.campaigns.models import Campaign, Channel, Series, Version
from oportuno.growth.campaigns.queries.campaigns import KEYS, campaign_for, locked, version_for, versions_of
from oportuno.growth.campaigns.queries.own import own
from oportuno.growth.campaigns.queries.templates import template_of
from oportuno.kernel.audit import audit
from oportuno.kernel.content import EMPTY, Document, write
from oportuno.kernel.errors import Conflict, Refusal
from oportuno.people.messaging import api as messaging
from oportuno.people.organisations.api import Member

MOST_SEGMENTS = 20
PURPOSES = ("bulletin", "offers", "topics")
"""What a campaign may rest on: consents that were given for writing to somebody, not for answering him."""


@transaction.atomic
def begin_campaign(
    *,
    name: str,
    channel: str = Channel.EMAIL,
    purpose: str = "bulletin",
    template: str = "",
    language: str = "es-co",
    by: Member,
    at: datetime,
) -> Campaign:
    """A draft with one version, from a template of the vertical or empty. Raises Refusal for a name that is none."""
    found = Campaign(
        name=_named(name), channel=Channel(channel).value, purpose=_purpose(purpose), language=language, audience={"segments": [], "minus": []},
        written_by_id=by.id, created_by_id=by.id, created_by_name=by.person.name, created_at=at, changed_at=at,
    )  # fmt: skip
    chosen = template_of(template, language) if template else None
    if template and chosen is None:
        raise Refusal(_("Choose a template of the list."), field="template")
    if chosen and chosen.channel != found.channel:
        raise Refusal(
            _("“%(template)s” is a text message: choose that above, or begin with something else.") % {"template": chosen.title}
            if chosen.channel == Channel.SMS
            else _("“%(template)s” is a mail: choose that above, or begin with something else.") % {"template": chosen.title},
            field="template",
        )
    found.save(force_insert=True)
    first = Version(campaign=found, key=KEYS[0], document=write(chosen.document if chosen else EMPTY))
    if chosen:
        first.subject, first.preheader, first.text = chosen.subject, chosen.preheader, chosen.text
    first.save(force_insert=True)
    return found


@transaction.atomic
def change_campaign(
    *,
    campaign: UUID,
    name: str | None = None,
    purpose: str | None = None,
    language: str | None = None,
    reply_to: str | None = None,
    audience_of: Mapping[str, Sequence[str]] | None = None,
    by: Member,
    at: datetime,
) -> Campaign:
    """Whatever is given; None leaves it as it is. Raises Conflict unless it is a draft."""
    found = locked(campaign)
    must_be_draft(found)
    if name is not None:
        found.name = _named(name)
    if purpose is not None:
        found.purpose = _purpose(purpose)
    if language is not None:
        found.language = language
    if reply_to is not None:
        found.reply_to = messaging.checked_address(reply_to) if reply_to.strip() else ""
    if audience_of is not None:
        found.audience = {key: segments_named(audience_of.get(key, []), key) for key in ("segments", "minus")}
    found.changed_at = at
    found.save()
    return found


@transaction.atomic
def write_version(
    *,
    campaign: UUID,
    key: str = "a",
    subject: str | None = None,
    preheader: str | None = None,
    sender: str | None = None,
    content: Document | None = None,
    text: str | None = None,
    seen: int | None = None,
    by: Member,
    at: datetime,
) -> Campaign:
    """What one types. `seen` is the revision that was on screen: Conflict when somebody else saved meanwhile."""
    found = locked(campaign)
    must_be_draft(found)
    _take_the_pen(found, seen, by)
    version = version_for(found, key)
    if subject is not None:
        version.subject = _line(subject, 300)
    if preheader is not None:
        version.preheader = _line(preheader, 200)
    if sender is not None:
        version.sender = _line(sender, 80)
    if content is not None:
        version.document = write(content)
    if text is not None:
        version.text = messaging.checked_text(text) if text.strip() else ""
    version.save()
    found.changed_at = at
    found.save(update_fields=["revision", "written_by_id", "changed_at"])
    return found


@transaction.atomic
def add_version(*, campaign: UUID, by: Member, at: datetime) -> Version:
    """One more to try, as the first one is. Raises Refusal for a fifth."""
    found = locked(campaign)
    must_be_draft(found)
    there = versions_of(found)
    if found.channel == Channel.SMS:
        raise Refusal(_("Text messages are not tried in versions: nobody sees who reads them or follows what, so none could win."))
    if len(there) >= len(KEYS):
        raise Refusal(_("Four versions at most: with more, each would reach too few to learn from."))
    free = next(key for key in KEYS if key not in {one.key for one in there})
    made = there[0]
    copy = Version(
        campaign=found, key=free, subject=made.subject, preheader=made.preheader, sender=made.sender, document=made.document, text=made.text
    )
    copy.save(force_insert=True)
    own(Campaign).filter(pk=found.pk).update(changed_at=at)
    return copy


@transaction.atomic
def put_version(*, campaign: UUID, key: str, by: Member, at: datetime, **words: Any) -> Campaign:
    """What a version says, by its letter; the next letter that is free makes it. `words` are those of `write_version`.

    Raises Refusal for a letter after the next free one.
    """
    found = locked(campaign)
    must_be_draft(found)
    there = {one.key for one in versions_of(found)}
    if key not in there:
        free = next((one for one in KEYS if one not in there), "")
        if key != free:
            raise Refusal(_("Versions are called a, b, c and d, in this order, each after the one before."), field="version")
        add_version(campaign=campaign, by=by, at=at)
    return write_version(campaign=campaign, key=key, by=by, at=at, **words)


@transaction.atomic
def remove_version(*, campaign: UUID, key: str, by: Member, at: datetime) -> None:
    """The first one stays."""
    found = locked(campaign)
    must_be_draft(found)
    if key == KEYS[0]:
        raise Refusal(_("The first version stays: it is what is sent when there is nothing to try."))
    version_for(found, key).delete()
    own(Campaign).filter(pk=found.pk).update(changed_at=at)


@transaction.atomic
def copy_campaign(*, campaign: UUID, by: Member, at: datetime) -> Campaign:
    """The same words to the same audience as a new draft."""
    found = campaign_for(campaign)
    made = Campaign(
        name=_line(_("%(name)s (copy)") % {"name": found.name}, 120), channel=found.channel, language=found.language, purpose=found.purpose,
        reply_to=found.reply_to, audience=found.audience, created_by_id=by.id, created_by_name=by.person.name, created_at=at, changed_at=at,
    )  # fmt: skip
    made.save(force_insert=True)
    for one in versions_of(found):
        fields: dict[str, Any] = {name: getattr(one, name) for name in ("key", "subject", "preheader", "sender", "document", "text")}
        Version(campaign=made, **fields).save(force_insert=True)
    return made


@transaction.atomic
def remove_draft(*, campaign: UUID, by: Member, at: datetime) -> None:
    """Nothing of it was sent, so nothing has to be kept."""
    found = locked(campaign)
    must_be_draft(found)
    audit("campaign removed", of=found, at=at, by=by.id, name=found.name)
    found.delete()


def forget_member(person: UUID) -> int:
    """Who wrote a campaign is forgotten, the campaign is not. Acts for the market."""
    Series.objects.filter(created_by_id=person).update(created_by_id=None)
    Campaign.objects.filter(written_by_id=person).update(written_by_id=None)
    return Campaign.objects.filter(created_by_id=person).update(created_by_id=None, created_by_name="")


def _take_the_pen(campaign: Campaign, seen: int | None, by: Member) -> None:
    """One hand writes at a time: who comes after another must have seen what that one wrote. Raises Conflict."""
    if campaign.written_by_id == by.id:
        return
    if seen is not None and seen != campaign.revision:
        raise Conflict(_("Somebody else changed this meanwhile. Load the page again; what you typed is kept in this browser."))
    campaign.revision, campaign.written_by_id = campaign.revision + 1, by.id


def segments_named(ids: Sequence[str], field: str) -> list[str]:
    """As they are kept, each once. Raises Refusal for more than twenty: one of those that are taken out would else be left in."""
    found = list(dict.fromkeys(str(UUID(str(one))) for one in ids))
    if len(found) > MOST_SEGMENTS:
        raise Refusal(_("Choose twenty segments at most. Put several together in one first."), field=field)
    return found


def _named(name: str) -> str:
    found = _line(name, 120)
    if not found:
        raise Refusal(_("Give it a name: only your team sees it."), field="name")
    return found


def _purpose(purpose: str) -> str:
    if purpose not in PURPOSES:
        raise Refusal(_("Choose what its readers agreed to."), field="purpose")
    return purpose


def _line(text: str, most: int) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:most]
