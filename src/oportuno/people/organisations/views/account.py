"""My account: name and language, organisations, and what other apps keep about the person."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ui.pages import page, tell
from oportuno.people.organisations.actions import erase_person, found_organisation, tell_about
from oportuno.people.organisations.api import Member, PersonRequest, Role, memberships_of, person, workbench
from oportuno.people.organisations.forms import FoundForm, PersonForm
from oportuno.people.organisations.queries import team_of

PAGE, FOUND, ERASURE = "organisations/account.html", "organisations/found.html", "organisations/erasure.html"


@person
def erasure(request: PersonRequest) -> HttpResponse:
    """GET, POST /mi-cuenta/borrado/"""
    if request.method != "POST":
        return page(request, ERASURE, {"owned": _only_owner_of(request)})
    try:
        erase_person(person=request.person, typed_address=request.POST.get("typed_address", ""), at=now())
    except Refusal as refusal:
        return page(request, ERASURE, {"owned": _only_owner_of(request), "stopped": refusal}, status=refusal.status)
    request.session.flush()
    tell(request, _("Your account is gone. Thank you for the time with us."))
    return redirect("account_login")


def _only_owner_of(request: PersonRequest) -> list[Member]:
    """Organisations that would be left without an owner."""
    hers = [member for member in memberships_of(request.person) if member.role == Role.OWNER]
    return [member for member in hers if [mate.role for mate in team_of(member)].count(Role.OWNER) == 1]


@person
def account(request: PersonRequest) -> HttpResponse:
    """GET, POST /mi-cuenta/"""
    form = PersonForm(request.POST or None, initial={"name": request.person.name, "language": request.person.language})
    if request.method == "POST" and form.is_valid():
        tell_about(person=request.person, **form.cleaned_data)
        with override(request.person.language):
            tell(request, _("Saved."))
            return redirect("organisations:account")
    organisations = [(member, workbench(member.organisation)) for member in memberships_of(request.person)]
    return page(request, PAGE, {"form": form, "organisations": organisations}, status=422 if form.errors else 200)


@person
def found(request: PersonRequest) -> HttpResponse:
    """GET, POST /mi-cuenta/organizaciones/nueva/"""
    form = FoundForm(request.POST or None, initial={"country": "MX" if request.person.language == "es-mx" else "CO"})
    if request.method == "POST" and form.is_valid():
        try:
            organisation = found_organisation(owner=request.person, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            tell(request, _("Your organisation stands. Welcome to its workbench."))
            return redirect(workbench(organisation))
    return page(request, FOUND, {"form": form}, status=422 if form.errors else 200)
