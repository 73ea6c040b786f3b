"""Following channels: found by what somebody wrote, looked at when due, told of by a hub."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import acting_organisation
from oportuno.kernel.jobs import defer
from oportuno.kernel.web import Fetched, fetch
from oportuno.offer.media.actions.news import publish_finds
from oportuno.offer.media.facts import ChannelAdded, ChannelChanged, ChannelRemoved
from oportuno.offer.media.models import Channel, Find, Piece, Place, Sighting
from oportuno.offer.media.rules import channels as rules
from oportuno.offer.media.rules.feeds import Feed, read_feed
from oportuno.offer.media.rules.pages import channel_of, read_page

MOST = 100
"""Channels of one organisation."""
FEED_BYTES = 4 * 2**20
ACCEPT = "application/atom+xml, application/rss+xml;q=0.9, application/xml;q=0.8, text/html;q=0.5, */*;q=0.1"


@dataclass(frozen=True)
class Purpose:
    """What a channel is to us. `own`: ours; its news become pieces for this persona, against this problem, in this category."""

    own: bool = False
    persona: str = ""
    problem: str = ""
    category: str = ""


@transaction.atomic
def add_channel(*, said: str, purpose: Purpose, by: UUID, at: datetime) -> Channel:
    """Follow what somebody wrote: an address, a handle or an id of YouTube. Where its feed is, a job finds out at once.

    Raises Refusal for what is no address, one that is followed already, or one too many.
    """
    address = rules.address_of(said)
    if not address:
        raise Refusal(_("Write the address of a channel, a podcast or a blog; of YouTube its @name is enough."), field="said")
    own = Channel.objects.filter(organisation_id=acting_organisation())
    if own.count() >= MOST:
        raise Refusal(_("You follow %(most)s channels, which is as many as one can.") % {"most": MOST}, field="said")
    channel_id = rules.channel_id_in(address)
    feed = rules.feed_of_channel(channel_id) if channel_id else address
    if own.filter(feed=feed).exists():
        raise Refusal(_("You follow this channel already."), field="said")
    kind = Channel.Kind.YOUTUBE if rules.is_youtube(address) else Channel.Kind.FEED
    channel = Channel.objects.create(
        kind=kind, title=said.strip()[:200], feed=feed, own=purpose.own, persona=purpose.persona, problem=purpose.problem.strip()[:200],
        category=purpose.category, due_at=at, created_by_id=by, created_at=at,
    )  # fmt: skip
    record(ChannelAdded(channel=channel.pk, by=by, at=at))
    defer("media.begin_channel", channel=str(channel.pk), once=f"begin {channel.pk}")
    return channel


@transaction.atomic
def change_channel(*, channel: Channel, title: str, purpose: Purpose, by: UUID, at: datetime) -> None:
    """What it is to us; what was found on one that is ours now becomes pieces, too."""
    was_own = channel.own
    channel.title = title.strip()[:200] or channel.title
    channel.own, channel.persona, channel.category = purpose.own, purpose.persona, purpose.category
    channel.problem = purpose.problem.strip()[:200]
    channel.save(update_fields=["title", "own", "persona", "category", "problem"])
    if channel.own and not was_own:
        publish_finds(channel=channel, finds=list(_finds_of(channel)), at=at)
    record(ChannelChanged(channel=channel.pk, by=by, at=at))


@transaction.atomic
def remove_channel(*, channel: Channel, by: UUID, at: datetime) -> None:
    """Follow it no more. What was kept of it stays, where the curator said something of it or it is shown."""
    finds = list(_finds_of(channel).filter(stars__isnull=True, note="", shown=False).values_list("pk", flat=True))
    record(ChannelRemoved(channel=channel.pk, by=by, at=at))
    channel.delete()
    left = Find.objects.filter(pk__in=finds)
    for seen in (Sighting.objects.all(), Place.objects.all(), Piece.objects.all()):
        left = left.exclude(pk__in=seen.filter(find_id__in=finds).values("find_id"))
    left.delete()


def _finds_of(channel: Channel) -> QuerySet[Find]:
    return Find.objects.filter(pk__in=Sighting.objects.filter(channel=channel).values("find_id"))


@dataclass(frozen=True)
class Begun:
    """Where a channel's feed is, and what it holds."""

    address: str
    feed: Feed
    answer: Fetched
    channel_id: str = ""


