"""A contact by hand in the workbench."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ui.pages import page, refuse, show_refusal, tell
from oportuno.people.audience.actions.writing import add_identity, change_contact, make_main, remove_identity, write_contact
from oportuno.people.audience.forms.writing import ContactChangesForm, IdentityForm, NewContactForm
from oportuno.people.audience.models import Contact
from oportuno.people.audience.queries.companies import companies_like
from oportuno.people.audience.queries.contacts import contact_for
from oportuno.people.audience.views.contacts import CARD, card
from oportuno.people.audience.views.requests import language_of
from oportuno.people.organisations.api import MemberRequest, member

FORM = "audience/contact_form.html"


@require_http_methods(["GET", "HEAD", "POST"])
@member("edit contacts")
def new_contact(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/contactos/nuevo/"""
    here = request.member.organisation
    usual = {"kind": "person", "country": here.country, "language": language_of(request), "company": request.GET.get("company", "")[:160]}
    form = NewContactForm(request.POST or None, here=here.country, initial=usual)
    status, known = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = write_contact(
                    written=form.written(), identities=form.identities, tags=form.cleaned_data["tags"], by=request.member, at=now()
                )
            except Refusal as refusal:
                status, known = show_refusal(form, refusal), str(refusal.data.get("contact", ""))
            else:
                return redirect("audience:contact", here.slug, made.pk)
    return page(request, FORM, {"form": form, "known": known}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@member("edit contacts")
def changes(request: MemberRequest, contact: UUID) -> HttpResponse:
    """…/contactos/<contact>/datos/: who somebody is."""
    found = contact_for(request.member, contact)
    form = ContactChangesForm(request.POST or None, contact=found)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change_contact(contact=found.pk, said=form.said(), by=request.member, at=now())
            except Refusal as refusal:
                status = show_refusal(form, refusal)
            else:
                tell(request, _("Saved."))
                return redirect("audience:contact", request.member.organisation.slug, found.pk)
    return page(request, FORM, {"form": form, "contact": found}, status=status)


@require_POST
@member("edit contacts")
def addresses(request: MemberRequest, contact: UUID) -> HttpResponse:
    """POST …/contactos/<contact>/direcciones/: one more."""
    found = contact_for(request.member, contact)
    form = IdentityForm(request.POST, contact=found, here=request.member.organisation.country)
    status = 422
    if form.is_valid() and form.identity:
        try:
            add_identity(contact=found.pk, given=form.identity, by=request.member, at=now())
        except Refusal as refusal:
            status = show_refusal(form, refusal)
            return page(
                request, CARD, {**card(request, found), "identity_form": form, "known": refusal.data.get("contact", "")}, status=status
            )
        return redirect("audience:contact", request.member.organisation.slug, found.pk)
    return page(request, CARD, {**card(request, found), "identity_form": form}, status=status)


@require_POST
@member("edit contacts")
def address(request: MemberRequest, contact: UUID, identity: UUID) -> HttpResponse:
    """POST …/direcciones/<identity>/: `do` is "main" or "remove"."""
    found = contact_for(request.member, contact)
    act = make_main if request.POST.get("do") == "main" else remove_identity
    return _done(request, found, partial(act, contact=found.pk, identity=identity, by=request.member, at=now()))


@require_safe
@member("see contacts")
def companies(request: MemberRequest) -> JsonResponse:
    """Suggestions while one types the name of a company."""
    return JsonResponse([{"label": name} for name in companies_like(request.member, request.GET.get("q", "")[:80])], safe=False)


def _done(request: MemberRequest, found: Contact, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        return refuse(request, refusal, CARD, card(request, found))
    return redirect("audience:contact", request.member.organisation.slug, found.pk)
