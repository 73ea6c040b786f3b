"""What a reader wants of one organisation's mail: by the signed link, without signing in. Looking changes nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.policies import open_to_all
from oportuno.kernel.ui.pages import page, tell
from oportuno.people.audience.api import Circumstances, Contact, current, standings_of, topics_of_bulletin
from oportuno.people.messaging.actions.wishing import wish
from oportuno.people.messaging.models import Pace, ReaderWish
from oportuno.people.messaging.queries.ways_out import read_wishes
from oportuno.people.organisations.api import Organisation


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all("whoever holds the signed link from a mail; reading changes nothing")
def wishes(request: HttpRequest, token: str) -> HttpResponse:
    number, contact = read_wishes(token)
    organisation = Organisation.objects.get(pk=number)
    known, context = _shown(organisation, contact)
    if request.method == "POST":
        kept = {(purpose, channel) for one in request.POST.getlist("want") for purpose, _space, channel in [one.partition(" ")] if channel}
        offered = {one.key for one in context["topics"]}
        wish(
            organisation=organisation, contact=known.pk, kept=kept, pace=request.POST.get("pace", ""),
            topics=offered & set(request.POST.getlist("topic")) if offered else None, uncounted=request.POST.get("count") != "yes",
            circumstances=_circumstances(request), at=now(),
        )  # fmt: skip
        tell(request, _("Saved. It counts from now on."))
        return redirect(request.path)
    return page(request, "messaging/wishes.html", context)


def _shown(organisation: Organisation, contact: UUID) -> tuple[Contact, dict[str, Any]]:
    with for_organisation(organisation.pk):
        known = Contact.objects.filter(organisation_id=organisation.pk, pk=current(contact)).first()
        if known is None:
            raise NotFound
        states = [one for one in standings_of(known) if one.standing == "given" or (one.standing == "withdrawn" and one.channel == "email")]
        wished = ReaderWish.objects.filter(organisation_id=organisation.pk, contact=known).first() or ReaderWish()
        chosen = {topic for one in states if one.purpose == "bulletin" for topic in one.topics}
    bulletin = any(one.purpose == "bulletin" for one in states)
    topics = topics_of_bulletin(get_language() or "es-co") if bulletin and organisation.is_operator else []
    return known, {
        "organisation": organisation, "states": states, "topics": topics, "chosen": chosen, "wished": wished, "paces": Pace.choices,
    }  # fmt: skip


def _circumstances(request: HttpRequest) -> Circumstances:
    agent = request.headers.get("User-Agent", "")
    return Circumstances("preferences of a mail", get_language() or "es-co", request.META.get("REMOTE_ADDR") or None, agent)
