"""Leaving by the link in a mail; what became of an organisation's mail."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.policies import open_to_all
from oportuno.kernel.ui.pages import page, tell
from oportuno.people.audience.api import Circumstances
from oportuno.people.messaging.actions.letterheads import set_letterhead
from oportuno.people.messaging.actions.suppressing import leave, send_again
from oportuno.people.messaging.forms import LetterheadForm
from oportuno.people.messaging.models import State
from oportuno.people.messaging.queries import PAGE, asked_place, messages_of
from oportuno.people.messaging.queries.figures import stopped_bulletins
from oportuno.people.messaging.queries.frames import postal_of
from oportuno.people.messaging.queries.told import in_words, why_stopped
from oportuno.people.messaging.queries.ways_out import read_way_out
from oportuno.people.organisations.api import MemberRequest, Organisation, member


@csrf_exempt  # mail programs press it for their readers (RFC 8058); the signed token is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all("whoever holds the signed link from a mail; reading changes nothing, the button ends it")
def way_out(request: HttpRequest, token: str) -> HttpResponse:
    found = read_way_out(token)
    context = {"organisation": Organisation.objects.get(pk=found.organisation), "done": request.method == "POST"}
    if request.method == "POST":
        leave(way_out=found, circumstances=_circumstances(request), at=now())
    return page(request, "messaging/way_out.html", context)


@require_safe
@member("see contacts")
def messages(request: MemberRequest) -> HttpResponse:
    """The newest first, without what they say: that is between the sender and the reader."""
    state = request.GET.get("state", "")
    state = state if state in State.values else ""
    rows = messages_of(request.member, state=state, before=asked_place(request.GET.get("after", "")))
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    following = f"{last.created_at.isoformat()}~{last.pk}" if last else ""
    may_text = request.member.may("answer")
    stopped = [(one, why_stopped(one.stopped_why)) for one in stopped_bulletins()]
    context = {"stopped": stopped, "may_manage": request.member.may("manage organisation")} | {
        "rows": [(one, in_words(one.told)) for one in rows[:PAGE]],
        "may_text": may_text,
        "next": following,
        "state": state,
        "states": State.choices,
    }
    return page(request, "messaging/messages.html#rows", context)


@require_POST
@member("edit contacts")
def sending(request: MemberRequest, message: UUID) -> HttpResponse:
    """One more try of a mail that was given up."""
    send_again(member=request.member, message=message, at=now())
    tell(request, _("It is tried once more."))
    return redirect("messaging:messages", request.member.organisation.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@member("manage organisation")
def letterhead(request: MemberRequest) -> HttpResponse:
    """Where we sit: every mail says it."""
    form = LetterheadForm(request.POST or None, initial={"postal": postal_of(request.member.organisation)})
    if request.method == "POST" and form.is_valid():
        try:
            set_letterhead(postal=form.cleaned_data["postal"])
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            tell(request, _("Saved. It stands under every mail from now on."))
            return redirect("messaging:messages", request.member.organisation.slug)
    return page(request, "messaging/letterhead.html", {"form": form}, status=422 if form.errors else 200)


def _circumstances(request: HttpRequest) -> Circumstances:
    agent = request.headers.get("User-Agent", "")
    return Circumstances("way out of a mail", get_language() or "es-co", request.META.get("REMOTE_ADDR") or None, agent)
