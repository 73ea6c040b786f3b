"""A seller's experts in its workbench, and what is said for them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.isolation import acting_organisation
from oportuno.kernel.ui.pages import page, show_refusal, tell
from oportuno.offer.experts import api
from oportuno.offer.experts.forms.desk import ExpertForm, PointForm
from oportuno.offer.experts.models import Expert
from oportuno.offer.experts.queries import desk
from oportuno.offer.experts.queries.desk import as_proposed
from oportuno.offer.experts.queries.presence import presence_of
from oportuno.offer.media import api as media
from oportuno.offer.sites import api as sites
from oportuno.people.organisations.api import MemberRequest, member


@member("see")
@require_safe
def experts(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/expertos/"""
    here = request.member
    context = {
        "rows": desk.experts_of(here.organisation.pk),
        "may_edit": here.may("publish content"),
        "here": here.organisation.slug,
        "states": STATES,
    }
    return page(request, "experts/desk/experts.html", context)


STATES = {"draft": "neutral", "waiting": "waiting", "approved": "good", "returned": "warning", "hidden": "bad"}


@member("publish content")
@require_http_methods(["GET", "HEAD", "POST"])
def new_expert(request: MemberRequest) -> HttpResponse:
    """GET, POST /desk/<organisation>/expertos/nuevo/, perhaps with ?autor=, from whom it is filled in."""
    return _edit(request, None, _from_author(request))


@member("publish content")
@require_http_methods(["GET", "HEAD", "POST"])
def expert(request: MemberRequest, expert: UUID) -> HttpResponse:
    """GET, POST /desk/<organisation>/expertos/<id>/"""
    return _edit(request, desk.expert_for(request.member.organisation.pk, expert))


@member("publish content")
@require_POST
def state(request: MemberRequest, expert: UUID) -> HttpResponse:
    """POST /desk/<organisation>/expertos/<id>/estado/: `do` hand_in or hide."""
    here, at = request.member, now()
    if request.POST.get("do") == "hide":
        api.hide_expert(expert=expert, by=here, at=at)
        tell(request, _("Nobody sees the page any more."))
    else:
        done = api.hand_in_expert(expert=expert, by=here, at=at)
        tell(request, _("It is on show.") if done.published else _("Handed in. The market looks at it, and you hear."))
    return redirect("experts:own_expert", organisation=here.organisation.slug, expert=expert)


@member("publish content")
@require_POST
def points(request: MemberRequest, expert: UUID) -> HttpResponse:
    """POST /desk/<organisation>/expertos/<id>/fuentes/"""
    found = desk.expert_for(request.member.organisation.pk, expert)
    form = PointForm(request.POST)
    if form.is_valid():
        try:
            api.declare_point(expert=found.pk, claim=form.claim(), by=request.member, at=now())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            tell(request, _("Written down. It is shown once the market has opened its source."))
            return redirect("experts:own_expert", organisation=request.member.organisation.slug, expert=found.pk)
    return _page(request, found, ExpertForm(expert=as_proposed(found)), point_form=form, status=422)


@member("publish content")
@require_http_methods(["GET", "HEAD", "POST"])
def point(request: MemberRequest, point: UUID) -> HttpResponse:
    """GET, POST /desk/<organisation>/expertos/fuentes/<id>/"""
    here = request.member.organisation
    found = desk.point_for(here.pk, point)
    form = PointForm(request.POST if request.method == "POST" else None, point=found)
    if request.method == "POST" and form.is_valid():
        try:
            api.change_point(point=found.pk, claim=form.claim(), by=request.member, at=now())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            tell(request, _("Written down. It is shown once the market has opened its source."))
            return redirect("experts:own_expert", organisation=here.slug, expert=found.expert_id)
    return page(request, "experts/desk/point.html", {"point": found, "form": form, "here": here.slug}, status=422 if form.errors else 200)


@member("publish content")
@require_POST
def point_removal(request: MemberRequest, point: UUID) -> HttpResponse:
    """POST /desk/<organisation>/expertos/fuentes/<id>/retiro/"""
    here = request.member.organisation
    found = desk.point_for(here.pk, point)
    api.remove_point(point=found.pk, by=request.member)
    tell(request, _("Removed."))
    return redirect("experts:own_expert", organisation=here.slug, expert=found.expert_id)


def _edit(request: MemberRequest, found: Expert | None, initial: dict[str, Any] | None = None) -> HttpResponse:
    is_post = request.method == "POST"
    form = ExpertForm(request.POST if is_post else None, request.FILES or None, expert=as_proposed(found), initial=initial)
    if is_post and form.is_valid():
        try:
            kept = _keep(request, form, found)
        except NotFound:
            raise
        except Refusal as refusal:
            name = "fields_known" if refusal.field == "fields" else refusal.field
            form.add_error(name if name in form.fields else None, str(refusal))
        else:
            tell(request, _("Saved."))
            return redirect("experts:own_expert", organisation=request.member.organisation.slug, expert=kept.pk)
    return _page(request, found, form, status=422 if form.errors else 200)


def _keep(request: MemberRequest, form: ExpertForm, found: Expert | None) -> Expert:
    by, at, given = request.member, now(), form.cleaned_data["picture"]
    proposed = as_proposed(found)
    picture = proposed.picture_id if proposed else _face_of(form.cleaned_data["author"])
    if given:
        picture = media.keep_picture(file=given, name=given.name, by=by.id, at=at, alt=form.cleaned_data["name"]).pk
    elif form.cleaned_data["no_picture"]:
        picture = None
    profile = form.profile(picture)
    if found:
        return api.change_expert(expert=found.pk, profile=profile, by=by, at=at)
    return api.make_expert(profile=profile, by=by, at=at)


def _face_of(author: str) -> UUID | None:
    """Of the blog, until she brings another."""
    found = sites.Author.objects.filter(organisation_id=acting_organisation(), pk=UUID(author)).first() if author else None
    return found.picture_id if found else None


def _from_author(request: MemberRequest) -> dict[str, Any] | None:
    try:
        found = sites.Author.objects.filter(organisation_id=acting_organisation(), pk=UUID(request.GET.get("autor", ""))).first()
    except ValueError:
        return None
    if found is None:
        return None
    links = "\n".join(f"{one['label']} {one['address']}" for one in found.links)
    return {"name": found.name, "author": str(found.pk), "role_es": found.role, "bio_es": found.bio, "links": links}


def _page(
    request: MemberRequest, found: Expert | None, form: ExpertForm, *, point_form: PointForm | None = None, status: int = 200
) -> HttpResponse:
    points = desk.points_of(found) if found else []
    context = {
        "expert": found,
        "form": form,
        "points": points,
        "places": presence_of(found, points, request.member.organisation.slug) if found else [],
        "point_form": point_form or PointForm(),
        "tone": STATES.get(found.state, "neutral") if found else "",
        "address": f"/expertos/{found.house.slug}/{found.slug}/" if found and found.published and found.house.published else "",
        "here": request.member.organisation.slug,
    }
    return page(request, "experts/desk/expert.html", context, status=status)
