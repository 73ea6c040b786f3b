"""What readers said, in the workbench: comments to decide, what was useful, topics to write about."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.ui.pages import page, tell
from oportuno.offer.sites import api
from oportuno.offer.sites.api import voices
from oportuno.offer.sites.models import Comment, CommentState
from oportuno.offer.sites.queries import comments as found_comments
from oportuno.offer.sites.queries import votes
from oportuno.offer.sites.queries.desk import as_id
from oportuno.people.organisations.api import MemberRequest, member

MOST_CHOSEN = 200


@member("see")
@require_safe
def comments(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/sitio/comentarios/: those in one state, the newest first."""
    here = request.member
    state = request.GET.get("state", CommentState.WAITING)
    state = state if state in CommentState.values else CommentState.WAITING
    words = request.GET.get("q", "")[:80].strip()
    counts = found_comments.counted(here.organisation.pk)
    context = {
        "found": found_comments.comments_page(here.organisation.pk, state, words=words, after=request.GET.get("after", "")),
        "state": state,
        "words": words,
        "tabs": [{"label": CommentState(one).label, "href": f"?{urlencode({'state': one})}", "current": one == state, "count": counts[one]}
                 for one in CommentState.values],
        "decision": voices.last_decision(here.organisation.pk),
        "replying": as_id(request.GET.get("responder", "")),
        "may_decide": here.may("publish content"),
        "may_reply": here.may("publish content"),
        "may_see_addresses": here.may("see contacts"),
        "site": api.site_of(here.organisation.pk),
        "here": here.organisation.slug,
    }  # fmt: skip
    return page(request, "sites/desk/comments.html", context)


@member("publish content")
@require_POST
def decisions(request: MemberRequest) -> HttpResponse:
    """POST /desk/<organisation>/sitio/comentarios/decisiones/: `do` a state, for those `selected`."""
    here = request.member
    chosen = [one for one in map(as_id, request.POST.getlist("selected")[:MOST_CHOSEN]) if one]
    made = voices.decide_comments(comments=chosen, state=request.POST.get("do", ""), by=here, at=now())
    tell(request, ngettext("%(count)s comment changed.", "%(count)s comments changed.", made.count) % {"count": made.count})
    return redirect(_list(here.organisation.slug, request.POST.get("state", "")))


@member("publish content")
@require_POST
def undoing(request: MemberRequest, decision: UUID) -> HttpResponse:
    """POST /desk/<organisation>/sitio/comentarios/decisiones/<id>/anulacion/"""
    here = request.member
    count = voices.undo_decision(decision=decision, by=here, at=now())
    words = ngettext("Undone: %(count)s comment is as it was.", "Undone: %(count)s comments are as they were.", count)
    tell(request, words % {"count": count})
    return redirect(_list(here.organisation.slug, ""))


@member("publish content")
@require_POST
def reply(request: MemberRequest, comment: UUID) -> HttpResponse:
    """POST /desk/<organisation>/sitio/comentarios/<id>/respuesta/: approves what is replied to, if it waits."""
    here, at = request.member, now()
    found = Comment.objects.filter(organisation_id=here.organisation.pk, pk=comment).first()
    if found is None:
        raise NotFound
    text = request.POST.get("text", "")
    if not text.strip():
        raise Refusal(_("Write your reply first."), field="text")
    if found.state != CommentState.APPROVED:
        voices.decide_comments(comments=[found.pk], state=CommentState.APPROVED, by=here, at=at)
    author = api.own_author(by=here, at=at)
    voices.comment_as_team(entry=found.entry_id, text=text, parent=found.pk, author=author, by=here, at=at)
    tell(request, _("Your reply stands below the comment."))
    return redirect(_list(here.organisation.slug, request.POST.get("state", "")))


@member("see")
@require_safe
def usefulness(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/sitio/utilidad/: what helped least, and what readers missed."""
    organisation = request.member.organisation
    context = {
        "judged": votes.least_useful(organisation.pk),
        "missed": votes.missed(organisation.pk, request.GET.get("after", "")),
        "may_write": request.member.may("write content"),
        "here": organisation.slug,
    }
    return page(request, "sites/desk/usefulness.html", context)


def _list(slug: str, state: str) -> str:
    back = f"?{urlencode({'state': state})}" if state in CommentState.values else ""
    return reverse("sites:comments", args=[slug]) + back
