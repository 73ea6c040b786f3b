"""Hubs of WebSub knock here: to ask whether we meant it, and with news."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.policies import open_to_all
from oportuno.offer.media.actions.channels import confirm
from oportuno.offer.media.actions.news import receive
from oportuno.offer.media.models import Channel
from oportuno.offer.media.rules.channels import is_signed
from oportuno.offer.media.rules.feeds import read_feed

MOST = 1024 * 1024  # bytes of news; a feed's last entries have a few thousand
WHY = "a hub knows which channel it tells of, not whose it is"


@csrf_exempt  # a hub has no session; it proves itself with the topic, or with the secret that it was given
@require_http_methods(["GET", "POST"])
@open_to_all("a hub answers what we asked it; news count only when signed with the channel's secret")
def hub(request: HttpRequest, channel: UUID) -> HttpResponse:
    """GET: does somebody here want this topic? POST: signed news of it. Source: WebSub §5.3, §7."""
    with for_market(WHY):
        found = Channel.objects.filter(pk=channel).first()
    if found is None:
        return HttpResponse(status=410 if request.method == "POST" else 404)  # a hub forgets who is gone
    with for_organisation(found.organisation_id):
        return _asked(request, channel) if request.method == "GET" else _told(request, found)


def _asked(request: HttpRequest, channel: UUID) -> HttpResponse:
    said = request.GET
    try:
        confirm(
            channel=channel,
            mode=said.get("hub.mode", ""),
            topic=said.get("hub.topic", ""),
            lease=said.get("hub.lease_seconds", ""),
            at=now(),
        )
    except NotFound:
        return HttpResponse(status=404)
    return HttpResponse(said.get("hub.challenge", "")[:1000], content_type="text/plain; charset=utf-8")


def _told(request: HttpRequest, channel: Channel) -> HttpResponse:
    """Answered alike whether it counts or not: who guesses learns nothing. News without words bring the next look forward."""
    length = request.headers.get("Content-Length", "0")
    body = request.body if length.isdecimal() and int(length) <= MOST else b""
    if body and is_signed(body, request.headers.get("X-Hub-Signature", ""), channel.secret):
        feed = read_feed(body, channel.feed, {"content-type": request.headers.get("Content-Type", "application/xml")})
        found = Channel.objects.select_for_update().filter(pk=channel.pk).first()
        if found and feed and feed.news and found.checked_at:
            receive(channel=found, news=feed.news, at=now())
        elif found:
            Channel.objects.filter(pk=found.pk).update(due_at=now())
    return HttpResponse(status=202)
