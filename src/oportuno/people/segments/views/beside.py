"""What segments put onto pages of contacts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ui.pages import tell
from oportuno.people.audience.api import Contact, contact_for, set_persona
from oportuno.people.organisations.api import MemberRequest, member
from oportuno.people.segments.queries.segments import segments_for, segments_of
from oportuno.people.segments.queries.vertical import personas


def beside_contact(request: MemberRequest, contact: Contact, **more: Any) -> str:
    """The persona that a contact is like, and the segments that it is in."""
    context = {
        "contact": contact,
        "here": request.member.organisation.slug,
        "persona": contact.fields.get("persona", ""),
        "personas": personas(get_language() or "es"),
        "segments": segments_of(contact.pk),
        "may_edit": request.member.may("edit contacts"),
    }
    return render_to_string("segments/parts/beside_contact.html", context, request)


def with_chosen(request: MemberRequest, **more: Any) -> str:
    """Lists that those with a tick can be put into; nothing when there are none."""
    lists = [one for one in segments_for(request.member) if not one.is_live]
    context = {"lists": lists, "here": request.member.organisation.slug}
    return render_to_string("segments/parts/with_chosen.html", context, request) if lists else ""


@require_POST
@member("edit contacts")
def persona(request: MemberRequest, contact: UUID) -> HttpResponse:
    """POST …/segmentos/personas/<contact>/"""
    found, key = contact_for(request.member, contact), request.POST.get("persona", "")
    if key and key not in dict(personas(get_language() or "es")):
        raise Refusal(_("There is no such persona."), field="persona")
    set_persona(contact=found, persona=key, by=request.member, at=now())
    tell(request, _("Saved."))
    return redirect("audience:contact", request.member.organisation.slug, found.pk)
