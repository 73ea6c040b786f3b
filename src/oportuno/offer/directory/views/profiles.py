"""A seller's own words, sectors, places and pictures."""

from __future__ import annotations

from typing import Any, Literal

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.routes import spoken
from oportuno.kernel.ui.pages import page, show_refusal, tell
from oportuno.offer.directory import api
from oportuno.offer.directory.forms.profile import DifferenceForm, PictureForm, ProfileForm, ScopeForm
from oportuno.offer.directory.queries.places import everywhere, homes
from oportuno.offer.directory.queries.sellers import places_of, sector_slugs
from oportuno.people.organisations.api import MemberRequest, member

Part = Literal["contact", "difference", "scope", "pictures"]
PARTS: dict[str, Part] = {"datos": "contact", "diferencia": "difference", "alcance": "scope", "fotos": "pictures"}


@member("edit profile")
@require_safe
def profile(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/perfil/"""
    return _page(request)


@member("edit profile")
@require_POST
def part(request: MemberRequest, part: str) -> HttpResponse:
    """POST /desk/<organisation>/perfil/<part>/: one part of the profile."""
    if part not in PARTS:
        raise NotFound
    wanted = PARTS[part]
    form = _forms(request, wanted)[wanted]
    if not form.is_valid():
        return _page(request, wanted, form, 422)
    try:
        _save(request, wanted, form)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return _page(request, wanted, form, refusal.status)
    tell(request, _("Saved."))
    return redirect("directory:profile", organisation=request.member.organisation.slug)


def scope_form(seller: api.Seller, data: QueryDict | None = None) -> ScopeForm:
    """Sectors and places of a seller; a town just typed is among its choices, so that it is not lost."""
    return ScopeForm(
        data,
        sectors=api.sectors(),
        chosen_sectors=sector_slugs(seller),
        places=everywhere(),
        chosen_places=places_of(seller),
        towns=homes(seller.country),
    )


def _save(request: MemberRequest, part: Part, form: Any) -> None:
    by, at = request.member, now()
    if part == "scope":
        api.choose_scope(sectors=form.cleaned_data["sectors"], places=form.chosen_places, by=by, at=at)
    elif part == "pictures":
        for which in ("emblem", "portrait"):
            if file := form.cleaned_data[which]:
                api.show_picture(which=which, file=file.file, name=file.name, by=by, at=at)  # type: ignore[arg-type]
    else:
        api.change_profile(by=by, at=at, **form.cleaned_data)


def _forms(request: MemberRequest, sent: Part | None = None) -> dict[Part, forms.Form]:
    seller = api.own_seller(request.member.organisation.pk)
    data = request.POST if sent else None
    return {
        "contact": ProfileForm(data if sent == "contact" else None, seller=seller),
        "difference": DifferenceForm(data if sent == "difference" else None, seller=seller),
        "scope": scope_form(seller, data if sent == "scope" else None),
        "pictures": PictureForm(data, request.FILES) if sent == "pictures" else PictureForm(),
    }


def _page(request: MemberRequest, part: Part | None = None, form: forms.Form | None = None, status: int = 200) -> HttpResponse:
    seller = api.seller_of(request.member.organisation.pk)
    if seller is None:
        return redirect("directory:application", organisation=request.member.organisation.slug)
    shown = _forms(request)
    if part and form is not None:
        shown[part] = form
    context = {"seller": seller, "forms": shown, "waiting_sectors": _waiting(seller), "public_page": spoken(f"/v/{seller.slug}/")}
    return page(request, "directory/profile.html", context, status=status)


def _waiting(seller: api.Seller) -> list[str]:
    """Sectors chosen after approval that are not shown before their evidence is."""
    if seller.approved_at is None:
        return []
    return [api.said(one.sector.title) for one in api.unvetted_sectors(seller)]
