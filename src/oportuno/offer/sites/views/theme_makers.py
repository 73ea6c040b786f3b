"""Themes of designers: what a professional hands in, and what the market decides about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Forbidden, NotFound, Refusal
from oportuno.kernel.ui.middleware import framing_ourselves
from oportuno.kernel.ui.pages import page, tell
from oportuno.offer.sites.actions import themes as actions
from oportuno.offer.sites.actions.themes.bringing import MAKERS
from oportuno.offer.sites.forms.themes import DecisionForm, HandInForm
from oportuno.offer.sites.models import ThemeState
from oportuno.offer.sites.queries.themes.reviewing import TONES, case_for, case_for_market, queue, themes_of
from oportuno.people.organisations.api import MemberRequest, member, operator

STATES = (ThemeState.WAITING, ThemeState.APPROVED, ThemeState.REFUSED, ThemeState.BLOCKED)


@member("publish content")
@require_http_methods(["GET", "HEAD", "POST"])
def made(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/temas/: themes that this organisation makes for others; POST hands one in."""
    here = request.member.organisation
    if here.kind not in MAKERS:
        raise NotFound
    form = HandInForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                version = actions.hand_in_theme(file=form.cleaned_data["file"], news=form.cleaned_data["news"], by=request.member, at=now())
            except Forbidden:
                raise
            except Refusal as refusal:
                form.add_error("file", str(refusal))
                status = refusal.status
            else:
                tell(request, _("Handed in. A person of the market looks at it and answers here."))
                return redirect("sites:made_theme", organisation=here.slug, version=version.pk)
    context = {"here": here.slug, "themes": themes_of(here.pk), "form": form, "tones": TONES}
    return page(request, "sites/themes/made.html", context, status=status)


@member("publish content")
@require_safe
def made_theme(request: MemberRequest, version: UUID) -> HttpResponse:
    """GET /desk/<organisation>/temas/<version>/: what was found in it, how it looks, what the market said."""
    here = request.member.organisation
    case = case_for(here.pk, version, at=now())
    return framing_ourselves(page(request, "sites/themes/version.html", {"here": here.slug, "case": case}))


@member("publish content")
@require_POST
def withdrawal(request: MemberRequest, version: UUID) -> HttpResponse:
    """POST /desk/<organisation>/temas/<version>/retiro/: `what` theme or version."""
    here = request.member.organisation
    case = case_for(here.pk, version, at=now())
    if request.POST.get("what") == "theme":
        actions.withdraw_theme(theme=case.theme.pk, by=request.member, at=now())
        tell(request, _("It stands in the gallery no more; who uses it keeps it."))
    else:
        actions.take_back_version(version=version, by=request.member, at=now())
        tell(request, _("Taken back."))
    return redirect("sites:made_themes", organisation=here.slug)


@operator("see market")
@require_safe
def reviews(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/revision-de-temas/?state="""
    wanted = request.GET.get("state", "")
    state = wanted if wanted in [one.value for one in STATES] else ThemeState.WAITING.value
    context = {
        "here": request.member.organisation.slug,
        "rows": queue(state),
        "state": state,
        "states": [(one.value, one.label) for one in STATES],
        "tones": TONES,
    }
    return page(request, "sites/themes/reviews.html", context)


@operator("see market")
@require_safe
def review(request: MemberRequest, version: UUID) -> HttpResponse:
    """GET /desk/<organisation>/revision-de-temas/<version>/"""
    return _review(request, version)


@operator("run market")
@require_POST
def decision(request: MemberRequest, version: UUID) -> HttpResponse:
    """POST /desk/<organisation>/revision-de-temas/<version>/decision/"""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _review(request, version, form, 422)
    verdict, reason = form.cleaned_data["verdict"], form.cleaned_data["reason"]
    try:
        if verdict == "approve":
            actions.approve_theme(version=version, by=request.member, at=now())
        elif verdict == "refuse":
            actions.refuse_theme(version=version, reason=reason, by=request.member, at=now())
        else:
            actions.block_theme(version=version, reason=reason, by=request.member, at=now())
    except NotFound:
        raise
    except Refusal as refusal:
        form.add_error("reason", str(refusal))
        return _review(request, version, form, refusal.status)
    tell(request, _("Decided. Its maker reads it in his workbench."))
    return redirect("sites:theme_reviews", organisation=request.member.organisation.slug)


def _review(request: MemberRequest, version: UUID, form: Any = None, status: int = 200) -> HttpResponse:
    case = case_for_market(version, at=now())
    context = {
        "here": request.member.organisation.slug,
        "case": case,
        "form": form or DecisionForm(),
        "may_decide": request.member.may("run market"),
        "is_review": True,
    }
    return framing_ourselves(page(request, "sites/themes/version.html", context, status=status))
