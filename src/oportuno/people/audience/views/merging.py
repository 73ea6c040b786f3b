"""Duplicates in the workbench: pairs, what joining them would do, and the way back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.jobs import under_way
from oportuno.kernel.ui.pages import page, refuse, tell
from oportuno.people.audience.actions.likening import look_later
from oportuno.people.audience.actions.merging import merge_contacts, set_apart, undo_merge
from oportuno.people.audience.queries.contacts import Filters, contact_for, contacts_of
from oportuno.people.audience.queries.duplicates import duplicates_of
from oportuno.people.audience.queries.merging import merges_of, plan_of
from oportuno.people.organisations.api import MemberRequest, member

PAIRS = "audience/duplicates.html"
MERGING = "audience/merging.html"
CHOICE = "audience/merge_choice.html"
MOST_FOUND = 10


@require_safe
@member("edit contacts")
def duplicates(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/contactos/duplicados/"""
    found = duplicates_of(request.member, after=request.GET.get("after", "")[:80])
    looking = under_way("audience.look_for_duplicates", organisation=request.member.organisation.pk)
    return page(request, PAIRS, {"found": found, "merges": merges_of(request.member), "looking": looking})


@require_POST
@member("edit contacts")
def duplicates_search(request: MemberRequest) -> HttpResponse:
    """POST …/contactos/duplicados/busqueda/: look over all contacts again."""
    look_later([request.member.organisation.pk])
    tell(request, _("Looking. What is found appears here in a moment."))
    return redirect("audience:duplicates", request.member.organisation.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@member("edit contacts")
def merging(request: MemberRequest, contact: UUID, other: UUID) -> HttpResponse:
    """…/contactos/<contact>/union/<other>/: reading shows what would happen; `other` becomes `contact`."""
    kept = contact_for(request.member, contact)
    if request.method == "POST":
        try:
            merge_contacts(kept=contact, gone=other, chosen=request.POST.dict(), by=request.member, at=now())
        except Refusal as refusal:
            return refuse(request, refusal)
        tell(request, _("They are one contact now. You can undo it here."))
        return redirect("audience:contact", request.member.organisation.slug, kept.pk)
    gone = contact_for(request.member, other)
    return page(request, MERGING, {"kept": kept, "gone": gone, "plan": plan_of(kept.pk, gone.pk, request.member)})


@require_safe
@member("edit contacts")
def merge_choice(request: MemberRequest, contact: UUID) -> HttpResponse:
    """…/contactos/<contact>/union/: with whom?"""
    kept, q = contact_for(request.member, contact), request.GET.get("q", "").strip()[:80]
    found = contacts_of(request.member, Filters(q=q), size=MOST_FOUND + 1).contacts if q else []
    alike = [one for one in found if one.pk != kept.pk and one.kind == kept.kind]
    return page(request, CHOICE, {"kept": kept, "q": q, "found": alike[:MOST_FOUND]})


@require_POST
@member("edit contacts")
def distinction(request: MemberRequest, contact: UUID, other: UUID) -> HttpResponse:
    """POST …/contactos/<contact>/union/<other>/distintos/: they are not the same."""
    contact_for(request.member, contact)
    try:
        set_apart(one=contact, other=other, by=request.member, at=now())
    except Refusal as refusal:
        return refuse(request, refusal)
    tell(request, _("Noted: they are not the same. They are not shown together again."))
    return redirect("audience:duplicates", request.member.organisation.slug)


@require_POST
@member("edit contacts")
def merge_reversal(request: MemberRequest, merge: UUID) -> HttpResponse:
    """POST …/contactos/uniones/<merge>/anulacion/"""
    try:
        undone = undo_merge(merge=merge, by=request.member, at=now())
    except Refusal as refusal:
        return refuse(request, refusal)
    tell(request, _("They are two contacts again. What came since stays with this one."))
    return redirect("audience:contact", request.member.organisation.slug, undone.kept_id)
