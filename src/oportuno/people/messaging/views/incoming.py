"""What came in, whom nobody writes to any more and why, and letting somebody be written to again."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.ui.pages import page, tell
from oportuno.people.messaging.actions.suppressing import release
from oportuno.people.messaging.models import Incoming, Suppression
from oportuno.people.messaging.queries import PAGE, asked_place
from oportuno.people.messaging.queries.returned import KINDS, REASONS, incoming_of, suppressed_of
from oportuno.people.organisations.api import MemberRequest, member


@require_safe
@member("see contacts")
def returned(request: MemberRequest) -> HttpResponse:
    """Bounces, complaints, automatic answers and letters, the newest first."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    rows = incoming_of(request.member, kind=kind, before=asked_place(request.GET.get("after", "")))
    shown = [(one, KINDS.get(one.kind, one.kind)) for one in rows[:PAGE]]
    context = {"rows": shown, "next": _next(rows), "kind": kind, "kinds": KINDS.items()}
    return page(request, "messaging/returned.html#rows", context)


@require_safe
@member("see contacts")
def suppressed(request: MemberRequest) -> HttpResponse:
    """Addresses that get nothing, or no advertising; `q` are letters of the address."""
    q = request.GET.get("q", "").strip()[:200]
    rows = suppressed_of(request.member, q=q, before=asked_place(request.GET.get("after", "")))
    shown = [(one, REASONS.get(one.reason, one.reason)) for one in rows[:PAGE]]
    context = {"rows": shown, "next": _next(rows), "q": q, "may_release": request.member.may("edit contacts")}
    return page(request, "messaging/suppressed.html#rows", context)


@require_POST
@member("edit contacts")
def releasing(request: MemberRequest, suppression: UUID) -> HttpResponse:
    """Let an address be written to again."""
    found = release(member=request.member, suppression=suppression, at=now())
    tell(request, _("%(address)s may be written to again.") % {"address": found.key})
    return redirect("messaging:suppressed", request.member.organisation.slug)


def _next(rows: Sequence[Incoming | Suppression]) -> str:
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return f"{last.at.isoformat()}~{last.pk}" if last else ""