def find_feed(address: str) -> Begun:
    """The feed that an address is, or names. Asks no database. Raises Refusal."""
    answer = _asked(address)
    if feed := read_feed(answer.body, answer.url, answer.headers):
        return Begun(address, feed, answer, rules.channel_id_in(address))
    if rules.is_youtube(address) and (channel_id := channel_of(answer.body)):
        return _named(rules.feed_of_channel(channel_id), channel_id)
    for named in read_page(answer.body, answer.url).feeds[:3]:
        try:
            return _named(named)
        except Refusal:
            continue
    raise Refusal(_("There is no feed at this address, and its page names none."))


def _named(address: str, channel_id: str = "") -> Begun:
    answer = _asked(address)
    feed = read_feed(answer.body, answer.url, answer.headers)
    if feed is None:
        raise Refusal(_("What lies at this address is no feed."))
    return Begun(address, feed, answer, channel_id)


def _asked(address: str) -> Fetched:
    answer = fetch(address, headers={"Accept": ACCEPT}, limit=FEED_BYTES)
    if answer.status != 200:
        raise Refusal(_("The address answers %(status)s.") % {"status": answer.status})
    return answer


@transaction.atomic
def settle(*, channel: Channel, begun: Begun) -> Channel:
    """A channel whose feed was found: how it is called, and who tells of its news. Raises Refusal when it is followed already."""
    if begun.channel_id:
        channel.kind, channel.hub, channel.topic = Channel.Kind.YOUTUBE, rules.YOUTUBE_HUB, rules.topic_of_channel(begun.channel_id)
    else:
        channel.kind = Channel.Kind.PODCAST if begun.feed.is_podcast else Channel.Kind.FEED
        channel.hub, channel.topic = begun.feed.hub, begun.feed.topic or begun.address
    channel.feed, channel.title, channel.site, channel.trouble = begun.address, begun.feed.title, begun.feed.site, ""
    try:
        with transaction.atomic():
            channel.save()
    except IntegrityError as error:
        raise Refusal(_("You follow this channel already.")) from error
    return channel


@dataclass(frozen=True)
class Asking:
    """What a hub is asked for."""

    hub: str
    body: bytes


@transaction.atomic
def ask_hub(*, channel: Channel, at: datetime) -> Asking:
    """Prepare to ask a channel's hub to tell us of news; the secret is new each time. Sent by `send_asking`, outside of transactions."""
    channel.secret, channel.asked_at = secrets.token_hex(32), at
    channel.save(update_fields=["secret", "asked_at"])
    said = {
        "hub.mode": "subscribe", "hub.topic": channel.topic, "hub.callback": f"{settings.ORIGIN}{reverse('media-hooks:hub', args=[channel.pk])}",
        "hub.secret": channel.secret, "hub.lease_seconds": str(int(rules.LEASE.total_seconds())), "hub.verify": "async",
    }  # fmt: skip
    return Asking(channel.hub, urlencode(said).encode())


def send_asking(asking: Asking) -> bool:
    """Whether the hub took it; it verifies later, by itself."""
    try:
        answer = fetch(
            asking.hub, method="POST", headers={"Content-Type": "application/x-www-form-urlencoded"}, body=asking.body, limit=65536
        )
    except Refusal:
        return False
    return answer.status in (200, 202, 204)


@transaction.atomic
def confirm(*, channel: UUID, mode: str, topic: str, lease: str, at: datetime) -> None:
    """The hub asks whether we meant it (WebSub §5.3). Raises NotFound unless we asked for this very topic."""
    found = Channel.objects.select_for_update().filter(pk=channel).first()
    if found is None or not found.hub or found.topic != topic or mode not in ("subscribe", "denied"):
        raise NotFound
    if mode == "denied":
        found.hub, found.lease_until = "", None
    elif found.asked_at is None:
        raise NotFound
    else:
        seconds = int(lease) if lease.isascii() and lease.isdigit() and len(lease) < 9 else int(rules.LEASE.total_seconds())
        found.lease_until = at + timedelta(seconds=max(60, seconds))
    found.save(update_fields=["hub", "lease_until"])
