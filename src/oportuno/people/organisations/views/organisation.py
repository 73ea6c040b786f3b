"""What an organisation says about itself, and its end."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ui.pages import page, tell
from oportuno.people.organisations import actions
from oportuno.people.organisations.api import MemberRequest, Role, member
from oportuno.people.organisations.forms import OrganisationForm

FIELDS = ("name", "country", "currency", "time_zone")


@member("manage organisation")
def organisation(request: MemberRequest) -> HttpResponse:
    """GET, POST /desk/<organisation>/organizacion/"""
    ours = request.member.organisation
    form = OrganisationForm(request.POST or None, initial={field: getattr(ours, field) for field in FIELDS})
    if request.method == "POST" and form.is_valid():
        actions.change_organisation(by=request.member, at=now(), **form.cleaned_data)
        tell(request, _("Saved."))
        return redirect("organisations:organisation", organisation=ours.slug)
    return _page(request, form, status=422 if form.errors else 200)


@member("manage owners")
@require_POST
def closure(request: MemberRequest) -> HttpResponse:
    """POST /desk/<organisation>/organizacion/cierre/"""
    ours = request.member.organisation
    try:
        actions.close_organisation(by=request.member, typed_name=request.POST.get("typed_name", ""), at=now())
    except Refusal as refusal:
        form = OrganisationForm(initial={field: getattr(ours, field) for field in FIELDS})
        return _page(request, form, refusal=refusal, status=refusal.status)
    tell(request, _("%(name)s is closed.") % {"name": ours.name})
    return redirect("organisations:account")


def _page(request: MemberRequest, form: OrganisationForm, *, refusal: Refusal | None = None, status: int = 200) -> HttpResponse:
    ours = request.member.organisation
    may_close = request.member.role == Role.OWNER and not ours.is_operator
    return page(
        request,
        "organisations/organisation.html",
        {"form": form, "organisation": ours, "may_close": may_close, "stopped": refusal},
        status=status,
    )
